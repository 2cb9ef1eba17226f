import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardAuthority, timeStampIdentity } from '../../infra/services/eid/src/authority.ts'
import { timeStampAuthority } from '../../infra/services/eid/src/time-stamp.ts'
import { readTimestamp, timestamp } from '../../infra/services/kit/timestamp.ts'

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
const publicOf = (key: string): string =>
  createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()

const authority = cardAuthority(newKey())
const stamper = timeStampIdentity(newKey(), authority)
const stamp = timeStampAuthority(stamper)
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const folder = mkdtempSync(join(tmpdir(), 'trust-'))
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
let server: Server

beforeAll(async () => {
  writeFileSync(join(folder, 'ca.pem'), authority.cert)
  writeFileSync(join(folder, 'data'), 'a contract')
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => response.end(stamp(Buffer.concat(parts))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  process.env.TSA_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  process.env.TSA_KEY = Buffer.from(publicOf(stamper.key)).toString('base64')
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

test.each(['sha256', 'sha512'])('openssl accepts a time-stamp over %s', (hash) => {
  openssl('ts', '-query', '-data', 'data', `-${hash}`, '-cert', '-out', 'query')
  const query = execFileSync('cat', [join(folder, 'query')])
  writeFileSync(join(folder, 'reply'), stamp(query))
  const said = openssl('ts', '-verify', '-queryfile', 'query', '-in', 'reply', '-CAfile', 'ca.pem')
  expect(said).toContain('Verification: OK')
  writeFileSync(join(folder, 'other'), 'another contract')
  expect(() => openssl('ts', '-verify', '-data', 'other', '-in', 'reply', '-CAfile', 'ca.pem')).toThrow()
})

test('what can not be stamped is rejected with its reason', () => {
  openssl('ts', '-query', '-data', 'data', '-sha1', '-out', 'weak')
  writeFileSync(join(folder, 'no'), stamp(execFileSync('cat', [join(folder, 'weak')])))
  expect(openssl('ts', '-reply', '-in', 'no', '-text')).toMatch(/Rejected[\s\S]*unrecognized or unsupported/)
  writeFileSync(join(folder, 'no'), stamp(Buffer.from('hello')))
  expect(openssl('ts', '-reply', '-in', 'no', '-text')).toMatch(/Rejected[\s\S]*wrong format/)
})

test('a service gets a time-stamp and reads it back; later ones are later', async () => {
  const [first, second] = [await timestamp(digest('a')), await timestamp(digest('b'))]
  const at = readTimestamp(first, digest('a')).at
  expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000)
  expect(readTimestamp(second, digest('b')).at.getTime()).toBeGreaterThan(at.getTime())
  await expect(timestamp(randomBytes(20))).rejects.toThrow('32 bytes')
})

test('a time-stamp of something else, of another authority or with a changed byte is none', async () => {
  const token = await timestamp(digest('a'))
  expect(() => readTimestamp(token, digest('b'))).toThrow('something else')
  expect(() => readTimestamp(token, digest('a'), publicOf(newKey()))).toThrow('not of the time-stamping')
  const time = token.indexOf(Buffer.from(readTimestamp(token, digest('a')).at.getFullYear().toString()))
  const changed = Buffer.from(token)
  changed[time + 3] = (changed[time + 3] ?? 0) ^ 1
  expect(() => readTimestamp(changed, digest('a'))).toThrow('changed')
  expect(() => readTimestamp(Buffer.from('x'), digest('a'))).toThrow()
})
