import { example } from './example.ts'

/** What gateways, suppliers, paid requests and problem documents send. */
export const gatewayExamples = [
  example('an app with a supplier', 502, { code: 'UPSTREAM_PAYMENT_REQUIRED' }, 'upstream_billing'),
  example(
    'an app with a supplier',
    503,
    'The owner of this service has to top up their balance. The provider returned: insufficient balance.',
    ['upstream_billing', 'credits_exhausted'],
  ),
  example(
    'x402',
    402,
    {
      x402Version: 1,
      error: 'X-PAYMENT header is required',
      accepts: [{ scheme: 'exact', network: 'base', maxAmountRequired: '10000', asset: '0x', payTo: '0x' }],
    },
    [],
  ),
  example('MPP', 402, '', [], {
    'WWW-Authenticate': 'Payment id="x", realm="api.example.com", method="card", intent="charge", request="e30"',
  }),
  example(
    'fix402',
    402,
    {
      type: 'https://billing.example.com/problems/invoice-overdue',
      title: 'An invoice is overdue',
      status: 402,
      reason: 'invoice_overdue',
      blockers: [{ reason: 'invoice_overdue' }],
      retry: 'after_fix',
      fix: { url: 'https://billing.example.com/r/7KQ2-M4XD', label: 'Pay invoice', who: 'billing_admin' },
    },
    'invoice_overdue',
  ),
  example(
    'fix402',
    402,
    { type: 'https://billing.example.com/problems/seat-limit', title: 'All seats are taken', status: 402 },
    'seat_limit',
  ),
  example(
    'a problem document',
    429,
    {
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      title: 'Request cannot be satisfied as assigned quota has been exceeded',
      'violated-policies': ['daily'],
    },
    'usage_limit_exceeded',
  ),
  example(
    'a problem document',
    403,
    {
      type: 'https://example.com/probs/out-of-credit',
      title: 'You do not have enough credit.',
      detail: 'Your current balance is 30, but that costs 50.',
      balance: 30,
      accounts: ['/account/12345'],
    },
    'credits_exhausted',
  ),
  example('a silent gateway', 429, '', 'rate_limited'),
  example('a silent gateway', 429, 'Too Many Requests', 'rate_limited'),
  example('a silent gateway', 402, '', []),
  example('a silent gateway', 402, 'Payment Required', []),
  example('a silent gateway', 403, { message: 'Forbidden' }, []),
  example('a gateway with fields', 429, { message: 'no' }, 'rate_limited', {
    RateLimit: '"burst";r=0;t=12',
    'RateLimit-Policy': '"burst";q=100;w=60',
  }),
  example('a gateway with fields', 429, { message: 'no' }, 'rate_limited', {
    'X-RateLimit-Remaining': '0',
    'Retry-After': '30',
  }),
  example(
    'Sentry',
    429,
    { detail: 'Sentry dropped data due to a quota or internal rate limit being reached.' },
    'usage_limit_exceeded',
    { 'X-Sentry-Rate-Limits': '60:error:organization:error_usage_exceeded' },
  ),
]
