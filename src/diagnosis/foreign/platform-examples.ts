import { example } from './example.ts'

/** What clouds, hosts and software vendors are known to send about limits. */
export const platformExamples = [
  example(
    'YouTube',
    403,
    {
      error: {
        code: 403,
        message: 'The request cannot be completed because you have exceeded your quota.',
        errors: [{ message: 'quota', domain: 'youtube.quota', reason: 'quotaExceeded' }],
      },
    },
    'usage_limit_exceeded',
  ),
  example(
    'AWS',
    400,
    { __type: 'com.amazon.coral.availability#ThrottlingException', message: 'Rate exceeded' },
    'rate_limited',
  ),
  example(
    'AWS',
    503,
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>',
    'rate_limited',
  ),
  example(
    'AWS',
    400,
    '<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors></Response>',
    ['rate_limited', 'usage_limit_exceeded'],
  ),
  example(
    'AWS',
    400,
    '<Response><Errors><Error><Code>OptInRequired</Code><Message>You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.</Message></Error></Errors></Response>',
    ['no_payment_method'],
  ),
  example('gRPC', undefined, 'rpc error: code = ResourceExhausted desc = limit exceeded', [
    'rate_limited',
    'usage_limit_exceeded',
  ]),
  example(
    'GitHub',
    403,
    {
      message: 'API rate limit exceeded for user ID 1.',
      documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
    },
    'rate_limited',
  ),
  example(
    'GitHub',
    403,
    { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' },
    'rate_limited',
  ),
  example(
    'Docker Hub',
    429,
    {
      errors: [
        {
          code: 'TOOMANYREQUESTS',
          message:
            'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
        },
      ],
    },
    'rate_limited',
  ),
  example(
    'Shopify',
    429,
    { errors: 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.' },
    'rate_limited',
  ),
  example(
    'Salesforce',
    403,
    [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ['rate_limited', 'usage_limit_exceeded'],
  ),
  example('Slack', 200, { ok: false, error: 'ratelimited' }, 'rate_limited'),
  example('Slack', 200, { ok: false, error: 'paid_teams_only' }, 'plan_lacks_feature'),
  example('npm', 402, { error: 'You must sign up for private packages' }, 'plan_lacks_feature'),
  example('Unkey', 200, { valid: false, code: 'USAGE_EXCEEDED' }, 'usage_limit_exceeded'),
  example('Unkey', 200, { valid: false, code: 'RATE_LIMITED' }, 'rate_limited'),
  example('Kong', 429, { message: 'API rate limit exceeded' }, 'rate_limited'),
  example(
    'Supabase',
    402,
    { message: 'Service for this project is restricted due to the following violations: exceed_egress_quota.' },
    'usage_limit_exceeded',
  ),
  example(
    'Netlify',
    503,
    '<html><head><title>Site not available</title><style>h1{color:red}</style></head><body><h1>Site not available</h1><p>This site was paused as it reached its usage limits. Please contact the site owner for more information.</p></body></html>',
    'usage_limit_exceeded',
  ),
  example('a proxy', 502, 'upstream request failed: 402 {"error":{"code":"insufficient_credits"}}', [
    'credits_exhausted',
    'upstream_billing',
  ]),
  example(
    'an app with a supplier',
    503,
    { error: 'Our upstream provider has run out of credits. We have been notified.' },
    'upstream_billing',
  ),
]
