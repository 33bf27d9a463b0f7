/** Who is signed in proves once more who they are, before something that would hurt in other hands. */
export const stepUpWords = {
  'stepUp.title': 'One more check',
  'stepUp.cancel': 'Cancel',
  'stepUp.sending': 'This needs a code that we are sending to your address.',
  'stepUp.sent': 'To keep your account safe, this needs the six digits that we have sent to <b>{to}</b>.',
  'stepUp.go': 'Confirm',
  'stepUp.hint': 'Works for ten minutes. What you were doing goes on by itself.',
  'stepUp.noLetter': 'To keep your account safe, open billing from {app} again and do this within ten minutes.',
  'stepUp.noLetterWhy': 'We have no address that a code could be sent to.',
} as const
