import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardOf, useCard } from '../../infra/probe/src/card.ts'
import {
  cardAuthority,
  responderIdentity,
  timeStampIdentity,
} from '../../infra/services/eid/src/authority.ts'
import { statusResponder } from '../../infra/services/eid/src/status-responder.ts'
import { timeStampAuthority } from '../../infra/services/eid/src/time-stamp.ts'
import type { Trust } from '../../infra/services/sign/src/certificate.ts'
import {
  type Container,
  isFileName,
  MEDIA_TYPE,
  readContainer,
  writeContainer,
} from '../../infra/services/sign/src/container.ts'
import { finishSignature, prepareSignature } from '../../infra/services/sign/src/signing.ts'
import { validate } from '../../infra/services/sign/src/validate.ts'
import { dataToSign } from '../../infra/services/sign/src/xades.ts'
import { readZip, writeZip } from '../../infra/services/sign/src/zip.ts'

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
const publicOf = (key: string): string =>
  createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
const oneLine = (text: string): string => Buffer.from(text).toString('base64')

const MARI = { code: '48803022712', given: 'Mari-Liis', family: "Õun, O'Connor" }
const JAAN = { code: '37605030299', given: 'Jaan', family: 'Tamm' }
const authority = cardAuthority(newKey())
const stamper = timeStampIdentity(newKey(), authority)
const stamp = timeStampAuthority(stamper)
let onHold = false
const status = statusResponder(responderIdentity(newKey(), authority), authority, {
  isIssued: () => true,
  suspendedSince: async () => (onHold ? new Date() : null),
})
const trust: Trust = { cardAuthority: publicOf(authority.key), timeStamps: publicOf(stamper.key) }
const file = (name: string, text: string) => ({ name, mediaType: 'text/plain', data: Buffer.from(text) })
let server: Server
let signedByBoth: Buffer

async function sign(
  container: Container,
  holder: typeof MARI,
  authorityKey = authority.key,
): Promise<Container> {
  const line = oneLine(authorityKey)
  const certificate = Buffer.from((await cardOf(line, holder, 'signature')).certificate, 'base64')
  const intent = prepareSignature(container.files, certificate, trust)
  const digest = dataToSign(intent).toString('base64')
  const use = { person: holder.code, origin: '', nonce: '', certificate: 'signature', digest } as const
  const { signature } = JSON.parse(await useCard(line, holder, use))
  return finishSignature(intent, Buffer.from(signature, 'base64'), container, trust)
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      const body = Buffer.concat(parts)
      response.end(request.url === '/ocsp' ? await status(body) : stamp(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.TSA_URL = `${base}/tsa`
  process.env.OCSP_URL = `${base}/ocsp`
  process.env.TSA_KEY = oneLine(trust.timeStamps)
  const files = [file('leping õ 1.txt', 'Mari sells Jaan a boat.'), file('annex & more.txt', 'Oars.')]
  signedByBoth = writeContainer(await sign(await sign({ files, signatures: [] }, MARI), JAAN))
})
afterAll(() => void server.close())

test('a container that two people signed holds, and says who, when and what', async () => {
  const { problem, signatures, files } = await validate(signedByBoth, trust)
  expect(problem).toBeNull()
  expect(signatures.map(({ signer }) => signer)).toEqual([
    { code: MARI.code, name: "MARI-LIIS ÕUN, O'CONNOR" },
    { code: JAAN.code, name: 'JAAN TAMM' },
  ])
  for (const { covers, at } of signatures) {
    expect(covers).toEqual(['leping õ 1.txt', 'annex & more.txt'])
    expect(Math.abs((at?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  }
  expect(files[0]?.data.toString()).toBe('Mari sells Jaan a boat.')
  expect(signedByBoth.subarray(30, 38).toString()).toBe('mimetype')
  expect(signedByBoth.subarray(38, 38 + MEDIA_TYPE.length).toString()).toBe(MEDIA_TYPE)
})

test('one flipped byte anywhere fails, and it is said why', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(signedByBoth.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, change) => {
        const flipped = Buffer.from(signedByBoth)
        flipped[at] = (flipped[at] ?? 0) ^ change
        const { problem } = await validate(flipped, trust)
        expect(problem).toMatch(/\w{3}/)
      },
    ),
    { numRuns: 1500 },
  )
}, 60_000)

/** The container with one part rewritten and every checksum made anew. */
async function rewritten(change: (container: Container) => Container): Promise<string | null> {
  return (await validate(writeContainer(change(readContainer(signedByBoth))), trust)).problem
}
const inSignature = (from: string | RegExp, to: string) =>
  rewritten((c) => ({ ...c, signatures: c.signatures.map((xml) => xml.replace(from, to)) }))

test('a change that an attacker makes with care fails as well', async () => {
  expect(await rewritten((c) => c)).toBeNull()
  expect(
    await rewritten((c) => ({ ...c, files: [file('leping õ 1.txt', 'A ship.'), ...c.files.slice(1)] })),
  ).toContain('leping õ 1.txt was changed')
  expect(await rewritten((c) => ({ ...c, files: c.files.slice(1) }))).toContain('not in the container')
  expect(await rewritten((c) => ({ ...c, files: [...c.files, file('x.txt', '')] }))).toContain('not signed')
  expect(await rewritten((c) => ({ ...c, signatures: [] }))).toContain('nobody has signed')
  expect(
    await rewritten((c) => ({ ...c, files: c.files.map((f) => ({ ...f, mediaType: 'text/html' })) })),
  ).toContain('media type')
  expect(await inSignature(/<xades:SigningTime>[^<]*/, '<xades:SigningTime>2020-01-01T00:00:00Z')).toMatch(
    /digest|fit/i,
  )
  expect(await inSignature('<ds:SignatureValue', '<ds:SignatureValue x="y"')).toContain('belong')
  expect(await inSignature('?>', '?><!DOCTYPE a [<!ENTITY e "x">]>')).toContain('document type')
  expect(await inSignature('xmldsig-more#ecdsa-sha256', 'xmldsig-more#ecdsa-sha1')).toContain('not accepted')
  const stamps = readContainer(signedByBoth).signatures.map(
    (xml) => /<xades:EncapsulatedTimeStamp>([^<]*)/.exec(xml)?.[1] ?? '',
  )
  expect(await inSignature(stamps[0] ?? '', stamps[1] ?? '')).toContain('something else')
})

test('a signature that was wrapped into another document is not found', async () => {
  const [genuine = ''] = readContainer(signedByBoth).signatures
  const element = /<ds:Signature [\s\S]*<\/ds:Signature>/.exec(genuine)?.[0] ?? ''
  const fake = element.replace(/Id="S-/g, 'Id="F-').replace(/#S-/g, '#F-')
  for (const inside of [element + fake, fake + element, element + element])
    expect(await rewritten((c) => ({ ...c, signatures: [genuine.replace(element, inside)] }))).toMatch(
      /must have one Signature/,
    )
  const object = /<ds:Object>[\s\S]*<\/ds:Object>/.exec(genuine)?.[0] ?? ''
  expect(await inSignature('</ds:Signature>', `${object}</ds:Signature>`)).toMatch(/one Object|twice/)
})

test('a certificate of another authority, a card on hold and another person’s signature are refused', async () => {
  const container: Container = { files: [file('a.txt', 'a')], signatures: [] }
  const foreign = cardAuthority(newKey())
  await expect(sign(container, MARI, foreign.key)).rejects.toThrow('not of the card authority')
  onHold = true
  await expect(sign(container, MARI)).rejects.toThrow('revoked')
  onHold = false
  const line = oneLine(authority.key)
  const login = Buffer.from((await cardOf(line, MARI, 'authentication')).certificate, 'base64')
  expect(() => prepareSignature(container.files, login, trust)).toThrow('not made for signing')
  const certificate = Buffer.from((await cardOf(line, MARI, 'signature')).certificate, 'base64')
  const intent = prepareSignature(container.files, certificate, trust)
  await expect(finishSignature(intent, Buffer.alloc(64, 1), container, trust)).rejects.toThrow('not of this')
  const other = { files: [file('a.txt', 'b')], signatures: [] }
  await expect(finishSignature(intent, Buffer.alloc(64, 1), other, trust)).rejects.toThrow('have changed')
})

test('hostile archives are refused, not unpacked', () => {
  const entry = (name: string, data = 'x') => ({ name, data: Buffer.from(data) })
  const bomb = Buffer.from(zipSync({ bomb: [new Uint8Array(8 * 1024 * 1024), { level: 9 }] }))
  expect(() => readZip(bomb)).toThrow('more than 4 MiB')
  const lies = Buffer.from(bomb)
  lies.writeUInt32LE(10, 22)
  lies.writeUInt32LE(10, lies.indexOf(Buffer.from('504b0102', 'hex')) + 24)
  expect(() => readZip(lies)).toThrow('does not unpack')
  const twice = writeZip([entry('a'), entry('b')])
  for (let at = twice.indexOf('b', 0, 'latin1'); at >= 0; at = twice.indexOf('b', at + 1, 'latin1'))
    twice[at] = 'a'.charCodeAt(0)
  expect(() => readZip(twice)).toThrow('twice')
  expect(() => readZip(Buffer.concat([Buffer.from('x'), writeZip([entry('a')])]))).toThrow()
  expect(() => readZip(writeZip(Array.from({ length: 60 }, (_, i) => entry(`f${i}`))))).toThrow('50 entries')
  for (const name of ['../a', 'a/b', '..', '.a', 'C:\\a', 'a\u0000b', '', 'mimetype', 'a\u202eb'])
    expect(isFileName(name)).toBe(false)
  expect(isFileName('Leping nr 1 – õ 漢字.txt')).toBe(true)
})

test('whatever bytes come, validation answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect((await validate(Buffer.from(bytes), trust)).problem).not.toBeNull()
    }),
    { numRuns: 200 },
  )
})

test('any files survive the container', () => {
  const awkward = ['__proto__', '2026', '1', 'constructor'].map((name) => ({
    name,
    mediaType: 'text/plain',
    data: Buffer.from(name),
  }))
  expect(readContainer(writeContainer({ files: awkward, signatures: [] })).files).toEqual(awkward)
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(isFileName), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.uint8Array(),
      (names, data) => {
        const files = names.map((name) => ({ name, mediaType: 'text/plain', data: Buffer.from(data) }))
        expect(readContainer(writeContainer({ files, signatures: [] })).files).toEqual(files)
      },
    ),
  )
})
