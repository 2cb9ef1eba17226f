import { execFileSync, spawnSync } from 'node:child_process'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { myNumberApps } from '../../infra/probe/src/apps/mynumber.ts'
import { isMyNumber, myNumber, myNumberCheckDigit } from '../../infra/services/kit/nation/codes.ts'
import { nation } from '../../infra/services/kit/nation/nation.ts'
import { documentOf, readDocument, readDraft } from '../../infra/services/mynumber/src/applications.ts'
import {
  type Authorities,
  issue,
  openAuthorities,
  readRequest,
  type Use,
} from '../../infra/services/mynumber/src/authority.ts'
import { challengeText, readAnswer, verifyCard } from '../../infra/services/mynumber/src/card.ts'
import type { Certificate } from '../../infra/services/mynumber/src/certificates.ts'
import { createChallenges } from '../../infra/services/mynumber/src/challenges.ts'
import { CLIENTS } from '../../infra/services/mynumber/src/clients.ts'
import { readFourInformation } from '../../infra/services/mynumber/src/four-information.ts'
import { readCertificate } from '../../infra/services/mynumber/src/income.ts'
import { readDay, readResident } from '../../infra/services/mynumber/src/input.ts'
import { readDetails } from '../../infra/services/mynumber/src/oauth-routes.ts'
import { answerOcsp } from '../../infra/services/mynumber/src/ocsp.ts'
import { bornOn } from '../../infra/services/mynumber/src/residents.ts'
import { here } from '../probe/probe-here.ts'

const PERSON = { name: '山田 Jaan-Õ', birth: '1980-02-29', sex: 'M', address: '中区 1-1, O’Connor' } as const
const NUMBER = myNumber('38002290000')
const ORIGIN = 'http://mynumber'
const folder = mkdtempSync(join(tmpdir(), 'jpki-'))
const register = new Map<string, Certificate>()
let authorities: Authorities
let card: string

const key = (): string => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
}
/** The two questions that the code asks of a database, answered from memory. */
const db = {
  async query(sql: string, [value]: readonly string[] = []) {
    if (sql.includes('from certificate')) return { rows: [register.get(String(value))].filter(Boolean) }
    return { rows: sql.includes('from resident') && value === NUMBER ? [{ number: NUMBER, ...PERSON }] : [] }
  },
} as never

const app = async (
  name: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, never>> => {
  const texts = Object.entries(input).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)])
  const run = myNumberApps[`mynumber/${name}`]
  if (!run) throw new Error(`no app ${name}`)
  return JSON.parse(JSON.stringify(await run(Object.fromEntries(texts), here)))
}
const use = (which: Use, secret: string, text: string, from: unknown = card) =>
  app('use', { card: from, use: which, secret, text })
const login = (token: unknown, challenge: string) =>
  verifyCard(db, authorities, readAnswer(token), 'authentication', challengeText(ORIGIN, challenge))

async function certify(which: Use, request: unknown): Promise<string> {
  const read = await readRequest(request)
  if (!read) throw new Error('no request')
  const issued = await issue(authorities[which], read, { person: PERSON, ocsp: `${ORIGIN}/ocsp` })
  const more = { use: which, card: 'one', number: NUMBER, issued: new Date(), revoked: null, reason: null }
  register.set(issued.serial, { ...issued, ...more })
  return issued.der
}
const revoke = (der: string, reason: Certificate['reason']): void => {
  const serial = new X509Certificate(Buffer.from(der, 'base64')).serialNumber.toLowerCase()
  const found = register.get(serial)
  if (!found) throw new Error(`${serial} is not registered`)
  register.set(serial, { ...found, revoked: new Date(), reason })
}

beforeAll(async () => {
  authorities = await openAuthorities(db, { authentication: key(), signature: key() })
  const made = await app('personalise', { chip: 'abc', pin: '1234', password: 'SAKURA2026' })
  const requests: Record<Use, string> = made.requests as never
  const issued = {
    card: 'one',
    authority: authorities.authentication.certificate.toString('base64'),
    authentication: await certify('authentication', requests.authentication),
    signature: await certify('signature', requests.signature),
  }
  card = JSON.stringify((await app('store', { card: made.card, issued })).card)
})
afterAll(() => rmSync(folder, { recursive: true }))

const certificateOf = (which: Use): string => JSON.parse(card).certificates[which]
const file = (name: string, data: Buffer | string): string => {
  writeFileSync(join(folder, name), data)
  return join(folder, name)
}
const pemOf = (name: string, der: Buffer | string): string =>
  file(name, new X509Certificate(Buffer.isBuffer(der) ? der : Buffer.from(der, 'base64')).toString())
const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** What openssl makes of our answer to its own request. */
async function ocsp(
  which: Use,
  certificates: readonly string[],
  ...options: readonly string[]
): Promise<string> {
  const ca = pemOf('ca.pem', authorities[which].certificate)
  const asked = certificates.flatMap((der, i) => ['-cert', pemOf(`c${i}.pem`, der)])
  const request = join(folder, 'request.der')
  openssl('ocsp', '-issuer', ca, ...options, ...asked, '-reqout', request)
  const look = async (serial: string) => register.get(serial) ?? null
  const answer = await answerOcsp(readFileSync(request), authorities, look, new Date())
  const response = file('response.der', answer)
  const shown = openssl('ocsp', '-issuer', ca, '-respin', response, '-CAfile', ca, '-resp_text')
  expect(shown).toContain('OCSP Nonce')
  return openssl('ocsp', '-issuer', ca, ...options, ...asked, '-no_nonce', '-respin', response, '-CAfile', ca)
}

test('openssl verifies both certificates, and only the signature certificate says who it is', () => {
  for (const which of ['authentication', 'signature'] as const) {
    const ca = pemOf('ca.pem', authorities[which].certificate)
    expect(openssl('verify', '-x509_strict', '-CAfile', ca, pemOf('c.pem', certificateOf(which)))).toContain(
      'OK',
    )
  }
  expect(readFourInformation(Buffer.from(certificateOf('signature'), 'base64'))).toEqual(PERSON)
  const authentication = Buffer.from(certificateOf('authentication'), 'base64')
  expect(readFourInformation(authentication)).toBeNull()
  expect(authentication.toString('utf8')).not.toMatch(/山田|Jaan|1980|中区/)
})

test('openssl takes the OCSP answers: good, revoked with its reason, unknown', async () => {
  expect(await ocsp('signature', [certificateOf('signature')])).toMatch(/good/)
  const made = await app('renew', { card })
  const second = await certify('signature', made.request)
  revoke(second, 'affiliationChanged')
  const both = await ocsp('signature', [certificateOf('signature'), second], '-sha256')
  expect(both).toMatch(/good[\s\S]*revoked[\s\S]*Reason: affiliationChanged/)
  const nobody = await readRequest(made.request)
  if (!nobody) throw new Error('no request')
  const { der } = await issue(authorities.signature, nobody, { person: PERSON, ocsp: '' })
  expect(await ocsp('signature', [der])).toMatch(/unknown/)
})

test('OCSP requests that are none, or about another authority, get the protocol’s own error', async () => {
  const look = async () => null
  const status = (answer: Buffer): string =>
    String(spawnSync('openssl', ['ocsp', '-respin', file('error.der', answer), '-noverify']).output.join(''))
  const answer = (der: Buffer) => answerOcsp(der, authorities, look, new Date())
  for (const bad of [Buffer.alloc(0), Buffer.from('hello'), Buffer.from('30820000', 'hex')])
    expect(status(await answer(bad))).toContain('malformedrequest')
  const other = await openAuthorities(db, { authentication: key(), signature: key() })
  const ca = pemOf('other.pem', other.signature.certificate)
  openssl('ocsp', '-issuer', ca, '-serial', '0x1234', '-reqout', join(folder, 'other.der'))
  expect(status(await answer(readFileSync(join(folder, 'other.der'))))).toContain('unauthorized')
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      expect((await answer(Buffer.from(bytes)))[0]).toBe(0x30)
    }),
  )
})

test('the card logs in with its PIN, here and once, and with the right certificate only', async () => {
  const { token } = await use('authentication', '1234', challengeText(ORIGIN, 'a'))
  expect(await login(token, 'a')).toMatchObject({ number: NUMBER, name: PERSON.name })
  await expect(login(token, 'b')).rejects.toThrow('signed something else')
  const elsewhere = await use('authentication', '1234', challengeText('http://evil', 'a'))
  await expect(login(elsewhere.token, 'a')).rejects.toThrow('signed something else')
  const signature = await use('signature', 'SAKURA2026', challengeText(ORIGIN, 'a'))
  await expect(login(signature.token, 'a')).rejects.toThrow('not of the authority for authentication')
  for (const bad of ['', 'null', '{}', '{"certificate":"AAAA","signature":"AAAA"}'])
    await expect((async () => login(bad, 'a'))()).rejects.toThrow(/card|certificate/)
})

test('a revoked certificate logs nobody in', async () => {
  const { token } = await use('authentication', '1234', challengeText(ORIGIN, 'a'))
  const before = new Map(register)
  revoke(certificateOf('authentication'), 'superseded')
  await expect(login(token, 'a')).rejects.toThrow('revoked: superseded')
  for (const [serial, one] of before) register.set(serial, one)
})

test('three wrong PINs and five wrong passwords block the key until the authority permits', async () => {
  for (const [which, right, tries] of [
    ['authentication', '1234', 3],
    ['signature', 'SAKURA2026', 5],
  ] as const) {
    let at: unknown = card
    for (let left = tries - 1; left >= 0; left--) {
      const wrong = await use(which, '9999AA', 'text', at)
      expect([wrong.left, wrong.token]).toEqual([left, null])
      at = wrong.card
    }
    expect(await use(which, right, 'text', at)).toMatchObject({ left: 0, token: null })
    const permit = Buffer.from('AAAA').toString('base64')
    await expect(app('reset', { card: at, use: which, permit, secret: right })).rejects.toThrow('permit')
  }
  const once = (await use('authentication', '0000', 'text')).card
  expect(await use('authentication', '1234', 'text', once)).toMatchObject({ left: 3 })
})

test('a card takes only proper secrets and its own certificates', async () => {
  await expect(app('personalise', { chip: 'x', pin: '12345', password: 'SAKURA2026' })).rejects.toThrow()
  await expect(app('personalise', { chip: 'x', pin: '1234', password: 'sakura' })).rejects.toThrow()
  const other = await app('personalise', { chip: 'y', pin: '1234', password: 'SAKURA2026' })
  const issued = { signature: certificateOf('signature') }
  await expect(app('store', { card: other.card, issued })).rejects.toThrow('of another key')
  expect(await readRequest('AAAA')).toBeNull()
  expect(await readRequest(5)).toBeNull()
})

test('numbers have right check digits, as the counter demands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 9 }), async (of, more) => {
      const number = String((await app('number', { of })).number)
      expect(isMyNumber(number)).toBe(true)
      const wrong = `${number.slice(0, 11)}${(myNumberCheckDigit(number.slice(0, 11)) + more) % 10}`
      expect(readResident(number, PERSON)).toEqual({ number, ...PERSON })
      expect(readResident(wrong, PERSON)).toBeNull()
    }),
    { numRuns: 50 },
  )
  expect(readResident(NUMBER, { ...PERSON, sex: 'X' })).toBeNull()
  expect(['2026-02-29', '2026-13-01', '1.1.2026', 5].map(readDay)).toEqual([null, null, null, null])
})

test('what is signed is what was shown, whole', () => {
  const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(texts, texts, (address, reference) => {
      const draft = readDraft({ kind: 'move', address })
      if (!draft) return
      const document = documentOf(draft, reference)
      expect(readDocument(document)).toEqual({ draft, reference })
      expect(readDocument(document.replace('"move"', '"message"'))).toBeNull()
      expect(readDocument(`${document} `)).toBeNull()
    }),
  )
  expect(readDraft({ kind: 'payout', address: 'x' })).toBeNull()
})

test('a challenge is good once, for its purpose', () => {
  const challenges = createChallenges()
  const one = challenges.issue('login')
  expect(challenges.take(one, 'card x')).toBe(false)
  expect(challenges.take(one, 'login')).toBe(true)
  expect(challenges.take(one, 'login')).toBe(false)
})

test('a web service names items and purpose, and no item that it may not have', () => {
  const [client] = CLIENTS
  if (!client) throw new Error('no client')
  const details = (more: object, of = client) =>
    readDetails(
      JSON.stringify([{ type: 'self_information', items: ['basic-four'], purpose: '審査', ...more }]),
      of,
    )
  expect(details({})).toEqual({ items: ['basic-four'], purpose: '審査' })
  expect(details({ items: ['income-certificate', 'basic-four', 'basic-four'] })?.items).toEqual(client.items)
  for (const bad of [{ items: [] }, { items: ['tax'] }, { purpose: ' ' }, { type: 'x' }])
    expect(details(bad)).toBeNull()
  expect(details({}, { ...client, items: ['income-certificate'] })).toBeNull()
  for (const bad of [undefined, '', '{}', '[]', 'null']) expect(readDetails(bad, client)).toBeNull()
})

test('a personal code states the day of birth, with its century', () => {
  for (const { code, birth } of nation('x').persons) expect(bornOn(code, birth)).toBe(true)
  expect(bornOn('38002290000', '1980-02-29')).toBe(true)
  expect(bornOn('58002290000', '1980-02-29')).toBe(false)
  expect(bornOn('38002290000', '1980-02-28')).toBe(false)
  expect(bornOn('', '1980-02-28')).toBe(false)
})

test('a certificate of income must be of the person asked about', () => {
  const answer = { number: 'x', code: '1', year: 2025, gross: 10, withheld: 2, issued: 'now', payers: [] }
  expect(readCertificate(answer, '1')).toMatchObject({ gross: 10 })
  for (const bad of [null, {}, { ...answer, payers: 1 }, { ...answer, gross: '10' }])
    expect(() => readCertificate(bad, '1')).toThrow(TypeError)
  expect(() => readCertificate(answer, '2')).toThrow(TypeError)
})
