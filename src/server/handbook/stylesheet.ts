import { readFileSync } from 'node:fs'

/** One small file of our own: the portal's policy allows no style in a page. */
export const stylesheet = readFileSync(new URL('./handbook.css', import.meta.url), 'utf8')
