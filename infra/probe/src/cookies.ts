/** Cookies of one actor: host-only, with Path, Expires, Max-Age and Secure (RFC 6265, without Domain: enclaves share none). */
export interface CookieJar {
  take(host: string, setCookie: readonly string[]): void
  header(url: URL): string
  value(name: string): string | undefined
}

interface Cookie {
  readonly host: string
  readonly path: string
  readonly name: string
  readonly value: string
  readonly secure: boolean
}

export function openCookieJar(): CookieJar {
  let cookies: Cookie[] = []
  return {
    take(host, setCookie) {
      for (const line of setCookie.slice(0, 50)) {
        const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
        const cut = pair.indexOf('=')
        if (cut < 1) continue
        const attribute = (name: string) =>
          attributes
            .find((a) => a.toLowerCase().split('=')[0] === name)
            ?.split('=')
            .slice(1)
            .join('=')
        const maxAge = attribute('max-age')
        const expires = attribute('expires')
        const gone =
          maxAge !== undefined
            ? Number(maxAge) <= 0
            : expires !== undefined && Date.parse(expires) <= Date.now()
        const name = pair.slice(0, cut)
        const path = attribute('path') || '/'
        cookies = cookies.filter((c) => !(c.host === host && c.name === name && c.path === path))
        if (!gone)
          cookies.push({
            host,
            path,
            name,
            value: pair.slice(cut + 1),
            secure: attributes.some((a) => a.toLowerCase() === 'secure'),
          })
      }
      if (cookies.length > 200) cookies = cookies.slice(-200)
    },
    header: (url) =>
      cookies
        .filter((c) => c.host === url.hostname && (!c.secure || url.protocol === 'https:'))
        .filter(
          (c) =>
            url.pathname === c.path || url.pathname.startsWith(c.path.endsWith('/') ? c.path : `${c.path}/`),
        )
        .map((c) => `${c.name}=${c.value}`)
        .join('; '),
    value: (name) => cookies.findLast((c) => c.name === name)?.value,
  }
}
