import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { signOnPhone } from '../../infra/probe/src/apps/phone.ts'
import { useCard } from '../../infra/probe/src/card.ts'
import { createNonces } from '../../infra/services/eid/src/nonces.ts'
import { controlCode, createPhoneLogins, newHash } from '../../infra/services/eid/src/phone-login.ts'
import { verifyWebEid } from '../../infra/services/eid/src/web-eid.ts'

const MARI = { code: '48803022712', given: 'Mari-Liis', family: "Õun, O'Connor" }
const ORIGIN = 'http://eid'

/** A card authority: the private key in the form that the platform hands out, and the public one. */
function authority(): { line: string; key: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return {
    line: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64'),
    key: publicKey,
  }
}
const state = authority()

const token = (nonce: string, change: Partial<Parameters<typeof useCard>[2]> = {}, line = state.line) =>
  useCard(line, MARI, { person: MARI.code, origin: ORIGIN, nonce, certificate: 'authentication', ...change })

const verify = (text: string, nonce: string, now = new Date()) =>
  verifyWebEid(text, { origin: ORIGIN, nonce, authority: state.key, now })

test('a card of the state proves who holds it', async () => {
  expect(verify(await token('n-1'), 'n-1').person).toMatchObject({
    code: '48803022712',
    given: 'MARI-LIIS',
    family: "ÕUN, O'CONNOR",
    birth: '1988-03-02',
  })
})

test('a token for another place, challenge, authority, use or time proves nothing', async () => {
  await expect(async () => verify(await token('n-2'), 'n-3')).rejects.toThrow('something else')
  const elsewhere = await token('n-2', { origin: 'http://e1d' })
  expect(() => verify(elsewhere, 'n-2')).toThrow('something else')
  const forged = await useCard(
    authority().line,
    { ...MARI, code: '38001010003' },
    {
      person: '38001010003',
      origin: ORIGIN,
      nonce: 'n-2',
      certificate: 'authentication',
    },
  )
  expect(() => verify(forged, 'n-2')).toThrow('not of the card authority')
  const signing = await token('n-2', { certificate: 'signature' })
  expect(() => verify(signing, 'n-2')).toThrow('not for authentication')
  const good = await token('n-2')
  expect(() => verify(good, 'n-2', new Date(Date.now() + 20 * 365 * 86_400_000))).toThrow('valid from')
})

test('what is no token is refused, not crashed over', async () => {
  const good = JSON.parse(await token('n-4'))
  for (const text of ['', 'null', '[]', '"x"', '{}', JSON.stringify({ ...good, format: 'web-eid:2' })])
    expect(() => verify(text, 'n-4')).toThrow()
  for (const change of [
    { algorithm: 'ES384' },
    { signature: '' },
    { signature: 'AAAA' },
    { unverifiedCertificate: 'AAAA' },
  ])
    expect(() => verify(JSON.stringify({ ...good, ...change }), 'n-4')).toThrow(
      /key|something else|certificate/,
    )
})

test('a challenge is good once, and for its own login only', () => {
  const nonces = createNonces()
  const nonce = nonces.issue('login-1')
  expect(nonce.length).toBeGreaterThanOrEqual(44)
  expect(nonces.take(nonce, 'login-2')).toBe(false)
  expect(nonces.take(nonce, 'login-1')).toBe(false)
  const next = nonces.issue('login-1')
  expect(nonces.take(next, 'login-1')).toBe(true)
  expect(nonces.take(next, 'login-1')).toBe(false)
})

test('the Mobile-ID control code is the first 6 and last 7 bits of the hash', () => {
  const hash = Buffer.alloc(32)
  expect(controlCode('mid', hash)).toBe('0000')
  hash[0] = 0b00000111
  hash[31] = 0b10000011
  expect(controlCode('mid', hash)).toBe('0131')
  expect(controlCode('mid', Buffer.alloc(32, 0xff))).toBe('8191')
  // Smart-ID: last two bytes of SHA-256 of 32 zero bytes are 0x2925.
  expect(controlCode('smartid', Buffer.alloc(32))).toBe('0533')
})

test('only the phone of the person can answer, once', async () => {
  const phones = createPhoneLogins(state.key)
  const push = {
    ...({ owner: 'l', method: 'mid', code: MARI.code, phone: '+37255512345' } as const),
    ...{ service: 'Tax', text: 'Tax', hash: newHash() },
  }
  const session = phones.start(push)
  if (!session) throw new Error('no push')
  expect(phones.pending('+37255512345').map(({ id }) => id)).toEqual([session.id])
  const sign = (holder: typeof MARI, hash: Buffer) => signOnPhone(state.line, holder, hash.toString('base64'))
  const stranger = await sign({ ...MARI, code: '37605030299' }, session.hash)
  expect(() => phones.check(session.id, stranger.signature, stranger.certificate)).toThrow('phone of')
  const other = await sign(MARI, Buffer.alloc(32))
  expect(() => phones.check(session.id, other.signature, other.certificate)).toThrow('something else')
  const own = await sign(MARI, session.hash)
  expect(phones.complete(phones.check(session.id, own.signature, own.certificate)).proof?.person.code).toBe(
    MARI.code,
  )
  expect(() => phones.check(session.id, own.signature, own.certificate)).toThrow('no such login')
  expect(phones.pending('+37255512345')).toEqual([])
})

test('a phone is left alone after some pushes that nobody answered, until one is answered', async () => {
  const phones = createPhoneLogins(state.key)
  const push = () =>
    phones.start({
      ...({ owner: 'l', method: 'smartid', code: MARI.code, phone: '' } as const),
      ...{ service: 'Tax', text: 'Tax', hash: newHash() },
    })
  const first = push()
  if (!first) throw new Error('no push')
  phones.refuse(first.id)
  const started = [push(), push(), push()]
  expect(started.every(Boolean)).toBe(true)
  expect(push()).toBeNull()
  const { id, hash } = started[1] ?? first
  const own = await signOnPhone(state.line, MARI, hash.toString('base64'))
  phones.complete(phones.check(id, own.signature, own.certificate))
  expect(push()).not.toBeNull()
})
