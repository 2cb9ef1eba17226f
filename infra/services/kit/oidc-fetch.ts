import type { CustomFetch } from 'openid-client'
import { httpRequest } from './http-request.ts'

const TIMEOUT_MS = 5_000

/**
 * How `openid-client` asks the provider. Node's own `fetch` parses HTTP in WebAssembly, which after a few logins is compiled once more at the cost of 80 ms, and of
 * 10 MiB that every service would keep. Rejects on network errors and after 5 s; a redirect is a reply.
 */
export const oidcFetch: CustomFetch = async (url, { method, headers, body }) => {
  const sent = body ? Buffer.from(String(body)) : undefined
  const reply = await httpRequest({
    url,
    method,
    headers,
    timeoutMs: TIMEOUT_MS,
    ...(sent ? { body: sent } : {}),
  })
  const received = new Headers()
  for (const [name, value] of Object.entries(reply.headers))
    for (const item of [value ?? []].flat()) received.append(name, item)
  const bodiless = [204, 205, 304].includes(reply.status)
  return new Response(bodiless ? null : new Uint8Array(reply.body), {
    status: reply.status,
    headers: received,
  })
}
