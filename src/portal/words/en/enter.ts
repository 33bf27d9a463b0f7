/** Arriving: a link, another account, a link that no longer works. */
export const enterWords = {} as const
