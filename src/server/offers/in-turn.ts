/** Does `work` for each, no more than `abreast` at a time; the answers keep the order. The first failure ends it. */
export async function inTurn<T, Answer>(
  list: readonly T[],
  abreast: number,
  work: (one: T) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const queue = list.entries()
  const workers = Array.from({ length: Math.min(abreast, list.length) }, async () => {
    for (const [index, one] of queue) answers[index] = await work(one)
  })
  await Promise.all(workers)
  return answers
}
