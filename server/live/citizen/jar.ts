/** How a request came to be, as far as cookies go by it. */
export interface Coming {
  readonly service: string
  /** Path alone. */
  readonly pathname: string
  readonly method: string
  /** `same`: from a page of the same service, or typed. `link`: from elsewhere, by going there. `other`: from elsewhere, otherwise. */
  readonly from: 'same' | 'link' | 'other'
}

/**
 * Cookies that services have set for one visitor: the browser never sees one. Host-only, with Path, Expires, Max-Age, and SameSite as browsers keep to it, `Lax` where it is not
 * said (RFC 6265bis): so that a page of one service can do in another's no more than it could in a browser of its own.
 */
export interface Jar {
  take(service: string, pathname: string, setCookie: readonly string[]): void
  header(to: Coming): string
  clear(): void
}

interface Cookie {
  readonly service: string
  readonly path: string
  readonly name: string
  readonly value: string
  readonly sameSite: 'strict' | 'lax' | 'none'
  /** Wall time in ms. */
  readonly expires: number
}

const MOST = 300
const MOST_OF_ONE = 60
const MOST_TEXT = 4_096

export function openJar(now: () => number = Date.now): Jar {
  let cookies: readonly Cookie[] = []
  const same = (a: Cookie) => (b: Cookie) => a.service === b.service && a.name === b.name && a.path === b.path
  return {
    take(service, pathname, setCookie) {
      for (const line of setCookie.slice(0, MOST_OF_ONE)) {
        const cookie = readCookie(line, service, pathname, now())
        if (!cookie) continue
        const others = cookies.filter((known) => !same(cookie)(known))
        const room = others.filter((known) => known.service === service).length < MOST_OF_ONE
        cookies = cookie.expires > now() && room ? [...others, cookie].slice(-MOST) : others
      }
    },
    header: ({ service, pathname, method, from }) =>
      cookies
        .filter((cookie) => cookie.service === service && cookie.expires > now())
        .filter((cookie) => covers(cookie.path, pathname) && mayGo(cookie.sameSite, method, from))
        .toSorted((a, b) => b.path.length - a.path.length)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    clear() {
      cookies = []
    },
  }
}

const mayGo = (sameSite: Cookie['sameSite'], method: string, from: Coming['from']): boolean =>
  from === 'same' ||
  sameSite === 'none' ||
  (sameSite === 'lax' && from === 'link' && (method === 'GET' || method === 'HEAD'))

const covers = (path: string, pathname: string) =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)

function readCookie(line: string, service: string, pathname: string, now: number): Cookie | null {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const cut = pair.indexOf('=')
  // It goes into a header again.
  if (cut < 1 || pair.length > MOST_TEXT || /[^\x20-\x7e\x80-\xff]/.test(pair)) return null
  const attributes = new Map(
    rest.map((part) => {
      const [name = '', ...value] = part.split('=')
      return [name.toLowerCase(), value.join('=')] as const
    }),
  )
  const maxAge = attributes.get('max-age')
  const ends = attributes.get('expires')
  const expires = maxAge !== undefined ? now + Number(maxAge) * 1_000 : ends ? Date.parse(ends) : Number.NaN
  const path = attributes.get('path') ?? ''
  const sameSite = attributes.get('samesite')?.toLowerCase()
  return {
    service,
    path: path.startsWith('/') ? path : pathname.slice(0, Math.max(1, pathname.lastIndexOf('/'))),
    name: pair.slice(0, cut),
    value: pair.slice(cut + 1),
    sameSite: sameSite === 'strict' || sameSite === 'none' ? sameSite : 'lax',
    expires: Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires,
  }
}
