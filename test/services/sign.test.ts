import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardOf } from '../../infra/probe/src/card.ts'
import { cardAuthority } from '../../infra/services/eid/src/authority.ts'
import {
  type Container,
  isFileName,
  MEDIA_TYPE,
  readContainer,
  writeContainer,
} from '../../infra/services/sign/src/container.ts'
import { conclusionOf } from '../../infra/services/sign/src/siga-report.ts'
import { finishSignature, prepareSignature } from '../../infra/services/sign/src/signing.ts'
import { type Report, validate as validateWith } from '../../infra/services/sign/src/validate.ts'
import { file, JAAN, MARI, openSigning } from './sign-fixture.ts'
import { newKey, oneLine } from './trust-server.ts'

let signing: Awaited<ReturnType<typeof openSigning>>
let signedByBoth: Buffer

beforeAll(async () => {
  signing = await openSigning()
  const files = [file('leping õ 1.txt', 'Mari sells Jaan a boat.'), file('annex & more.txt', 'Oars.')]
  const once = await signing.sign({ files, signatures: [] }, MARI)
  signedByBoth = writeContainer(await signing.sign(once, JAAN))
})
afterAll(() => signing.close())
const validate = (archive: Buffer): Promise<Report> => validateWith(archive, signing.trust)

test('a container that two people signed holds, and says who, when and what', async () => {
  const { problem, signatures, files } = await validate(signedByBoth)
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

test('one flipped byte anywhere fails, and it is said why, or it changes nothing that anybody signed', async () => {
  const whole = await validate(signedByBoth)
  let failed = 0
  await fc.assert(
    fc.asyncProperty(
      fc.nat(signedByBoth.length - 1),
      fc.integer({ min: 1, max: 255 }),
      async (at, change) => {
        const flipped = Buffer.from(signedByBoth)
        flipped[at] = (flipped[at] ?? 0) ^ change
        const report = await validate(flipped)
        // What tools write into a directory for themselves: their version, attributes of a file system.
        if (report.problem === null) expect(report).toEqual(whole)
        else {
          failed += 1
          expect(report.problem).toMatch(/\w{3}/)
        }
      },
    ),
    { numRuns: 1500 },
  )
  expect(failed).toBeGreaterThan(1400)
}, 60_000)

/** The container with one part rewritten and every checksum made anew. */
async function rewritten(change: (container: Container) => Container): Promise<string | null> {
  return (await validate(writeContainer(change(readContainer(signedByBoth))))).problem
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

test('a copy of a signature is no further valid signature, and the report says so', async () => {
  const { signatures, files } = readContainer(signedByBoth)
  const [first = ''] = signatures
  const report = await validate(writeContainer({ files, signatures: [...signatures, first] }))
  expect(report.signatures.map(({ problem }) => problem)).toEqual([
    null,
    null,
    expect.stringContaining('copy'),
  ])
  expect(report.problem).toContain('copy')
  expect(conclusionOf(report, 'x.asice')).toMatchObject({
    validationConclusion: {
      signaturesCount: 3,
      validSignaturesCount: 2,
      signatures: [
        { indication: 'TOTAL-PASSED' },
        { indication: 'TOTAL-PASSED' },
        { indication: 'TOTAL-FAILED', errors: [{ content: expect.stringContaining('copy') }] },
      ],
    },
  })
  // Its own name changes nothing: what was signed is the same.
  const id = /<ds:Signature [^>]*Id="(S-[^"]+)"/.exec(first)?.[1] ?? ''
  const renamed = first.replace(`Id="${id}"`, 'Id="S-other"').replace(`Target="#${id}"`, 'Target="#S-other"')
  const disguised = await validate(writeContainer({ files, signatures: [first, renamed] }))
  expect(disguised.signatures.map(({ id: one }) => one)).toEqual([id, 'S-other'])
  expect(disguised.signatures.map(({ problem }) => problem)).toEqual([null, expect.stringContaining('copy')])
  // Somebody who signs twice has signed twice.
  const twice = await signing.sign(await signing.sign({ files, signatures: [] }, MARI), MARI)
  expect((await validate(writeContainer(twice))).problem).toBeNull()
})

test('a certificate of another authority, a card on hold and another person’s signature are refused', async () => {
  const container: Container = { files: [file('a.txt', 'a')], signatures: [] }
  const foreign = cardAuthority(newKey())
  const { authority, held, sign, trust } = signing
  await expect(sign(container, MARI, foreign.key)).rejects.toThrow('not of the card authority')
  held.now = true
  await expect(sign(container, MARI)).rejects.toThrow('revoked')
  held.now = false
  const line = oneLine(authority.key)
  const login = Buffer.from((await cardOf(line, MARI, 'authentication')).certificate, 'base64')
  expect(() => prepareSignature(container.files, login, trust)).toThrow('not made for signing')
  const certificate = Buffer.from((await cardOf(line, MARI, 'signature')).certificate, 'base64')
  const intent = prepareSignature(container.files, certificate, trust)
  await expect(finishSignature(intent, Buffer.alloc(64, 1), container, trust)).rejects.toThrow('not of this')
  const other = { files: [file('a.txt', 'b')], signatures: [] }
  await expect(finishSignature(intent, Buffer.alloc(64, 1), other, trust)).rejects.toThrow('have changed')
})

test('whatever bytes come, validation answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      expect((await validate(Buffer.from(bytes))).problem).not.toBeNull()
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
