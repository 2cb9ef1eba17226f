import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What the kit answers in a service's stead: bad input, too much of it, not ready, nothing here, a fault. */
export interface Trouble {
  readonly status: ContentfulStatusCode
  readonly message: string
}

/** A protocol that a part of a service speaks. */
export interface Protocol {
  /** The trouble in the protocol's own words. */
  readonly say: (c: Context, trouble: Trouble) => Response
  /** Bodies are somebody else's message and go on as they came: the kit does not look into them. */
  readonly opaqueBody?: boolean
}

/** Where nothing else is agreed. */
export const plainJson: Protocol = {
  say: (c, { status, message }) => c.json({ error: message }, status),
}

/** OAuth 2.0 (RFC 6749, 5.2) and what builds on it. `invalid` is its code for a request that can not be read. */
export const oauth = (invalid = 'invalid_request'): Protocol => ({
  say(c, { status, message }) {
    const code = status === 503 ? 'temporarily_unavailable' : status >= 500 ? 'server_error' : invalid
    return c.json({ error: code, error_description: message }, status, { 'cache-control': 'no-store' })
  },
})

/** Which protocol is spoken where. */
export interface Protocols {
  add(prefix: string, protocol: Protocol): void
  /** Of the longest prefix that the path is under. */
  of(path: string): Protocol
}

export function openProtocols(): Protocols {
  const known: { prefix: string; protocol: Protocol }[] = []
  return {
    add(prefix, protocol) {
      known.push({ prefix, protocol })
      known.sort((a, b) => b.prefix.length - a.prefix.length)
    },
    of: (path) =>
      known.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))?.protocol ?? plainJson,
  }
}
