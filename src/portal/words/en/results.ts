/** all-clear, app-not-updated and diagnosis. */
export const resultWords = {
  'clear.paidWhy': 'From {method}. {app} works again.',
  'clear.paidPlain': '{app} works again.',
  'clear.savedWhy': '{method} is charged from now on.',
  'clear.nothing': 'Nothing is in the way',
  'clear.already': 'Your billing is in order. What stopped you has been fixed already, and nothing was charged now.',
  'clear.inOrder': 'Your billing is in order and {app} is open to you.',
  'clear.leaving': 'Taking you back to {app}…',
  'clear.asking': 'Making sure that {app} lets you in…',
  'clear.stay': 'Stay here',
  'clear.go': 'Go to {app}',
  'clear.stayed': 'You can close this page, or go on when you like.',
  'clear.unregistered': 'We do not know the page you came from, so {app} opens at its start.',
  'clear.doubt': 'Something has changed since',
  'clear.doubtWhy': 'A second look does not agree that everything is in order. Nothing was charged. Check once more.',
  'clear.unasked': 'We could not ask once more',
  'clear.unaskedWhy': 'Your billing is in order as far as we know. You can go to {app} now.',

  'notUpdated.headline': '{app} has not noticed yet',
  'notUpdated.why':
    'Nothing is left to pay: your billing is in order. {app} still refuses you, which usually passes within a minute.',
  'notUpdated.watching': 'We look again by ourselves. Last look: {time}.',
  'notUpdated.tired': 'If it lasts longer, give {merchant} this code:',
  'notUpdated.copy': 'Copy the code',
  'notUpdated.copied': 'Copied',
  'notUpdated.try': 'Try {app} again',

  'diagnosis.unchecked': 'We could not check your account',
  'diagnosis.uncheckedWhy':
    'Stripe, who takes the payments, did not answer us. Nothing was charged. {app} should let you in meanwhile.',
  'diagnosis.lookedAgain': 'We looked again just now. Nothing has changed.',
  'diagnosis.failed': 'We could not look again',
  'diagnosis.failedWhy': 'The connection broke. Nothing was changed or charged.',
  'diagnosis.contact': 'Contact {merchant}',
  'diagnosis.next': 'When {merchant} has mended it, {app} opens again by itself.',
} as const
