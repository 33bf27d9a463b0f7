import { createIdentity } from '#sandbox/identity/identity.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { createSandbox } from '#sandbox/stripe/sandbox.ts'

const port = Number(process.env['PORT'] ?? 4021)
const mailPort = Number(process.env['SMTP_PORT'] ?? port + 2)
/** Without it nobody is signed in here: the desk has another identity provider, or there is none. */
const identityPort = process.env['IDENTITY_PORT']
const desk = process.env['DESK_ORIGIN'] ?? `http://localhost:${port + 7}`
const dataDir = process.env['DATA_DIR'] ?? './.data'

try {
  const mailbox = createMailbox()
  await mailbox.listen(mailPort)
  const sandbox = await createSandbox({
    dataDir,
    contractDir: process.env['STRIPE_CONTRACT_DIR'],
    also: mailbox.answer,
  })
  const identity = identityPort === undefined ? undefined : createIdentity({ desk })
  await identity?.listen(Number(identityPort))
  const origin = await sandbox.listen(port)
  console.log(`Sandbox Stripe on ${origin} (data in ${dataDir})`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void Promise.all([mailbox.close(), sandbox.close(), identity?.close()]).then(() => process.exit(0))
    })
  }
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const ports = [port, mailPort, ...(identityPort === undefined ? [] : [identityPort])].join(' or ')
  console.error(inUse ? `Port ${ports} is in use: set PORT to another one, or stop what listens there.` : error)
  process.exit(1)
}
