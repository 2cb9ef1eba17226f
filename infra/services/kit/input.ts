import type { Context } from 'hono'

/** U+0000 in an address or a cookie. No other spelling decodes to it. */
const ENCODED = '%00'
/** U+0000 in JSON: an escape, unless its backslash is itself escaped. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\u0000/
const BODILESS: readonly string[] = ['GET', 'HEAD']

/**
 * What no service takes, in words for whoever sent it; null when the request is in order. U+0000 is no character of a text: PostgreSQL keeps
 * none, C programs end at it. It is looked for wherever a service reads text: address, cookies, names and values of a form, names of files,
 * JSON (also as the value of a form). The contents of uploaded files are theirs. A form must be well-formed.
 */
export async function wrongInput(c: Context, opaqueBody: boolean): Promise<string | null> {
  if (c.req.url.includes(ENCODED)) return nul('The address')
  if (c.req.header('cookie')?.includes(ENCODED)) return nul('A cookie')
  if (opaqueBody || BODILESS.includes(c.req.method)) return null
  // First of all ways to read it, so that every other one gives the very bytes that came.
  const body = await c.req.arrayBuffer().catch(() => null)
  if (!body) return 'The body of the request broke off'
  if (isForm(c)) return wrongForm(c)
  return jsonHoldsNul(Buffer.from(body).toString('utf8')) ? nul('The JSON') : null
}

/** PostgreSQL's codes for a text, or a text in JSON, that holds U+0000. */
const NUL_IN_TEXT: readonly unknown[] = ['22021', '22P05']

/** The same for a fault of the database: input that came wrapped (in a token, in base64) shows only there. Null for any other fault. */
export const wrongText = (fault: unknown): string | null =>
  NUL_IN_TEXT.includes(Object(fault).code) ? nul('A text in the request') : null

const nul = (where: string): string => `${where} holds the character U+0000, which is not taken: leave it out`

function isForm(c: Context): boolean {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'multipart/form-data' || type === 'application/x-www-form-urlencoded'
}

async function wrongForm(c: Context): Promise<string | null> {
  const form = await c.req.parseBody({ all: true }).catch(() => null)
  if (!form)
    return 'The form is not well-formed: a part, its header or the last boundary is broken or missing'
  for (const [name, values] of Object.entries(form)) {
    if (name.includes('\0')) return nul('The name of a field')
    for (const value of [values].flat()) {
      if (typeof value !== 'string') {
        if (value.name.includes('\0')) return nul(`The name of the file in the field ${name}`)
      } else if (value.includes('\0') || jsonHoldsNul(value)) return nul(`The field ${name}`)
    }
  }
  return null
}

function jsonHoldsNul(text: string): boolean {
  if (!text.includes('\\u0000') || !ESCAPED.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    // It is no JSON, and what looks like an escape is six letters of a text.
    return false
  }
}
