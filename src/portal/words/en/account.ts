/** The account's pages: where one can go, and what they share. */
export const accountWords = {
  'account.skip': 'Skip to the content',
  'account.places': 'Your account',
  'account.near': 'Plan and details',
  'account.overview': 'Overview',
  'account.usage': 'Usage',
  'account.methods': 'Payment methods',
  'account.methodsShort': 'Payment',
  'account.invoices': 'Invoices',
  'account.plan': 'Plan & details',
  'account.planShort': 'Plan',
  'account.details': 'Billing details',
  'account.people': 'People',
  'account.privacy': 'Privacy',
} as const
