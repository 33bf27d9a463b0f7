/** The screens where money moves: update-card, pay-invoice, confirm-payment, await-payment, finish-subscribing. */
export const moneyWords = {} as const
