import { isIP } from 'node:net'

/**
 * Whether a request is meant for this server, against DNS rebinding: a page of another site whose name was turned to this
 * machine carries that site's name in `Host` and `Origin`. Bound to one address we know our names; bound to all of them any
 * name may be ours, and then the page must have come from the very host it talks to. `publicUrl`: what people type where a proxy stands before us.
 */
export function sameSite(
  boundTo: string,
  publicUrl: string | null = null,
): (host: string | undefined, origin: string | undefined) => boolean {
  const anywhere = boundTo === '0.0.0.0' || boundTo === '::'
  const names = new Set(['localhost', '127.0.0.1', '[::1]', isIP(boundTo) === 6 ? `[${boundTo}]` : boundTo])
  if (publicUrl !== null) names.add(new URL(publicUrl).hostname)
  return (host, origin) => {
    const asked = host === undefined ? null : parsed(`http://${host}`)
    if (!asked) return false
    const from = origin === undefined ? asked : parsed(origin)
    if (!from) return false
    if (anywhere) return from.host === asked.host
    return names.has(asked.hostname) && names.has(from.hostname)
  }
}

const parsed = (url: string): URL | null => (URL.canParse(url) ? new URL(url) : null)
