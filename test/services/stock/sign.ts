import { execFileSync } from 'node:child_process'
import { createHash, createHmac, type KeyLike, verify } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Reference, SignedXml } from 'xml-crypto'
import { cardOf, useCard } from '../../../infra/probe/src/card.ts'
import { citizens } from '../../../infra/services/kit/nation/nation.ts'
import { installed } from '../../kit/installed.ts'
import type { State } from '../../kit/state.ts'

const UUID = '5f3c1b6e-2a0d-4c8e-9b1a-3d2e7f605a41'
const ECDSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'
const text = 'Õun lends a book.'

/** What xml-crypto does not bring itself: ECDSA as XMLDSig has it, r and s side by side. */
class EcdsaSha256 {
  getAlgorithmName = () => ECDSA_SHA256
  getSignature = () => {
    throw new Error('this only verifies')
  }
  verifySignature = (material: string, key: KeyLike, signature: string): boolean =>
    verify(
      'sha256',
      Buffer.from(material),
      { key: key as string, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64'),
    )
}

/** The signing service: its REST interface as a SiGa client speaks it, its containers with another library than the one that makes them. */
export function sign(state: () => State): void {
  let folder = ''
  let asice: Buffer
  let signer: { code: string; given: string; family: string }

  const siga = async (method: string, path: string, json?: unknown, hash = '') => {
    const body = json === undefined ? '' : JSON.stringify(json)
    const timestamp = String(Math.floor(Date.now() / 1000))
    const message = [UUID, timestamp, method, path, body].join(':')
    const secret = state().secrets.secret('siga-library')
    const hmac = createHmac(hash || 'sha256', secret)
      .update(message)
      .digest('hex')
    const answer = await fetch(`http://sign${path}`, {
      method,
      ...(body ? { body } : {}),
      headers: {
        'content-type': 'application/json',
        'x-authorization-serviceuuid': UUID,
        'x-authorization-timestamp': timestamp,
        'x-authorization-signature': hmac,
        ...(hash ? { 'x-authorization-hmac-algorithm': `Hmac${hash.toUpperCase()}` } : {}),
      },
    })
    return { status: answer.status, json: await answer.json() }
  }
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sign-'))
    const person = citizens(state().land)[5]
    if (!person) throw new Error('the nation is empty')
    signer = person
    const line = state().secrets.privateKey('card-ca')
    const dataFiles = [
      { fileName: 'loan.txt', fileContent: Buffer.from(text).toString('base64'), mimeType: 'text/plain' },
    ]
    const made = await siga('POST', '/containers', { containerName: 'loan.asice', dataFiles })
    const at = `/containers/${made.json.containerId}`
    const { certificate } = await cardOf(line, signer, 'signature')
    const asked = await siga('POST', `${at}/remotesigning`, {
      signingCertificate: certificate,
      signatureProfile: 'LT',
    })
    const card = { person: signer.code, origin: '', nonce: '', certificate: 'signature' } as const
    const { signature } = JSON.parse(await useCard(line, signer, { ...card, digest: asked.json.dataToSign }))
    const handed = await siga('PUT', `${at}/remotesigning/${asked.json.generatedSignatureId}`, {
      signatureValue: signature,
    })
    expect(handed).toEqual({ status: 200, json: { result: 'OK' } })
    asice = Buffer.from((await siga('GET', at)).json.container, 'base64')
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  const entries = () => unzipSync(new Uint8Array(asice))
  const signatureXml = () => Buffer.from(entries()['META-INF/signatures0.xml'] ?? '').toString()
  const partOf = (name: string) =>
    Buffer.from(new RegExp(`<${name}>([^<]+)</${name}>`).exec(signatureXml())?.[1] ?? '', 'base64')

  test('the container is an ASiC-E as the standard wants it', () => {
    expect(asice.subarray(30, 69).toString()).toBe('mimetypeapplication/vnd.etsi.asic-e+zip')
    expect(Object.keys(entries())).toEqual([
      'mimetype',
      'loan.txt',
      'META-INF/manifest.xml',
      'META-INF/signatures0.xml',
    ])
    expect(Buffer.from(entries()['loan.txt'] ?? '').toString()).toBe(text)
  })

  /** Whether xml-crypto finds that every reference and the signature value fit. Files beside the document it asks of us. */
  const holds = (xml: string): boolean => {
    const certificate = partOf('ds:X509Certificate')
      .toString('base64')
      .replace(/(.{64})/g, '$1\n')
    const verifier = new SignedXml({
      publicCert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`,
    })
    verifier.SignatureAlgorithms[ECDSA_SHA256] = EcdsaSha256
    const inside: (reference: Reference, document: unknown) => string | undefined = Reflect.get(
      verifier,
      'validateReference',
    ).bind(verifier)
    Reflect.set(verifier, 'validateReference', (reference: Reference, document: unknown) => {
      if (reference.uri?.startsWith('#')) return inside(reference, document)
      const file = Buffer.from(entries()[decodeURIComponent(reference.uri ?? '')] ?? '')
      const digest = createHash('sha256').update(file).digest('base64')
      return digest === reference.digestValue ? file.toString() : undefined
    })
    verifier.loadSignature(/<ds:Signature [\s\S]*<\/ds:Signature>/.exec(xml)?.[0] ?? '')
    try {
      return verifier.checkSignature(xml)
    } catch {
      return false
    }
  }

  test('xml-crypto verifies the signature, and does not after a change', () => {
    expect(holds(signatureXml())).toBe(true)
    expect(holds(signatureXml().replace('URI="loan.txt"', 'URI="mimetype"'))).toBe(false)
    expect(holds(signatureXml().replace('<xades:SigningTime>2', '<xades:SigningTime>1'))).toBe(false)
  })

  test('openssl verifies certificate, status and time-stamp in it', async () => {
    const ca = await (await fetch('http://eid/ca/card.pem')).text()
    writeFileSync(join(folder, 'ca.pem'), ca)
    writeFileSync(join(folder, 'card.der'), partOf('ds:X509Certificate'))
    openssl('x509', '-inform', 'DER', '-in', 'card.der', '-out', 'card.pem')
    expect(openssl('verify', '-CAfile', 'ca.pem', 'card.pem')).toContain('card.pem: OK')
    expect(openssl('x509', '-in', 'card.pem', '-noout', '-subject')).toContain(signer.code)
    writeFileSync(join(folder, 'ocsp'), partOf('xades:EncapsulatedOCSPValue'))
    const ocsp = [
      '-issuer',
      'ca.pem',
      '-cert',
      'card.pem',
      '-respin',
      'ocsp',
      '-CAfile',
      'ca.pem',
      '-no_nonce',
    ]
    expect(openssl('ocsp', ...ocsp)).toContain('card.pem: good')
    const value = /<ds:SignatureValue .*?<\/ds:SignatureValue>/.exec(signatureXml())?.[0] ?? ''
    writeFileSync(join(folder, 'value'), value)
    writeFileSync(join(folder, 'token'), partOf('xades:EncapsulatedTimeStamp'))
    const stamp = ['-data', 'value', '-in', 'token', '-token_in', '-CAfile', 'ca.pem']
    expect(openssl('ts', '-verify', ...stamp)).toContain('Verification: OK')
  })

  const report = async (container: Buffer, hash?: string) => {
    const asked = { containerName: 'loan.asice', container: container.toString('base64') }
    return (await siga('POST', '/containers/validationreport', asked, hash)).json.validationConclusion
  }

  /** Our container packed anew by a line of shell in the folder of its entries. */
  const packedAnew = (line: string): Buffer => {
    const place = join(folder, 'unpacked')
    rmSync(join(folder, 'anew.zip'), { force: true })
    mkdirSync(join(place, 'META-INF'), { recursive: true })
    for (const [name, data] of Object.entries(entries())) writeFileSync(join(place, name), data)
    execFileSync('bash', ['-ec', line], { cwd: place })
    return readFileSync(join(folder, 'anew.zip'))
  }
  const expectToHold = async (anew: Buffer): Promise<void> => {
    expect(await report(anew)).toMatchObject({ validSignaturesCount: 1, validationErrors: [] })
    const form = new FormData()
    form.set('container', new Blob([new Uint8Array(anew)]), 'loan.asice')
    const page = await fetch('http://sign/validate', { method: 'POST', body: form })
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(signer.code)])
  }

  test.skipIf(!installed('zip'))(
    'its container holds when Info-ZIP packs it anew, on the page too',
    async () => {
      const comment = 'echo hello | zip -q -z ../anew'
      await expectToHold(
        packedAnew(`zip -q -0 ../anew mimetype && zip -q -r ../anew . -x mimetype && ${comment}`),
      )
      await expectToHold(packedAnew('zip -q -0 -r - mimetype . | cat > ../anew.zip'))
    },
  )

  test.skipIf(!installed('python3'))('and when Python does', async () => {
    const names = JSON.stringify(Object.keys(entries()))
    const program = `import zipfile as z
with z.ZipFile("../anew.zip", "w") as archive:
    for name in ${names}: archive.write(name, compress_type=0 if name == "mimetype" else 8)
    archive.comment = b"hello"`
    await expectToHold(packedAnew(`python3 -c '${program}'`))
  })

  test('a signature file that was copied is no second signature', async () => {
    const files = entries()
    const copied = {
      ...files,
      'META-INF/signatures1.xml': files['META-INF/signatures0.xml'] ?? new Uint8Array(),
    }
    const said = await report(Buffer.from(zipSync(copied, { level: 0 })))
    expect(said).toMatchObject({ signaturesCount: 2, validSignaturesCount: 1 })
    expect(said.signatures[1].errors[0].content).toContain('copy')
  })

  test('requests may be signed with HMAC-SHA384 and HMAC-SHA512', async () => {
    for (const hash of ['sha256', 'sha384', 'sha512'])
      expect(await report(asice, hash)).toMatchObject({ validSignaturesCount: 1 })
  })

  test('one flipped byte fails, and the report says what, or it changes nothing that was signed', async () => {
    const whole = await report(asice)
    expect(whole).toMatchObject({
      validSignaturesCount: 1,
      signatures: [{ indication: 'TOTAL-PASSED', signatureScopes: [{ name: 'loan.txt' }] }],
    })
    let failed = 0
    for (let at = 7; at < asice.length; at += Math.floor(asice.length / 25)) {
      const flipped = Buffer.from(asice)
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      const { validSignaturesCount, validationErrors, signatures, files } = await report(flipped)
      if (validSignaturesCount === 1)
        expect({ signatures, files }).toEqual({ signatures: whole.signatures, files: whole.files })
      else {
        failed += 1
        expect(validationErrors[0].content).toMatch(/\w{4}/)
      }
    }
    expect(failed).toBeGreaterThan(20)
  })

  test('what is not a request of a registered service is refused', async () => {
    const answer = await fetch('http://sign/containers', { method: 'POST', body: '{}' })
    expect([answer.status, (await answer.json()).errorCode]).toEqual([401, 'AUTHORIZATION_ERROR'])
    expect(await siga('POST', '/containers', { containerName: '../x', dataFiles: [] })).toMatchObject({
      status: 400,
      json: { errorCode: 'REQUEST_VALIDATION_EXCEPTION' },
    })
    const readme = readFileSync(import.meta.filename).toString('base64')
    expect(
      await siga('POST', '/upload/containers', { containerName: 'x.asice', container: readme }),
    ).toMatchObject({ status: 400, json: { errorCode: 'INVALID_CONTAINER_EXCEPTION' } })
  })
}
