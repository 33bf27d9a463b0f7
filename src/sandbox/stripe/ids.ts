import { randomBytes } from 'node:crypto'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('')
}

export function newId(prefix: string, length = 24): string {
  return `${prefix}_${randomText(length)}`
}

export function newSecret(id: string): string {
  return `${id}_secret_${randomText(25)}`
}
