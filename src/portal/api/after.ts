/**
 * What follows a deed, `mutateAsync`'s promise. Callbacks given to `mutate` are lost when the part of the page that did
 * it is gone by then: closed by the person, or taken away by what the deed made known. Failures stay with the deed. What
 * only closes that part itself belongs to `mutate`.
 */
export function after<Data>(deed: Promise<Data>, follow: (data: Data) => void): void {
  deed.then(follow, () => undefined)
}
