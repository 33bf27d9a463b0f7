/** What is charged when an automatic charge is declined. */
export const backupWords = {
  'backup.badge': 'Backup',
  'backup.standsBy': 'Charged when an automatic charge to another one is declined. Agreed on {day}.',
  'backup.standsByWhose': 'Charged when an automatic charge to another one is declined. {who} agreed to it on {day}.',
  'backup.use': 'Use as backup',
  'backup.useOf': 'Use as backup: {method}',
  'backup.stop': 'Stop using it as backup',
  'backup.stopOf': 'Stop using it as backup: {method}',
  'backup.stopping': 'Stopping…',

  'backup.title': 'Charge {method} when another one is declined?',
  'backup.agree':
    'If an automatic charge to {covers} is declined, {merchant} charges {method} instead: the same amount, and at most once for each invoice.',
  'backup.from': 'This holds for charges from now on. Nothing is charged now, and what is open today is left alone.',
  'backup.never':
    'Nothing is charged to it while a payment is on its way or your bank wants to check it is you. Payments that you make yourself are not affected.',
  'backup.notTopUp': 'Credits that top up by themselves never use it: when their charge is declined, they stop.',
  'backup.told':
    'Each time it is told on the overview and on the invoice, and by e-mail where {merchant} sends any. You can take this back here at any time.',
  'backup.replaces': 'It takes the place of {method}, which is the backup now.',
  'backup.go': 'I agree, use it as backup',

  'backup.isBackup': '{method} is the backup now',
  'backup.noBackup': 'There is no backup any more',
  'backup.noBackupWhy': 'Nothing is charged in place of a method that is declined.',
  'backup.goesWith': 'It is the backup. With it goes what was agreed: nothing is charged in its place.',
  'backup.becomesFirst': 'It is the backup now. As the default it is charged first, and there is no backup any more.',

  'backup.invoiceNumbered': 'invoice {number}',
  'backup.invoicePlain': 'an invoice',
  'backup.seeInvoice': 'See the invoice',
  'backup.paid': 'Charged to your backup, {backup}',
  'backup.paidWhy': '{amount} for {invoice} on {day}, because {failed} was declined. {failed} is still charged first.',
  'backup.processing': 'Being charged to your backup, {backup}',
  'backup.processingWhy': '{amount} for {invoice} since {day}, because {failed} was declined. Do not pay it again.',
  'backup.checking': 'We are checking a charge to your backup, {backup}',
  'backup.checkingWhy':
    '{amount} for {invoice}, tried on {day} because {failed} was declined. Do not pay it again until we know.',
  'backup.declined': 'Your backup, {backup}, could not be charged either',
  'backup.declinedWhy':
    '{failed} was declined for {amount}, which {invoice} asks for. On {day} the backup could not be charged. No money was taken.',
} as const
