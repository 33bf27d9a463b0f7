/** How an issuer says no. */
export type Decline = {
  code: string
  decline_code?: string
  advice_code?: 'do_not_try_again' | 'try_again_later' | 'confirm_card_data'
  /** Radar said no before the issuer was asked. */
  blocked?: true
}

/** What happens in one act: it goes through, the bank asks the cardholder first, or it is declined. */
export type Act = 'ok' | 'challenge' | 'ok_if_set_up' | Decline

export type DisputeKind = 'fraudulent' | 'product_not_received' | 'inquiry' | 'noncompliant' | 'prevented' | 'multiple'

export type CardBehaviour = {
  number: string
  template: string | null
  brand: string
  country: string
  funding: 'credit' | 'debit' | 'prepaid'
  /** Attaching, or setting up without a challenge. */
  attach: 'ok' | Decline
  setup: 'ok' | 'challenge'
  onSession: Act
  offSession: Act
  afterChallenge: 'ok' | Decline
  risk: 'normal' | 'elevated' | 'highest'
  checks: { cvc?: 'fail' | 'unchecked'; postcode?: 'fail' | 'unchecked'; line1?: 'fail' | 'unchecked' }
  dispute?: DisputeKind
  refund?: 'pending' | 'fails'
}

type Row = Partial<Omit<CardBehaviour, 'number' | 'template'>>

const no = (code: string, decline_code?: string): Decline =>
  decline_code === undefined ? { code } : { code, decline_code }
const generic = no('card_declined', 'generic_decline')
const lost: Decline = { ...no('card_declined', 'lost_card'), advice_code: 'do_not_try_again' }
const stolen: Decline = { ...no('card_declined', 'stolen_card'), advice_code: 'do_not_try_again' }
const poor: Decline = { ...no('card_declined', 'insufficient_funds'), advice_code: 'try_again_later' }
const cvc: Decline = { ...no('incorrect_cvc'), advice_code: 'confirm_card_data' }
const blocked: Decline = { ...no('card_declined', 'fraudulent'), blocked: true }

const liveCard = no('card_declined', 'test_mode_live_card')

export const expired: Decline = { ...no('expired_card'), advice_code: 'confirm_card_data' }
export const authenticationRequired: Decline = no('authentication_required', 'authentication_required')

const refuses = (decline: Decline): Row => ({ attach: decline, onSession: decline, offSession: decline })
const failsLater = (decline: Decline): Row => ({ onSession: decline, offSession: decline })
const challenges: Row = { onSession: 'challenge', offSession: 'ok_if_set_up', setup: 'challenge' }

/** Stripe's published test cards (docs.stripe.com/testing): number, `pm_card_*` template, what differs from a good US Visa. */
const table: [number: string, template: string | null, differs: Row][] = [
  ['4242424242424242', 'pm_card_visa', {}],
  ['4000056655665556', 'pm_card_visa_debit', { funding: 'debit' }],
  ['5555555555554444', 'pm_card_mastercard', {}],
  ['2223003122003222', null, {}],
  ['5200828282828210', 'pm_card_mastercard_debit', { funding: 'debit' }],
  ['5105105105105100', 'pm_card_mastercard_prepaid', { funding: 'prepaid' }],
  ['378282246310005', 'pm_card_amex', {}],
  ['371449635398431', null, {}],
  ['6011111111111117', 'pm_card_discover', {}],
  ['6011000990139424', null, {}],
  ['3056930009020004', 'pm_card_diners', {}],
  ['36227206271667', null, {}],
  ['3566002020360505', 'pm_card_jcb', { country: 'JP' }],
  ['6200000000000005', 'pm_card_unionpay', { country: 'CN' }],
  ['6205500000000000004', null, { country: 'CN' }],
  ['6555900000604105', null, { brand: 'discover', country: 'KR' }],
  ['4000002500000003', 'pm_card_fr', { country: 'FR' }],
  ['4000002760000016', 'pm_card_de', { country: 'DE' }],
  ['4000008260000000', 'pm_card_gb', { country: 'GB' }],
  ['4000058260000005', 'pm_card_gb_debit', { country: 'GB', funding: 'debit' }],
  ['4000000760000002', 'pm_card_br', { country: 'BR' }],
  ['4000003560000008', 'pm_card_in', { country: 'IN' }],
  ['4000003920000003', 'pm_card_jp', { country: 'JP' }],
  ['4000000000000002', 'pm_card_visa_chargeDeclined', refuses(generic)],
  ['4000000000009995', 'pm_card_visa_chargeDeclinedInsufficientFunds', refuses(poor)],
  ['4000000000009987', 'pm_card_visa_chargeDeclinedLostCard', refuses(lost)],
  ['4000000000009979', 'pm_card_visa_chargeDeclinedStolenCard', refuses(stolen)],
  ['4000000000000069', 'pm_card_chargeDeclinedExpiredCard', refuses(expired)],
  ['4000000000000127', 'pm_card_chargeDeclinedIncorrectCvc', refuses(cvc)],
  [
    '4000000000000119',
    'pm_card_chargeDeclinedProcessingError',
    refuses({ ...no('processing_error'), advice_code: 'try_again_later' }),
  ],
  [
    '4000000000006975',
    'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
    refuses(no('card_declined', 'card_velocity_exceeded')),
  ],
  ['4000000000000341', 'pm_card_chargeCustomerFail', failsLater(generic)],
  ['4000000000000341L', 'tok_visa_chargeCustomerFailLostCard', failsLater(lost)],
  ['4000000000000341S', 'tok_visa_chargeCustomerFailStolenCard', failsLater(stolen)],
  ['4100000000000019', 'pm_card_radarBlock', { ...failsLater(blocked), risk: 'highest' }],
  ['4000000000004954', 'pm_card_riskLevelHighest', { ...failsLater(blocked), risk: 'highest' }],
  ['4000000000009235', 'pm_card_riskLevelElevated', { risk: 'elevated' }],
  ['4000000000000101', 'pm_card_cvcCheckFail', { checks: { cvc: 'fail' } }],
  ['4000000000000036', 'pm_card_avsZipFail', { checks: { postcode: 'fail' } }],
  ['4000000000000028', 'pm_card_avsLine1Fail', { checks: { line1: 'fail' } }],
  ['4000000000000010', 'pm_card_avsFail', { checks: { line1: 'fail', postcode: 'fail' } }],
  ['4000000000000044', 'pm_card_avsUnchecked', { checks: { line1: 'unchecked', postcode: 'unchecked' } }],
  ['4000008400000407', 'pm_card_highFraudDisputeScore', { risk: 'elevated' }],
  ['4000008400000159', 'pm_card_highEfwScore', { risk: 'elevated' }],
  ['4001858821843804', 'pm_card_freeTrialAbuseBlock', {}],
  ['4000008405600003', 'pm_card_adaptive3dsChallenge', {}],
  ['4000000000000259', 'pm_card_createDispute', { dispute: 'fraudulent' }],
  ['4000000000002685', 'pm_card_createDisputeProductNotReceived', { dispute: 'product_not_received' }],
  ['4000000000001976', 'pm_card_createDisputeInquiry', { dispute: 'inquiry' }],
  ['4000000000005423', 'pm_card_createIssuerFraudRecord', {}],
  ['4000000404000079', 'pm_card_createMultipleDisputes', { dispute: 'multiple' }],
  ['4000000404000038', 'pm_card_createCe3EligibleDispute', { dispute: 'fraudulent' }],
  ['4000008400000779', 'pm_card_createComplianceDispute', { dispute: 'noncompliant' }],
  ['5105008400000002', 'pm_card_createMastercardComplianceDispute', { dispute: 'noncompliant' }],
  ['4000000001000043', 'pm_card_createAutoRepresentmentEligibleDispute', { dispute: 'fraudulent' }],
  ['5105000300000018', 'pm_card_createEthocaAlert', { dispute: 'prevented' }],
  ['4000002500003155', 'pm_card_authenticationRequiredOnSetup', { ...challenges, country: 'FR' }],
  ['4000002760003184', 'pm_card_authenticationRequired', { ...challenges, offSession: 'challenge', country: 'DE' }],
  ['4000003800000446', 'pm_card_authenticationRequiredSetupForOffSession', { onSession: 'challenge', country: 'IT' }],
  [
    '4000008260003178',
    'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    { ...challenges, afterChallenge: poor, offSession: poor, country: 'GB' },
  ],
  ['4000000000003220', 'pm_card_threeDSecure2Required', { ...challenges, country: 'IE' }],
  ['4000008400000027', null, challenges],
  [
    '4000008400001629',
    'pm_card_threeDSecureRequiredChargeDeclined',
    { ...challenges, afterChallenge: generic, offSession: generic },
  ],
  ['4000008400001280', 'pm_card_threeDSecureRequiredProcessingError', failsLater(generic)],
  ['4000000000003055', 'pm_card_threeDSecureOptional', {}],
  ['4000000000003097', 'pm_card_threeDSecureOptionalProcessingError', {}],
  ['378282246310005', 'pm_card_amex_threeDSecureNotSupported', {}],
  ['4000000032200000', null, {}],
  ['4000000000001208', null, { onSession: 'challenge' }],
  ['4000000000003725', null, { onSession: 'challenge' }],
  ['4000000000007726', 'pm_card_pendingRefund', { refund: 'pending' }],
  ['4000000000005126', 'pm_card_refundFail', { refund: 'fails' }],
  ['4000000000000077', 'pm_card_bypassPending', {}],
]

const brands: [pattern: RegExp, brand: string][] = [
  [/^3[47]/, 'amex'],
  [/^3(0|6|8)/, 'diners'],
  [/^35/, 'jcb'],
  [/^(5[1-5]|2[2-7])/, 'mastercard'],
  [/^62/, 'unionpay'],
  [/^6/, 'discover'],
]

/** The brand a card number starts with; `visa` unless another claims it. */
export function brandOf(number: string): string {
  return brands.find(([pattern]) => pattern.test(number))?.[1] ?? 'visa'
}

function behaviour(number: string, template: string | null, differs: Row): CardBehaviour {
  return {
    number,
    template,
    brand: brandOf(number),
    country: 'US',
    funding: 'credit',
    attach: 'ok',
    setup: 'ok',
    onSession: 'ok',
    offSession: 'ok',
    afterChallenge: 'ok',
    risk: 'normal',
    checks: {},
    ...differs,
  }
}

const cards = table.map((row) => behaviour(...row))
const byNumber = new Map(cards.toReversed().map((card) => [card.number, card]))
const byTemplate = new Map(cards.flatMap((card) => (card.template === null ? [] : [[card.template, card] as const])))

/** A number outside the table is a live card, which test mode refuses. */
export function cardByNumber(number: string): CardBehaviour {
  return byNumber.get(number) ?? behaviour(number, null, refuses(liveCard))
}

/** `pm_card_visa`, and `tok_visa` for the same card; some older names leave `visa_` out. */
export function cardByTemplate(id: string): CardBehaviour | undefined {
  const template = id.replace(/^tok_/, 'pm_card_')
  return byTemplate.get(id) ?? byTemplate.get(template) ?? byTemplate.get(template.replace('pm_card_', 'pm_card_visa_'))
}

export function isBankTemplate(id: string): boolean {
  return id.startsWith('pm_usBankAccount_') || id.startsWith('pm_sepaDebit_')
}

/** How a bank debit ends: undefined stays in processing for ever; seconds from the attempt. */
export function bankOutcome(template: string): { failure: string | null; after: number } | undefined {
  const kind = /^pm_(?:usBankAccount|sepaDebit)_([A-Za-z]+?)(?:_[a-z]{2})?$/.exec(template)?.[1]
  if (kind === undefined || kind === 'processing') return undefined
  return { failure: bankFailures[kind] ?? null, after: debitDays * 86_400 }
}

const debitDays = 4

const bankFailures: { [kind: string]: string } = {
  accountClosed: 'account_closed',
  riskLevelHighest: 'fraudulent',
  noAccount: 'no_account',
  insufficientFunds: 'insufficient_funds',
  debitNotAuthorized: 'debit_not_authorized',
  invalidCurrency: 'invalid_currency',
  weeklyLimitExceeded: 'charge_exceeds_source_limit',
  failed: 'generic_could_not_process',
  failedDelayed: 'generic_could_not_process',
  exceedsWeeklyVolumeLimit: 'charge_exceeds_source_limit',
  exceedsWeeklyTransactionLimit: 'charge_exceeds_weekly_limit',
}

const messages: { [code: string]: string } = {
  card_declined: 'Your card was declined.',
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
  test_mode_live_card: 'Your card was declined. Your request was in test mode, but used a non test (live) card.',
  card_velocity_exceeded:
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  authentication_required: 'Your card was declined. This transaction requires authentication.',
}

/** Stripe's words to a customer for this decline. */
export function declineMessage(decline: Decline): string {
  return messages[decline.decline_code ?? decline.code] ?? messages[decline.code] ?? 'Your card was declined.'
}
