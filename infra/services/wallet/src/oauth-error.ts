import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal in the form of OAuth 2.0 (RFC 6749, section 5.2), which both OpenID4VCI and OpenID4VP use. */
export class OauthError extends Error {
  override name = 'OauthError'
  readonly code: string
  readonly status: ContentfulStatusCode
  constructor(code: string, description: string, status: ContentfulStatusCode = 400) {
    super(description)
    this.code = code
    this.status = status
  }
}

/** Answers with the error when it is one of the protocol, and passes others on. */
export function answerError(c: Context, error: unknown): Response {
  if (!(error instanceof OauthError)) throw error
  c.header('cache-control', 'no-store')
  if (error.status === 401) c.header('www-authenticate', `Bearer error="${error.code}"`)
  return c.json({ error: error.code, error_description: error.message }, error.status)
}

/** Fields of a form; none when the body is no form, so that what is missing is named in the protocol's own words. */
export const formOf = (c: Context): Promise<Readonly<Record<string, unknown>>> =>
  c.req.parseBody().catch(() => ({}))
