import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto'
import { readTimestamp } from '../../../services/kit/timestamp.ts'
import { unzipped } from './unzip.ts'

const NAMESPACES =
  ' xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"'
const SHA512 = 'http://www.w3.org/2001/04/xmlenc#sha512'

/**
 * `xroad/verify`: what an auditor does with a signed document of X-Road (`container`: ASiC-E, base64). Checks the signature with the public
 * key of the security server that sent the message (`sign`: SPKI PEM, base64), the hash chains, and the time-stamp (`tsa`). Gives what is
 * proved: first line, headers, body, when, and the message's hash. Throws when anything does not fit.
 */
export function verifyDocument(input: Readonly<Record<string, string>>): unknown {
  const files = unzipped(input.container ?? '')
  const file = (name: string): Buffer => {
    const content = files[name.replace(/^\//, '')]
    if (!content) throw new Error(`the container has no ${name}`)
    return Buffer.from(content)
  }
  if (Object.keys(files)[0] !== 'mimetype') throw new Error('the type of the container does not come first')
  const signatures = file('META-INF/signatures.xml').toString('utf8')
  checkSignature(signatures, file, key(input.sign))
  const stamped = checkChain(
    'ts-hashchain',
    new Map([['/META-INF/signatures.xml', sha512(signatures)]]),
    file,
  )
  const digest = createHash('sha256').update(stamped).digest()
  const { at } = readTimestamp(file('META-INF/timestamp.tst'), digest, pem(input.tsa))
  const head = file('message.xml')
  const body = files.attachment1 ? Buffer.from(files.attachment1) : Buffer.alloc(0)
  const [first = '', ...lines] = head.toString('utf8').split('\r\n')
  const headers = Object.fromEntries(
    lines
      .filter(Boolean)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  )
  const hash = body.length > 0 ? sha512(Buffer.concat([sha512(head), sha512(body)])) : sha512(head)
  return { first, headers, body: body.toString('utf8'), at: at.toISOString(), hash: hash.toString('base64') }
}

/** The signed file is the message's head, or with a body the result of a hash chain over both. */
function checkSignature(
  xml: string,
  file: (name: string) => Buffer,
  publicKey: ReturnType<typeof createPublicKey>,
): void {
  const signedInfo = only(xml, /<ds:SignedInfo>.*<\/ds:SignedInfo>/gs)
  const properties = only(xml, /<xades:SignedProperties .*<\/xades:SignedProperties>/gs)
  const value = Buffer.from(only(xml, /(?<=<ds:SignatureValue [^>]*>)[^<]*/g), 'base64')
  const certificate = new X509Certificate(Buffer.from(only(xml, /(?<=<ds:X509Certificate>)[^<]*/g), 'base64'))
  if (!certificate.publicKey.equals(publicKey)) throw new Error('the signature is of another security server')
  const canonical = Buffer.from(signedInfo.replace('<ds:SignedInfo', `<ds:SignedInfo${NAMESPACES}`))
  if (!verify('sha512', canonical, { key: publicKey, dsaEncoding: 'ieee-p1363' }, value))
    throw new Error('the signature is not valid')
  const references = [...signedInfo.matchAll(/<ds:Reference .*?<\/ds:Reference>/gs)].map(([text]) => ({
    uri: only(text, /(?<= URI=")[^"]*/g),
    digest: only(text, /(?<=<ds:DigestValue>)[^<]*/g),
  }))
  const scoped = properties.replace('<xades:SignedProperties', `<xades:SignedProperties${NAMESPACES}`)
  const signed = references.find(({ uri }) => uri === '/message.xml' || uri === '/sig-hashchainresult.xml')
  const own = references.find(({ uri }) => uri === '#signed-properties')
  if (references.length !== 2 || !signed || own?.digest !== sha512(scoped).toString('base64'))
    throw new Error('the signature does not cover its properties')
  if (signed.digest !== sha512(file(signed.uri)).toString('base64'))
    throw new Error(`${signed.uri} is not what was signed`)
  if (signed.uri === '/message.xml') return
  const parts = ['/message.xml', '/attachment1'].map((name) => [name, sha512(file(name))] as const)
  checkChain('sig-hashchain', new Map(parts), file)
}

/** Checks a chain of one step: it names every one of `parts` with its digest, and gives the result. Returns the result file. */
function checkChain(
  name: string,
  parts: ReadonlyMap<string, Buffer>,
  file: (name: string) => Buffer,
): Buffer {
  const chain = file(`${name}.xml`).toString('utf8')
  const result = file(`${name}result.xml`)
  const values = [...chain.matchAll(/<ns2:(?:DataRef URI="([^"]*)"|HashValue)><DigestValue>([^<]*)</g)].map(
    ([, uri, digest = '']) => ({ uri, digest }),
  )
  for (const [uri, digest] of parts)
    if (values.filter((v) => v.uri === uri && v.digest === digest.toString('base64')).length !== 1)
      throw new Error(`${name} is not of this ${uri}`)
  const step = der(
    0x30,
    ...values.map(({ digest }) =>
      der(0x30, der(0x04, Buffer.from(digest, 'base64')), der(0x0c, Buffer.from(SHA512)), der(0x30)),
    ),
  )
  if (only(result.toString('utf8'), /(?<=<DigestValue>)[^<]*/g) !== sha512(step).toString('base64'))
    throw new Error(`${name} gives another result`)
  return result
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const size =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

function only(text: string, pattern: RegExp): string {
  const [found, ...others] = text.match(pattern) ?? []
  if (found === undefined || others.length > 0) throw new Error(`not exactly one ${pattern.source}`)
  return found
}

const sha512 = (data: string | Buffer): Buffer => createHash('sha512').update(data).digest()
const pem = (line: string | undefined): string => Buffer.from(line ?? '', 'base64').toString('utf8')
const key = (line: string | undefined) => createPublicKey(pem(line))
