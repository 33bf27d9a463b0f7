/** Where somebody is signed in, what is held about the account, and who has looked at it. */
export const privacyWords = {
  'privacy.headline': 'Privacy & sign-ins',
  'privacy.why':
    '{count, plural, one {Only this browser is signed in as you.} other {# browsers are signed in as you. Sign out what you do not know.}}',

  'privacy.places': 'Where you are signed in',
  'privacy.device': '{browser} on {system}',
  'privacy.unknownDevice': 'A browser we do not know',
  'privacy.here': 'This browser',
  'privacy.app': 'Opened from {app} on {moment}',
  'privacy.email': 'Signed in by a code on {moment}',
  'privacy.letter': 'Opened from a letter on {moment}',
  'privacy.seen': 'Last seen on {moment}',
  'privacy.end': 'Sign out',
  'privacy.endPlace': 'Sign out {device}',
  'privacy.ending': 'Signing out…',
  'privacy.endAll': 'Sign out everywhere',
  'privacy.endAllWhy':
    '{count, plural, one {You are signed out in this browser at once.} other {You are signed out at once in all # places. This browser is one of them.}} Nothing is cancelled and no money moves. To come back, open billing from {app} or sign in by e-mail.',
  'privacy.everybody': 'Sign everybody out',
  'privacy.everybodyWhy':
    'You and {count, plural, one {one other person or browser} other {# other people or browsers}} are signed out of {account} at once. Payments in progress are finished. Everybody who is still a member can come back.',
  'privacy.cancel': 'Cancel',

  'privacy.data': 'What we hold about {account}',
  'privacy.dataWhy':
    'One file with everything: people, sign-ins, letters, requests that were refused, usage, credits and payments, and the numbers of your invoices at Stripe. No card numbers: we never had them.',
  'privacy.download': 'Download everything',
  'privacy.downloading': 'Collecting…',
  'privacy.downloaded': 'The file is with your downloads.',
  'privacy.notYours': 'Owners and billing admins of {account} can download it.',

  'privacy.looks': 'Who from {merchant} has looked',
  'privacy.noLooks': 'Nobody from support has looked at your account. If somebody does, it is written here.',
  'privacy.look': 'Support looked at your account on {moment}',
  'privacy.lookWhy': '{staff}: {reason}',

  'privacy.failed': 'That did not work',
  'privacy.failedWhy': 'We could not reach the billing page. Try once more.',
} as const
