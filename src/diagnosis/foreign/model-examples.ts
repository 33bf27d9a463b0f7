import { example } from './example.ts'

/** What vendors of language models, and proxies before them, are known to send. */
export const modelExamples = [
  example(
    'OpenAI',
    429,
    {
      error: {
        message:
          'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
        type: 'insufficient_quota',
        param: null,
        code: 'insufficient_quota',
      },
    },
    ['credits_exhausted', 'no_payment_method'],
  ),
  example(
    'OpenAI',
    429,
    {
      error: {
        message: 'Billing hard limit has been reached',
        type: 'invalid_request_error',
        param: null,
        code: 'billing_hard_limit_reached',
      },
    },
    'spend_cap_reached',
  ),
  example(
    'OpenAI',
    429,
    {
      error: {
        message:
          'Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29500, Requested 1200. Please try again in 1.4s. Visit https://platform.openai.com/account/rate-limits to learn more.',
        type: 'tokens',
        param: null,
        code: 'rate_limit_exceeded',
      },
    },
    'rate_limited',
  ),
  example(
    'OpenAI',
    429,
    {
      error: {
        message: 'Your account is not active, please check your billing details on our website.',
        type: 'billing_not_active',
        param: null,
        code: 'billing_not_active',
      },
    },
    ['invoice_overdue', 'subscription_canceled'],
  ),
  example('a plain code', undefined, 'insufficient_quota', ['credits_exhausted', 'no_payment_method']),
  example(
    'Anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message:
          'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
      },
    },
    'credits_exhausted',
  ),
  example(
    'Anthropic',
    429,
    {
      type: 'error',
      error: {
        type: 'rate_limit_error',
        message: "This request would exceed your organization's rate limit of 40,000 input tokens per minute.",
      },
    },
    'rate_limited',
  ),
  example(
    'OpenRouter',
    402,
    { error: { message: 'Insufficient credits. Add more using https://openrouter.ai/settings/credits', code: 402 } },
    'credits_exhausted',
  ),
  example(
    'OpenRouter',
    403,
    {
      error: {
        message: 'Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys',
        code: 403,
      },
    },
    'spend_cap_reached',
  ),
  example(
    'OpenRouter',
    429,
    {
      error: {
        message: 'Rate limit exceeded: free-models-per-min. ',
        code: 429,
        metadata: { headers: { 'X-RateLimit-Limit': '20' } },
      },
    },
    'rate_limited',
  ),
  example(
    'DeepSeek',
    402,
    { error: { message: 'Insufficient Balance', type: 'unknown_error', param: null, code: 'invalid_request_error' } },
    'credits_exhausted',
  ),
  example(
    'DeepSeek through LiteLLM',
    400,
    {
      error: {
        message:
          'litellm.BadRequestError: DeepseekException - {"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}',
        type: null,
        param: null,
        code: '400',
      },
    },
    'credits_exhausted',
  ),
  example(
    'LiteLLM',
    400,
    {
      error: {
        message: 'Budget has been exceeded! Current cost: 10.2, Max budget: 10.0',
        type: 'budget_exceeded',
        param: null,
        code: '400',
      },
    },
    'spend_cap_reached',
  ),
  example(
    'LiteLLM',
    429,
    { error: { message: 'ExceededBudget: User=x over budget. Spend=0.4, Budget=0.3', type: 'budget_exceeded' } },
    'spend_cap_reached',
  ),
  example(
    'one-api',
    403,
    { error: { message: '用户额度不足', type: 'new_api_error', code: 'insufficient_user_quota' } },
    'credits_exhausted',
  ),
  example(
    'Gemini',
    429,
    {
      error: {
        code: 429,
        message:
          'Quota exceeded for quota metric Generate Content API requests per minute and limit GenerateContent request limit per minute for a region of service generativelanguage.googleapis.com',
        status: 'RESOURCE_EXHAUSTED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'RATE_LIMIT_EXCEEDED',
            domain: 'googleapis.com',
          },
        ],
      },
    },
    'rate_limited',
  ),
]
