import { createSandbox } from '#sandbox/stripe/sandbox.ts'

const port = Number(process.env['PORT'] ?? 4021)
const dataDir = process.env['DATA_DIR'] ?? './.data'

try {
  const sandbox = await createSandbox({ dataDir, contractDir: process.env['STRIPE_CONTRACT_DIR'] })
  const origin = await sandbox.listen(port)
  console.log(`Sandbox Stripe on ${origin} (data in ${dataDir})`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void sandbox.close().then(() => process.exit(0))
    })
  }
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(inUse ? `Port ${port} is in use: set PORT to another one, or stop what listens there.` : error)
  process.exit(1)
}
