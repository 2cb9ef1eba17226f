import { execFileSync } from 'node:child_process'
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardOf } from '../../infra/probe/src/card.ts'
import {
  cardAuthority,
  responderIdentity,
  timeStampIdentity,
} from '../../infra/services/eid/src/authority.ts'
import { issuedTo } from '../../infra/services/eid/src/issued.ts'
import { statusResponder } from '../../infra/services/eid/src/status-responder.ts'
import { timeStampAuthority } from '../../infra/services/eid/src/time-stamp.ts'
import { cardSerial } from '../../infra/services/kit/card-serial.ts'
import { askStatus, readStatus } from '../../infra/services/kit/ocsp.ts'
import { readTimestamp, timestamp } from '../../infra/services/kit/timestamp.ts'
import { newKey, openTrustServer, publicOf } from './trust-server.ts'

const authority = cardAuthority(newKey())
const MARI = { code: '48803022712', given: 'Mari', family: 'Õunapuu' }
const JAAN = { ...MARI, code: '37605030299' }
const heldSince = new Date('2026-03-01T10:00:00Z')
const held = new Set<string>()
const stamper = timeStampIdentity(newKey(), authority)
const responder = responderIdentity(newKey(), authority)
const status = statusResponder(responder, authority, {
  isIssued: issuedTo([MARI], [stamper, responder]),
  suspendedSince: async (serial) => (held.has(serial) ? heldSince : null),
})
const stamp = timeStampAuthority(stamper)
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const folder = mkdtempSync(join(tmpdir(), 'trust-'))
const openssl = (...args: string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
let server: Awaited<ReturnType<typeof openTrustServer>>

beforeAll(async () => {
  writeFileSync(join(folder, 'ca.pem'), authority.cert)
  writeFileSync(join(folder, 'data'), 'a contract')
  server = await openTrustServer({ stamp, status, stampKey: publicOf(stamper.key) })
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

test.each(['sha256', 'sha512'])('openssl accepts a time-stamp over %s', (hash) => {
  openssl('ts', '-query', '-data', 'data', `-${hash}`, '-cert', '-out', 'query')
  const query = readFileSync(join(folder, 'query'))
  writeFileSync(join(folder, 'reply'), stamp(query))
  const said = openssl('ts', '-verify', '-queryfile', 'query', '-in', 'reply', '-CAfile', 'ca.pem')
  expect(said).toContain('Verification: OK')
  writeFileSync(join(folder, 'other'), 'another contract')
  expect(() => openssl('ts', '-verify', '-data', 'other', '-in', 'reply', '-CAfile', 'ca.pem')).toThrow()
})

test('what can not be stamped is rejected with its reason', () => {
  openssl('ts', '-query', '-data', 'data', '-sha1', '-out', 'weak')
  writeFileSync(join(folder, 'no'), stamp(readFileSync(join(folder, 'weak'))))
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

const cardOfMari = async (): Promise<Buffer> => {
  const line = Buffer.from(authority.key).toString('base64')
  return Buffer.from((await cardOf(line, MARI, 'signature')).certificate, 'base64')
}
test('openssl asks for the status of a card and believes the answer', async () => {
  const card = await cardOfMari()
  writeFileSync(join(folder, 'card.der'), card)
  openssl('x509', '-inform', 'DER', '-in', 'card.der', '-out', 'card.pem')
  for (const [hold, said] of [
    [false, 'card.pem: good'],
    [true, 'certificateHold'],
  ] as const) {
    if (hold) held.add(cardSerial(MARI.code, 'signature'))
    openssl('ocsp', '-issuer', 'ca.pem', '-cert', 'card.pem', '-reqout', 'request', '-no_nonce')
    writeFileSync(join(folder, 'response'), await status(readFileSync(join(folder, 'request'))))
    const answer = ['-respin', 'response', '-CAfile', 'ca.pem', '-no_nonce']
    expect(openssl('ocsp', '-issuer', 'ca.pem', '-cert', 'card.pem', ...answer)).toContain(said)
  }
  held.clear()
})

test('of a certificate that was never issued, openssl hears that it is unknown', async () => {
  for (const [serial, said] of [
    ['0x1234567890abcdef', 'unknown'],
    ['0x00', 'unknown'],
    [`0x${cardSerial(JAAN.code, 'signature')}`, 'unknown'],
    [`0x${cardSerial(MARI.code, 'signature')}`, 'good'],
    [`0x${cardSerial(MARI.code, 'authentication')}`, 'good'],
    [`0x${new X509Certificate(stamper.cert).serialNumber}`, 'good'],
  ] as const) {
    openssl('ocsp', '-issuer', 'ca.pem', '-serial', serial, '-reqout', 'request', '-no_nonce')
    writeFileSync(join(folder, 'response'), await status(readFileSync(join(folder, 'request'))))
    const answer = ['-respin', 'response', '-CAfile', 'ca.pem', '-no_nonce']
    expect(openssl('ocsp', '-issuer', 'ca.pem', '-serial', serial, ...answer)).toContain(`: ${said}`)
  }
})

test('what the authority issued stays known when it starts again', () => {
  const key = newKey()
  const serial = () => new X509Certificate(timeStampIdentity(key, authority).cert).serialNumber
  expect(serial()).toBe(serial())
  expect(serial()).not.toBe(new X509Certificate(stamper.cert).serialNumber)
})

test('a service asks for the status of a card', async () => {
  const card = await cardOfMari()
  const key = publicOf(authority.key)
  const good = await askStatus(card, key)
  expect(readStatus(good, card, key)).toMatchObject({ status: 'good', since: null })
  held.add(cardSerial(MARI.code, 'signature'))
  const hold = await askStatus(card, key)
  expect(readStatus(hold, card, key)).toMatchObject({ status: 'revoked', since: heldSince })
  held.clear()
  const other = cardAuthority(newKey())
  const stranger = new X509Certificate(stamper.cert).raw
  expect(readStatus(await askStatus(stranger, key), stranger, key).status).toBe('good')
  expect(() => readStatus(good, stranger, key)).toThrow('another certificate')
  expect(() => readStatus(good, card, publicOf(other.key))).toThrow('not of the card authority')
  const changed = Buffer.from(good)
  changed[changed.indexOf(Buffer.from([0x80, 0x00, 0x18]))] = 0x82
  expect(() => readStatus(changed, card, key)).toThrow('not signed by its responder')
  expect(await status(Buffer.from('hello'))).toEqual(Buffer.from('30030a0101', 'hex'))
})
