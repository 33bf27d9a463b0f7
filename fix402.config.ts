import type { ConfigFile } from '#server/config-file.ts'

// The demo's configuration. Replace it with yours; docs/configuration.md explains every line.
const port = Number(process.env.PORT ?? 4020)
const demo = `http://localhost:${port + 2}`
// Where the example apps of src/sandbox/apps run.
const examples = [4, 5, 6, 7].map((offset) => `http://localhost:${port + offset}`)

export default {
  merchant: { name: 'Northwind Maps', supportUrl: 'mailto:billing@northwind.example' },
  graceDays: 7,
  plans: {
    starter_monthly: {
      name: 'Starter',
      features: ['tiles'],
      limits: { requests: { included: 10_000 } },
      seats: 2,
      rates: { requests: { limit: 60, seconds: 60 } },
      offered: true,
    },
    team_monthly: {
      name: 'Team',
      features: ['tiles', 'routing'],
      limits: { requests: { included: 100_000 } },
      seats: 5,
      rates: { requests: { limit: 600, seconds: 60 } },
      offered: true,
    },
    business_monthly: {
      name: 'Business',
      features: ['tiles', 'routing', 'offline_maps'],
      limits: { requests: { included: 1_000_000 } },
      seats: 25,
      rates: { requests: { limit: 6_000, seconds: 60 } },
      offered: true,
    },
    studio_monthly: { name: 'Studio', features: ['tiles'], seats: 'quantity' },
    pro_yearly: { name: 'Pro', features: ['tiles', 'routing'], seats: 10 },
    addon_monthly: {
      name: 'Traffic add-on',
      features: ['traffic'],
      limits: { traffic_updates: { included: 200, hard: false }, cameras: { included: 50 } },
    },
    team_monthly_jpy: { name: 'Team', features: ['tiles', 'routing'], limits: { requests: { included: 100_000 } } },
    business_monthly_jpy: {
      name: 'Business',
      features: ['tiles', 'routing', 'offline_maps'],
      limits: { requests: { included: 1_000_000 } },
      offered: true,
    },
  },
  meters: {
    requests: { name: 'Map requests', unit: 'requests' },
    routes: { name: 'Routing', unit: 'routes', price: { amount: 40, currency: 'eur', per: 100 } },
    lookups: { name: 'Geocoding', unit: 'lookups', credits: 1 },
    traffic_updates: { name: 'Traffic updates', unit: 'updates' },
    cameras: { name: 'Live cameras', unit: 'cameras' },
  },
  credits: {
    packs: {
      credits_1000: { name: '1,000 credits', credits: 1_000 },
      credits_10000: { name: '10,000 credits', credits: 10_000 },
      credits_50000: { name: '50,000 credits', credits: 50_000 },
    },
    expireDays: 365,
    autoRecharge: true,
  },
  requiredDetails: ['address'],
  holdOnDispute: true,
  allowPause: true,
  spendCap: { initial: { amount: 50_00, currency: 'eur' }, most: 1_000_00 },
  desk: {
    roles: {
      'support-viewers': 'viewer',
      'support-agents': 'agent',
      'support-operators': 'operator',
      'support-admins': 'admin',
    },
    goodwill: { credits: 1_000, money: { amount: 50_00, currency: 'eur' } },
  },
  apps: [
    {
      id: 'app_demo',
      name: 'Maps API',
      url: demo,
      keys: ['fix402_test_demo'],
      origins: examples,
      people: 'portal',
      // The demo is on this machine: a portal that is reached from elsewhere tells nobody here.
      ...(!process.env.PORTAL_ORIGIN?.startsWith('https:') && { webhook: { url: `${demo}/webhooks/fix402` } }),
    },
  ],
} satisfies ConfigFile
