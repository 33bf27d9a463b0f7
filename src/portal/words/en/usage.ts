/** What is used of what. */
export const usageWords = {
  'usage.used': '{used} {unit}',
  'usage.usedOf': '{used} of {included} {unit}',
  'usage.unknown': 'Not known yet',
  'usage.unknownOf': 'Not known yet, of {included} {unit}',
  'usage.resets': 'Resets {when} ({day})',
} as const
