import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

const refused = (message: string) => new HTTPException(400, { message })

/** The JSON object that a request carries. @throws HTTPException 400 when it is no JSON, or another value than an object. */
export async function jsonBody(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await c.req.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) throw refused(`The body is not JSON: ${error.message}`)
    throw error
  })
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw refused('The body must be a JSON object, as {"donations": 12.5}')
  return body as Readonly<Record<string, unknown>>
}
