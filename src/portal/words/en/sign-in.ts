/** Without a ticket: who somebody is, by a code in a letter; and short codes. */
export const signInWords = {
  'signIn.headline': 'Sign in to go on',
  'signIn.headlineApp': 'Sign in to go on with {app}',
  'signIn.why': 'We send a code to your address. No password is needed.',
  'signIn.whyApp': 'We send a code to the address that {app} knows you by. No password is needed.',
  'signIn.reported': '{app} says: {reported}.',
  'signIn.email': 'E-mail address',
  'signIn.emailWrong': 'Write the whole address, such as name@example.com.',
  'signIn.send': 'Send me a code',
  'signIn.sending': 'Sending…',
  'signIn.openApp': 'Open it from {app} instead',
  'signIn.shortCode': 'I have a short code',
  'signIn.switch': 'Switch account',
  'signIn.another': 'Sign in to another account',
  'signIn.byEmail': 'Sign in by e-mail',

  'signIn.left': 'You are signed out',
  'signIn.noMail': 'Open this page from your app',
  'signIn.noMailWhy':
    'To keep your account safe, billing opens only from the app that sent you. Sign in there and open it again.',
  'signIn.noMailApp': 'To keep your account safe, billing opens only from {app}. Sign in there and open it again.',
  'signIn.goToApp': 'Open {app}',

  'signIn.code': 'Type the code we sent',
  'signIn.codeWhy': 'If <b>{email}</b> belongs to a billing account, six digits are on their way to it.',
  'signIn.codeField': 'Code from the e-mail',
  'signIn.codeHint': 'Works for ten minutes, and only in this browser.',
  'signIn.codeWrong': 'That is not the code. {left, plural, one {One try is left.} other {# tries are left.}}',
  'signIn.codeGo': 'Sign in',
  'signIn.codeChecking': 'Checking…',
  'signIn.nothingCame':
    'Nothing came? Look among unwanted mail, or use another address. It must be the one your app has of you.',
  'signIn.again': 'Send a new code',
  'signIn.otherAddress': 'Use another address',
  'signIn.spent': 'This code was tried too often',
  'signIn.spentWhy': 'To keep the account safe it opens nothing any more. We can send you a new one.',
  'signIn.expired': 'This code is too old',
  'signIn.expiredWhy':
    'It works for ten minutes, and only in the browser that asked for it. We can send you a new one.',

  'signIn.choose': 'Which account?',
  'signIn.chooseWhy': 'Your address belongs to several.',
  'signIn.accounts': 'Your accounts',
  'signIn.ofApp': 'in {app}',
  'signIn.ofAppId': '{id}, in {app}',
  'signIn.goTo': 'Go to {account}',
  'signIn.opening': 'Opening…',
  'signIn.notMember': 'The refused request belongs to an account that <b>{email}</b> is not a member of.',

  'signIn.elsewhere': 'The refused request belongs to another account in {app}; you are signed in to <b>{from}</b>.',
  'signIn.unknownApp': 'We do not know this app',
  'signIn.unknownAppWhy':
    'The address names an app that is not connected here. Your account and your money are as they were. Sign in to see what is open.',

  'signIn.tooMany': 'Too many tries',
  'signIn.tooManyWhy':
    'To keep accounts safe we wait a little. Try again in {minutes, plural, one {one minute} other {# minutes}}.',
  'signIn.failedWhy': 'We could not reach the billing page. Nothing was sent or changed. Try once more.',

  'code.headline': 'Type your short code',
  'code.why': 'It stands where you were refused, and looks like 7KQ2-M4XD.',
  'code.field': 'Short code',
  'code.wrong': 'This code is not valid or too old. Type it again, or another one.',
  'code.go': 'Go on',
  'code.looking': 'Looking…',
} as const
