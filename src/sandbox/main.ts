import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { createSandbox } from '#sandbox/stripe/sandbox.ts'

const port = Number(process.env['PORT'] ?? 4021)
const mailPort = Number(process.env['SMTP_PORT'] ?? port + 2)
const dataDir = process.env['DATA_DIR'] ?? './.data'

try {
  const mailbox = createMailbox()
  await mailbox.listen(mailPort)
  const sandbox = await createSandbox({
    dataDir,
    contractDir: process.env['STRIPE_CONTRACT_DIR'],
    also: mailbox.answer,
  })
  const origin = await sandbox.listen(port)
  console.log(`Sandbox Stripe on ${origin} (data in ${dataDir})`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void Promise.all([mailbox.close(), sandbox.close()]).then(() => process.exit(0))
    })
  }
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(
    inUse ? `Port ${port} or ${mailPort} is in use: set PORT to another one, or stop what listens there.` : error,
  )
  process.exit(1)
}
