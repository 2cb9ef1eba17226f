import type { KeyObject, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyDocument } from '../../infra/probe/src/apps/xroad.ts'
import { readTimestamp, timestamp } from '../../infra/services/kit/timestamp.ts'
import { downloadDocuments } from '../../infra/services/xroad/src/asic.ts'
import { asicContainer } from '../../infra/services/xroad/src/asic-container.ts'
import {
  messageHash,
  type RestMessage,
  readHead,
  restMessage,
  sha512,
} from '../../infra/services/xroad/src/rest-message.ts'
import { checkSignature, openSigner, signMessage } from '../../infra/services/xroad/src/signature.ts'
import { openTimestamping, stampedDigest } from '../../infra/services/xroad/src/timestamping.ts'
import {
  certificateOf,
  line,
  newKeys,
  openLogDatabase,
  openServer,
  openTimestampAuthority,
} from './xroad-fixture.ts'

const signing = newKeys()
const signer = openSigner(line(signing.privateKey), 'xroad')
const headers = { 'x-road-client': 'MM/COM/10000001/bank', 'x-road-userid': 'EE49001011234' }
const message = (body = ''): RestMessage => restMessage('GET /r1/x', headers, Buffer.from(body))
let authority: Awaited<ReturnType<typeof openTimestampAuthority>>

beforeAll(async () => {
  authority = await openTimestampAuthority()
})
afterAll(() => authority.close())

describe('a message', () => {
  const name = fc.stringMatching(/^[a-z][a-z-]{0,12}$/)
  const value = fc.stringMatching(/^[!-~õ]([ -~õ]{0,20}[!-~õ])?$/)
  test('reads back as it was written, whatever its headers', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 8 }), (given) => {
        expect(readHead(restMessage('200', given, Buffer.alloc(0)).head).headers).toEqual({ ...given })
      }),
    )
  })
})

describe('signature', () => {
  test('holds for its message and key alone', () => {
    for (const body of ['', '{"a":1}']) {
      const signature = signMessage(message(body), signer)
      expect(() => checkSignature(message(body), signature, signing.publicKey)).not.toThrow()
      expect(() => checkSignature(message(`${body} `), signature, signing.publicKey)).toThrow()
      expect(() => checkSignature(message(body), signature, newKeys().publicKey)).toThrow('registered key')
      const byOther = signMessage(message(body), openSigner(line(newKeys().privateKey), 'xroad'))
      expect(() => checkSignature(message(body), byOther, signing.publicKey)).toThrow('registered key')
    }
  })

  test('no changed character passes, in the document or in the message', () => {
    const signature = signMessage(message('x'), signer)
    // What base64 leaves open at its end.
    for (const [written, otherwise] of [
      ['=</ds:SignatureValue>', 'A</ds:SignatureValue>'],
      ['=</ds:SignatureValue>', ' </ds:SignatureValue>'],
    ] as const)
      expect(() =>
        checkSignature(message('x'), signature.replace(written, otherwise), signing.publicKey),
      ).toThrow()
    fc.assert(
      fc.property(fc.nat(signature.length - 1), fc.constantFrom('A', 'x', '<', ' '), (at, letter) => {
        fc.pre(signature[at] !== letter)
        const changed = signature.slice(0, at) + letter + signature.slice(at + 1)
        expect(() => checkSignature(message('x'), changed, signing.publicKey)).toThrow()
      }),
      { numRuns: 200 },
    )
  })
})

describe('container', () => {
  const container = async (sent: RestMessage): Promise<Buffer> => {
    const signature = signMessage(sent, signer)
    const digests = [sha512('another'), sha512(signature), sha512('the end of the chain')]
    const token = await timestamp(stampedDigest(digests))
    return Buffer.from(asicContainer({ message: sent, signature, token, digests }))
  }
  const verified = (bytes: Uint8Array, sign: KeyObject = signing.publicKey) =>
    verifyDocument({ container: Buffer.from(bytes).toString('base64'), sign: line(sign), tsa: authority.key })

  test('begins with its type, uncompressed, and proves the message', async () => {
    const bytes = await container(message('{"a":1}'))
    expect(bytes.subarray(30, 30 + 39).toString()).toBe('mimetypeapplication/vnd.etsi.asic-e+zip')
    expect(verified(bytes)).toMatchObject({
      first: 'GET /r1/x',
      headers,
      body: '{"a":1}',
      hash: messageHash(message('{"a":1}')),
    })
    expect(verified(await container(message()))).toMatchObject({ body: '', hash: messageHash(message()) })
    expect(() => verified(bytes, newKeys().publicKey)).toThrow('another security server')
  })

  test('with one flipped byte in any file that proves something does not verify', async () => {
    const bytes = await container(message('{"a":1}'))
    const files = unzipSync(bytes)
    const proving = Object.keys(files).filter((name) => !/mimetype|anifest/.test(name))
    expect(proving).toHaveLength(8)
    for (const name of proving) {
      const content = Buffer.from(files[name] ?? [])
      // Of a chain the digests count, which give the signed result; of a token its first part and its signature, not the certificate within.
      const digest = content.indexOf('<DigestValue>') + 20
      const places = name.endsWith('hashchain.xml')
        ? [digest]
        : (name.endsWith('.tst') ? [0.1, 0.99] : [0.35, 0.5, 0.65]).map((share) =>
            Math.floor(content.length * share),
          )
      for (const at of places) {
        const changed = Buffer.from(content)
        changed[at] = (changed[at] ?? 0) ^ 1
        expect(() => verified(zipSync({ ...files, [name]: changed })), `${name} at ${at}`).toThrow()
      }
    }
  })

  test('is not made when the time-stamp is for other signatures', async () => {
    const signature = signMessage(message(), signer)
    const evidence = { message: message(), signature, token: Buffer.alloc(0), digests: [sha512('x')] }
    expect(() => asicContainer(evidence)).toThrow('not of this signature')
  })
})

describe('download', () => {
  const bank = newKeys()
  let opened: Awaited<ReturnType<typeof openLogDatabase>>
  beforeAll(async () => {
    process.env.CLIENT_KEY_BANK = line(bank.publicKey)
    opened = await openLogDatabase()
  }, 60_000)
  beforeEach(() => opened.clear())
  afterAll(() => opened.db.end())

  async function open() {
    const server = await openServer('MM', opened.db)
    const stamps: number[] = []
    const timestamping = openTimestamping(opened.db, {
      records: 3,
      intervalMs: 1000,
      acceptableFailureMs: 0,
      stamp: async (digest) => {
        const token = await timestamp(digest)
        stamps.push(1)
        return { token, at: readTimestamp(token, digest).at }
      },
    })
    const add = (messageId: string, response: boolean) => {
      const sent = message(response ? 'answer' : '')
      return server.log.add({
        at: new Date().toISOString(),
        ...{ messageId, requestId: 'r', response, client: 'MM/COM/10000001/bank' },
        service: 'MM/GOV/70000001/population/persons',
        ...{ userId: '', issue: '', message: sent, signature: signMessage(sent, server.signer) },
      })
    }
    const ask = (query: string, certificate: X509Certificate | undefined = certificateOf(bank.privateKey)) =>
      downloadDocuments(
        new URLSearchParams(
          `xRoadInstance=MM&memberClass=COM&memberCode=10000001&subsystemCode=bank&${query}`,
        ),
        certificate,
        { db: opened.db, server, timestamping },
      )
    return { server, timestamping, stamps, add, ask }
  }

  test('batches are bounded, and every record gets its time-stamp', async () => {
    const { add, timestamping, stamps } = await open()
    for (let i = 0; i < 7; i++) await add(`id-${i}`, false)
    await Promise.all([timestamping.stampAll(), timestamping.stampAll()])
    expect(stamps).toHaveLength(3)
    const { rows } = await opened.db.query(
      'select count(*)::int as n from message_log group by timestamp_id order by timestamp_id',
    )
    expect(rows).toEqual([{ n: 3 }, { n: 3 }, { n: 1 }])
  })

  test('a unique document, all documents, and what is not stamped yet', async () => {
    const { add, ask, server } = await open()
    await add('a/b', false)
    await add('a/b', true)
    const waiting = await ask('queryId=a%2Fb&requestOnly&unique')
    expect([waiting.status, await waiting.text()]).toEqual([
      500,
      'Some message signatures have not been timestamped yet!',
    ])
    const one = await ask('queryId=a%2Fb&requestOnly&unique&force')
    expect(one.headers.get('content-type')).toBe('application/vnd.etsi.asic-e+zip')
    expect(one.headers.get('content-disposition')).toContain('a%2Fb-request-')
    const document = Buffer.from(await one.arrayBuffer()).toString('base64')
    const sign = line(server.signer.certificate.publicKey)
    expect(verifyDocument({ container: document, sign, tsa: authority.key })).toMatchObject({ headers })
    const all = await ask('queryId=a%2Fb')
    expect(all.headers.get('content-type')).toBe('application/zip')
    const names = Object.keys(unzipSync(new Uint8Array(await all.arrayBuffer())))
    expect(names).toEqual([
      expect.stringMatching(/^a%2Fb-request-\w+\.asice$/),
      expect.stringMatching(/^a%2Fb-response-\w+\.asice$/),
    ])
  })

  test('the provider gets the documents of the exchanges in which it answered, and of no others', async () => {
    const { add, server, timestamping } = await open()
    const keys = { population: newKeys(), tax: newKeys() }
    for (const [name, { publicKey }] of Object.entries(keys))
      process.env[`CLIENT_KEY_${name.toUpperCase()}`] = line(publicKey)
    const askAs = (name: keyof typeof keys, memberCode: string, query: string) =>
      downloadDocuments(
        new URLSearchParams(
          `xRoadInstance=MM&memberClass=GOV&memberCode=${memberCode}&subsystemCode=${name}&${query}`,
        ),
        certificateOf(keys[name].privateKey),
        { db: opened.db, server, timestamping },
      )
    await add('a', false)
    await add('a', true)
    const sign = line(server.signer.certificate.publicKey)
    const all = await askAs('population', '70000001', 'queryId=a&force')
    expect(all.status).toBe(200)
    const documents = Object.values(unzipSync(new Uint8Array(await all.arrayBuffer())))
    expect(documents).toHaveLength(2)
    for (const document of documents)
      expect(
        verifyDocument({ container: Buffer.from(document).toString('base64'), sign, tsa: authority.key }),
      ).toMatchObject({ headers })
    expect((await askAs('tax', '70000002', 'queryId=a')).status).toBe(404)
  })

  test('what was changed in the log does not verify', async () => {
    const { add, ask, server } = await open()
    await add('a', false)
    await opened.db.query("update message_log set head = replace(head, 'EE49001011234', 'EE38001010000')")
    const answer = await ask('queryId=a&requestOnly&unique&force')
    const container = Buffer.from(await answer.arrayBuffer()).toString('base64')
    const sign = line(server.signer.certificate.publicKey)
    expect(() => verifyDocument({ container, sign, tsa: authority.key })).toThrow('not what was signed')
  })

  test('bad requests and strangers get plain text and a status', async () => {
    const { add, ask } = await open()
    await add('a', false)
    await add('a', false)
    const status = async (query: string, certificate?: X509Certificate) => {
      const answer = await ask(query, certificate)
      expect(answer.headers.get('content-type')).toContain('text/plain')
      return answer.status
    }
    expect(await status('')).toBe(400)
    expect(await status('queryId=a&requestOnly&responseOnly')).toBe(400)
    expect(await status('queryId=a&unique')).toBe(400)
    expect(await status('queryId=a&requestOnly&unique&force')).toBe(400)
    expect(await status('queryId=b')).toBe(404)
    expect(await status("queryId='%3B--")).toBe(404)
    expect(await status('queryId=a', certificateOf(newKeys().privateKey))).toBe(401)
    await opened.db.query('drop table message_log')
    expect(await status('queryId=a')).toBe(500)
  })
})
