/** The account in one letter. */
export const overviewWords = {} as const
