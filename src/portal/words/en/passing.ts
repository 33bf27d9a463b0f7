/** What passes by itself or lies with the merchant: wait, wait-for-vendor, contact-support; and the way through several steps. */
export const passingWords = {
  'steps.all': 'All {steps} steps are done',
  'steps.done': 'done',
  'steps.left': '{count, plural, one {One thing is left.} other {# things are left.}}',

  'done.paid': 'Paid {amount}',
  'done.saved': 'Your card is saved',
  'done.details': 'Your billing details are saved',
  'done.cap': 'Your limit is {amount} now',
  'done.waited': 'The wait is over',

  'clear.worksAgain': '{app} works again. Nothing was charged.',

  'wait.why': 'This passes by itself. Nothing has to be paid.',
  'wait.whyLimit': 'Your plan allows {limit} requests in {span}. This passes by itself; nothing has to be paid.',
  'wait.left': 'Time left',
  'wait.about': 'About {span}',
  'wait.spoken': 'Less than {span} left',
  'wait.until': 'Over at {time}',
  'wait.over': 'Seeing whether you can go on…',
  'wait.unknownEnd': 'We do not know exactly how long. We look again every few seconds.',
  'wait.next': 'When it is over, this page takes you back to {app}. You need not press anything.',

  'watch.failed': 'We could not look just now',
  'watch.failedWhy': 'The connection broke. We go on trying, and nothing was charged.',

  'vendor.why': 'Nothing is wrong with your account. {merchant} has to mend it, and nothing is charged for it.',
  'vendor.expected': 'Expected again',
  'vendor.until': 'by {moment}',
  'vendor.unknown': 'not known yet',
  'vendor.since': 'Since',
  'vendor.status': 'See the status page',
  'vendor.next': 'As soon as it works, this page takes you back to {app}.',

  'frozen.hold':
    '{merchant} has put this account on hold since {day}. Only {merchant} can release it; paying does not help.',
  'frozen.holdUndated':
    '{merchant} has put this account on hold. Only {merchant} can release it; paying does not help.',
  'frozen.dispute':
    'A payment was contested with the bank. Only {merchant} can release the account; paying again does not help.',
  'frozen.told': '{app} says that this account is on hold. Only {merchant} can release it; paying does not help.',
  'gone.headline': 'We cannot find your billing record',
  'gone.why': 'It was removed, so nothing can be paid here. Only {merchant} can set it up again.',
  'noPlan.headline': 'You have no plan yet',
  'noPlan.why': '{app} needs a plan, and none can be chosen here. {merchant} can set one up for you.',

  'contact.wrote': '{merchant} wrote',
  'contact.sees': 'What {merchant} gets to see',
  'contact.tells': 'What to tell {merchant}',
  'contact.account': 'Account',
  'contact.refused': 'Refused',
  'contact.everything': 'Access to {app}',
  'contact.feature': '“{feature}” in {app}',
  'contact.when': 'When',
  'contact.finding': 'Found here',
  'contact.reference': 'Reference',
  'contact.write': 'Write to {merchant}',
  'contact.copy': 'Copy these details',
  'contact.copied': 'Copied',
  'contact.subject': 'Billing of {account} · {reference}',
  'contact.subjectPlain': 'Billing of {account}',
  'contact.noAddress': '{merchant} has named no address here. Ask where you usually reach them, and give them this.',
  'contact.next': 'This page notices by itself when {merchant} has acted, and opens {app} again.',

  'finding.cap': 'The spending limit is reached',
  'finding.hold': 'On hold by {merchant}',
  'finding.dispute': 'A payment was contested with the bank',
  'finding.told': '{app} reports a hold',
  'finding.customer_deleted': 'The billing record was removed',
  'finding.no_plan': 'No plan',
  'finding.unclear': 'No reason found in billing',
} as const
