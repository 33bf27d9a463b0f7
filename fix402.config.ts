import type { ConfigFile } from '#server/config-file.ts'

// The demo's configuration. Replace it with yours; docs/configuration.md explains every line.
const demo = `http://localhost:${Number(process.env.PORT ?? 4020) + 2}`

export default {
  merchant: { name: 'Northwind Maps', supportUrl: 'mailto:billing@northwind.example' },
  graceDays: 7,
  plans: {
    team_monthly: { name: 'Team' },
    pro_yearly: { name: 'Pro' },
    addon_monthly: { name: 'Traffic add-on' },
  },
  apps: [{ id: 'app_demo', name: 'Maps API', url: demo, keys: ['fix402_test_demo'] }],
} satisfies ConfigFile
