/** What a cookie belongs to. */
export interface Site {
  readonly protocol: string
  readonly hostname: string
  readonly pathname: string
}

/** Cookies of one actor: host-only, with Path, Expires, Max-Age and Secure (RFC 6265, without Domain: services share none). */
export interface CookieJar {
  take(from: Site, setCookie: readonly string[]): void
  header(to: Site): string
  value(name: string): string | undefined
  /** A jar of its own with the same cookies. */
  copy(): CookieJar
}

interface Cookie {
  readonly host: string
  readonly path: string
  readonly name: string
  readonly value: string
  readonly secure: boolean
  /** Wall time in ms. */
  readonly expires: number
}

const MOST = 200

export function openCookieJar(begun: readonly Cookie[] = []): CookieJar {
  let cookies = begun
  return {
    take(from, setCookie) {
      for (const line of setCookie.slice(0, 50)) {
        const cookie = readCookie(line, from)
        if (!cookie) continue
        const { host, name, path } = cookie
        cookies = [
          ...cookies.filter((c) => !(c.host === host && c.name === name && c.path === path)),
          ...(cookie.expires > Date.now() ? [cookie] : []),
        ].slice(-MOST)
      }
    },
    header: ({ protocol, hostname, pathname }) =>
      cookies
        .filter((c) => c.host === hostname && (!c.secure || protocol === 'https:'))
        .filter((c) => c.expires > Date.now() && covers(c.path, pathname))
        .toSorted((a, b) => b.path.length - a.path.length)
        .map((c) => `${c.name}=${c.value}`)
        .join('; '),
    value: (name) => cookies.findLast((c) => c.name === name)?.value,
    copy: () => openCookieJar(cookies),
  }
}

const covers = (path: string, pathname: string) =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)

function readCookie(line: string, { hostname, pathname }: Site): Cookie | null {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const cut = pair.indexOf('=')
  if (cut < 1) return null
  const attributes = new Map(
    rest.map((part) => {
      const [name = '', ...value] = part.split('=')
      return [name.toLowerCase(), value.join('=')] as const
    }),
  )
  const maxAge = attributes.get('max-age')
  const ends = attributes.get('expires')
  const expires = maxAge !== undefined ? Date.now() + Number(maxAge) * 1000 : ends ? Date.parse(ends) : NaN
  const path = attributes.get('path') ?? ''
  return {
    host: hostname,
    path: path.startsWith('/') ? path : pathname.slice(0, Math.max(1, pathname.lastIndexOf('/'))),
    name: pair.slice(0, cut),
    value: pair.slice(cut + 1),
    secure: attributes.has('secure'),
    expires: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires,
  }
}
