/** For support, who look through a customer's eyes. */
export const viewAsWords = {
  'viewAs.seeing': 'You see {account} as {member} sees it',
  'viewAs.nothing': 'You only look: nothing you press does anything. {account} can read that you looked.',
  'viewAs.left': '{time} left',
  'viewAs.leave': 'Back to the desk',
  'viewAs.pressed': '“{name}”: {member} would do this. You only look, so nothing has happened.',
  'viewAs.followed': '“{name}” leads {member} out of these pages. You only look, so it is not followed.',
  'viewAs.over': 'This view is over',
  'viewAs.overWhy':
    'A view lasts half an hour, and ends when you are signed out of the desk. Begin another one where this one began.',
  'viewAs.desk': 'To the desk',
  'viewAs.fields': 'Here the customer types into Stripe’s own fields. They are not loaded for you.',
} as const
