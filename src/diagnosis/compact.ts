/** The same fields without those that are undefined or null: absent and undefined are different things here. */
export function compact<T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T as undefined extends T[K] ? never : null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : null extends T[K] ? K : never]?: NonNullable<T[K]>
} {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
  // Object.fromEntries forgets the names; the filter above is the guarantee.
  return Object.fromEntries(kept) as ReturnType<typeof compact<T>>
}
