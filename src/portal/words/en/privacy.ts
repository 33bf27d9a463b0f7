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
  'privacy.ended': '{device} is signed out.',
  'privacy.endAll': 'Sign out everywhere',
  'privacy.endAllTitle': 'Sign out everywhere?',
  'privacy.endAllWhy':
    '{count, plural, one {You are signed out in this browser at once.} other {You are signed out at once in all # places. This browser is one of them.}} Nothing is cancelled and no money moves. To come back, open billing from {app} or sign in by e-mail.',
  'privacy.everybody': 'Sign everybody out',
  'privacy.everybodyTitle': 'Sign everybody out?',
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
  'privacy.deed.search': 'Support found your account on {moment}',
  'privacy.deed.read-account': 'Support looked at your account on {moment}',
  'privacy.deed.read-timeline': 'Support looked at what happened in your account on {moment}',
  'privacy.deed.view-as': 'Support looked at your pages, without being able to change anything, on {moment}',
  'privacy.deed.unmask': 'Support looked at a detail that is hidden from them on {moment}',
  'privacy.deed.send-link': 'Support sent one of you a link on {moment}',
  'privacy.deed.note': 'Support wrote a note about your account on {moment}',
  'privacy.deed.re-read': 'Support had your account read anew on {moment}',
  'privacy.deed.extend-grace': 'Support gave you more time to pay on {moment}',
  'privacy.deed.goodwill': 'Support gave you credit on {moment}',
  'privacy.deed.resend-event': 'Support told the app once more about your account on {moment}',
  'privacy.deed.revoke-sessions': 'Support signed people out on {moment}',
  'privacy.deed.hold': 'Support put your account on hold, or lifted a hold, on {moment}',
  'privacy.deed.read-insight': 'Support looked at figures on {moment}',
  'privacy.deed.read-audit': 'Support looked at who looked on {moment}',
  'privacy.lookBy': '{staff}',
  'privacy.lookWhy': '{staff}: {reason}',

  'privacy.failed': 'That did not work',
  'privacy.failedWhy': 'We could not reach the billing page. Try once more.',
} as const
