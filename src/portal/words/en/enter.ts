/** Arriving: a link, another account, a link that no longer works. */
export const enterWords = {
  'enter.continue': 'Continue to billing of {account}',
  'enter.continueWhy': 'This link was made for you by {app}. Go on only if you asked for it yourself.',
  'enter.continueDo': 'Continue',
  'enter.continuing': 'Opening…',
  'enter.backInstead': 'Back to {app} instead',

  'enter.switch': 'This is about another account',
  'enter.switchWhy': 'The refused request belongs to <b>{account}</b>; you are signed in to <b>{from}</b>.',
  'enter.switchDo': 'Switch to {account}',
  'enter.switching': 'Switching…',
  'enter.stay': 'Stay with {from}',

  'enter.used': 'This link was already used',
  'enter.usedWhy': 'Each link opens once, so that nobody else can use it. {app} gives you a new one.',
  'enter.expired': 'This link is too old',
  'enter.expiredWhy': 'Links close after a few minutes to keep your account safe. {app} gives you a new one.',
  'enter.newLink': 'Back to {app} for a new link',
  'enter.invalid': 'This link does not work',
  'enter.invalidWhy': 'It may be incomplete. Go back to your app and open billing from there.',
  'enter.goBack': 'Go back',

  'enter.failed': 'That did not work',
  'enter.failedWhy': 'We could not reach the billing page. Nothing was changed. Try once more.',
} as const
