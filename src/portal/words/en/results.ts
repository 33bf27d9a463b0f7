/** all-clear, app-not-updated and diagnosis. */
export const resultWords = {} as const
