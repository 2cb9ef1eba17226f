import { StepFailure } from './steps.ts'

/** An address of the web, with its path as the author wrote it. */
export interface Target {
  readonly protocol: 'http:' | 'https:'
  /** As in the Host header. */
  readonly host: string
  readonly hostname: string
  readonly port: number
  /** Path and query, ready for the request line. */
  readonly path: string
  /** Path alone, for cookies. */
  readonly pathname: string
  readonly href: string
}

const FORM = /^(https?):\/\/(\[[^\]]*\]|[^/?#:@]+)(?::(\d{1,5}))?([^#]*)/i

/**
 * Reads a URL without tidying it up: `URL` would resolve `/../` and `%2e%2e`, which is what a path traversal needs to send as it is. Only
 * what may not stand in a request line is escaped. @throws StepFailure
 */
export function parseTarget(url: string, query: Readonly<Record<string, string>> = {}): Target {
  const [, scheme = '', hostname = '', port, rest = ''] = FORM.exec(url.trim()) ?? []
  if (!hostname)
    throw new StepFailure('fault', {
      expected: 'http://host/path',
      received: `refused: ${url.slice(0, 200)}`,
    })
  const protocol = scheme.toLowerCase() === 'https' ? 'https:' : 'http:'
  const added = Object.entries(query).map(([k, v]) => `${encodeURIComponent(k)}=${encodeURIComponent(v)}`)
  const joint = added.length === 0 ? '' : rest.includes('?') ? '&' : '?'
  const written = `${rest}${joint}${added.join('&')}`.toWellFormed()
  const path = (written.startsWith('/') ? written : `/${written}`).replace(
    /[^\x21-\x7e]+/g,
    encodeURIComponent,
  )
  const host = `${hostname.toLowerCase()}${port ? `:${port}` : ''}`
  return {
    protocol,
    host,
    hostname: hostname.toLowerCase(),
    port: Number(port ?? (protocol === 'https:' ? 443 : 80)),
    path,
    pathname: path.split('?', 1)[0] ?? '/',
    href: `${protocol}//${host}${path}`,
  }
}

/** Where a Location header leads, as browsers read it. @throws StepFailure when it leads nowhere. */
export function redirectTarget(location: string, from: Target): Target {
  try {
    return parseTarget(new URL(location, from.href).href)
  } catch {
    throw new StepFailure('broken', {
      expected: 'a redirect to an address',
      received: `location: ${location}`,
    })
  }
}
