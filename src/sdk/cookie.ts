export function readCookie(request: Request, name: string): string | undefined {
  const cookies = request.headers.get('cookie')?.split(/;\s*/) ?? []
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** A `Set-Cookie` that comes along when a person is sent to a page, and that no script can read. */
export function cookieOf(cookie: {
  readonly name: string
  readonly value: string
  /** Zero takes it away. */
  readonly seconds: number
  readonly secure: boolean
}): string {
  const { name, value, seconds, secure } = cookie
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
