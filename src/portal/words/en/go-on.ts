/** renew and resume: a plan that ended or was paused goes on. */
export const goOnWords = {
  'every.day': '{plan}, every {count, plural, one {day} other {# days}}',
  'every.week': '{plan}, every {count, plural, one {week} other {# weeks}}',
  'every.month': '{plan}, every {count, plural, one {month} other {# months}}',
  'every.year': '{plan}, every {count, plural, one {year} other {# years}}',

  'renew.ended': '{plan} ended on {day}, so {app} is paused. Start it again for the same price.',
  'renew.endedSometime': '{plan} has ended, so {app} is paused. Start it again for the same price.',
  'renew.neverBegan':
    'The first payment for {plan} was never finished, so it did not start. No money was taken. You can start it now.',
  'renew.pay': 'Pay {amount} and start again',
  'renew.free': 'Start again, nothing is charged now',

  'resume.trial':
    'Your trial of {plan} ended without a card on file. Nothing was charged. With a card {app} goes on today.',
  'resume.requested': '{plan} was paused at your account’s request. Nothing is charged until it goes on.',
  'resume.failure': '{plan} was paused because a payment failed. It can go on now.',
  'resume.pay': 'Pay {amount} and resume',
  'resume.free': 'Resume, nothing is charged now',

  'way.messageGoOn': '{account} needs its plan in {app} to go on. You can do that here: {link}',
} as const
