import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
export const publicOf = (key: string): string =>
  createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
export const oneLine = (text: string): string => Buffer.from(text).toString('base64')

/** Time-stamps and certificate status on a port of their own, and in the environment where services look for them. */
export async function openTrustServer(answers: {
  readonly stamp: (query: Buffer) => Buffer
  readonly status: (query: Buffer) => Promise<Buffer>
  /** Public key of the time-stamps, PEM. */
  readonly stampKey: string
}): Promise<{ close(): void }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const body = Buffer.concat(parts)
      response.end(request.url === '/ocsp' ? await answers.status(body) : answers.stamp(body))
    })
  })
  // Kept connections outlast whatever else keeps this process from its loop (openssl, a busy machine).
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.TSA_URL = `${base}/tsa`
  process.env.OCSP_URL = `${base}/ocsp`
  process.env.TSA_KEY = oneLine(answers.stampKey)
  return { close: () => void server.close() }
}
