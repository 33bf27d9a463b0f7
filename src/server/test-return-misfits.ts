const origin = 'https://maps.example'

/** What does not belong into an origin, wherever it stands: stripped, decoded or mapped by one parser and not by another. */
const misfits = ['\\', '@', '\u0000', '\t', '\u2028', '%00', '\uff0f', '\u200d'] as const

const ports = [0, 1, 22, 80, 444, 3000, 8443, 65_535, 65_536, 99_999, -1] as const

/** Other names of this machine than those that were registered, and of others. */
const machines = [
  '0x7f.1',
  '127.1',
  '2130706434',
  '0177.0.0.2',
  '[::ffff:127.0.0.2]',
  '[::]',
  '0.0.0.0',
  '127.0.0.1.nip.io',
  'localtest.me',
  'localhost.localdomain',
  'localhost\u2024evil.example',
] as const

const users = ['a', 'a:b', ':', '%40', '%2f', 'maps.example%2f', 'https%3a%2f%2fmaps.example', 'é'] as const

const schemes = ['gopher', 'ldap', 'git+ssh', 'android-app', 'web+pay', 'moz-extension', 'capacitor', 'ionic'] as const

const names = [
  'maps.example\u0000.evil.example',
  'maps.example%00.evil.example',
  'maps.example%23.evil.example',
  'maps.example%3f.evil.example',
  'maps.example;evil.example',
  'maps.example,evil.example',
  'maps.example|evil.example',
  'maps.example&evil.example',
  'maps.example=evil',
  'maps.example+evil',
  "maps.example'evil",
  'maps.example(evil)',
  'maps.example*',
  '*.example',
  'maps.*',
  'ma\u0301ps.example',
  'maps\u0338.example',
  'maps.example:8443',
  'tiles.example:8442',
  'tiles.example:8443.evil.example',
] as const

/** Hostile `return_to` values of kinds that lists of known ones do not hold. */
export const misfitReturns: readonly string[] = [
  ...misfits.flatMap((misfit) =>
    Array.from(origin, (_, at) => `${origin.slice(0, at)}${misfit}${origin.slice(at)}/home`),
  ),
  ...ports.map((port) => `${origin}:${port}/home`),
  ...machines.flatMap((machine) => [`http://${machine}/cb`, `http://${machine}:3001/cb`]),
  ...users.flatMap((user) => [`https://${user}@maps.example/home`, `https://maps.example%2f${user}@evil.example/`]),
  ...schemes.map((scheme) => `${scheme}://maps.example/home`),
  ...names.map((name) => `https://${name}/home`),
]
