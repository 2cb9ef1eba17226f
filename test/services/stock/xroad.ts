import { execFileSync } from 'node:child_process'
import { createHash, type X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { DOMParser } from '@xmldom/xmldom'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { C14nCanonicalization } from 'xml-crypto'
import { citizens } from '../../../infra/services/kit/nation/nation.ts'
import type { State } from '../../kit/state.ts'

const sha512 = (data: string | Buffer) => createHash('sha512').update(data).digest()
const SCOPE = [
  { prefix: 'asic', namespaceURI: 'http://uri.etsi.org/02918/v1.2.1#' },
  { prefix: 'ds', namespaceURI: 'http://www.w3.org/2000/09/xmldsig#' },
  { prefix: 'xades', namespaceURI: 'http://uri.etsi.org/01903/v1.3.2#' },
]

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly certificate: X509Certificate
}

/** X-Road with a client that knows its specifications alone, and its evidence with openssl and a stock XML canonicalizer. */
export function xroad(state: () => State): void {
  const folder = mkdtempSync(join(tmpdir(), 'xroad-'))
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const pem = (line: string) => Buffer.from(line, 'base64').toString('utf8')
  const publicPem = (name: string) => pem(state().secrets.publicKey(name))
  beforeAll(async () => {
    for (const member of ['bank', 'municipality', 'immigration', 'population', 'stranger']) {
      writeFileSync(join(folder, `${member}.key`), pem(state().secrets.privateKey(member)))
      const key = ['-key', `${member}.key`, '-subj', `/CN=${member}`]
      writeFileSync(join(folder, `${member}.pem`), openssl('req', '-x509', '-new', ...key))
    }
    writeFileSync(join(folder, 'ca.pem'), await (await fetch('http://eid/ca/card.pem')).text())
    writeFileSync(join(folder, 'xroad-sign.pem'), publicPem('xroad-sign'))
    writeFileSync(join(folder, 'xroad-jp-sign.pem'), publicPem('xroad-jp-sign'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const send = (
    url: string,
    member: string,
    headers: Record<string, string> = {},
    body?: Buffer,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const identity = ['key', 'pem'].map((end) => execFileSync('cat', [join(folder, `${member}.${end}`)]))
      const [key, cert] = identity
      const options = {
        ...{ method: body ? 'POST' : 'GET', headers, key, cert },
        ...{ rejectUnauthorized: false, agent: false as const },
      }
      const outgoing = request(url, options, async (incoming) => {
        const certificate = (incoming.socket as TLSSocket).getPeerX509Certificate()
        const parts: Buffer[] = []
        for await (const part of incoming) parts.push(part)
        if (!certificate) return reject(new Error('no certificate'))
        const body = Buffer.concat(parts)
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body, certificate })
      })
      outgoing.on('error', reject).end(body)
    })
  /** Signed documents of a client's transaction, one by one. */
  const documents = async (server: string, member: string, id: string, query: string) => {
    const [xRoadInstance, memberClass, memberCode, subsystemCode] = id.split('/')
    const client = new URLSearchParams({ xRoadInstance, memberClass, memberCode, subsystemCode } as never)
    return send(`https://${server}/asic?${client}&${query}`, member)
  }

  /** All checks of a container, none with code of the service. */
  function verify(container: Buffer, signKey: string): { head: string; body: Buffer | undefined } {
    expect(container.subarray(30, 38).toString()).toBe('mimetype')
    const files = unzipSync(container)
    const file = (name: string) => Buffer.from(files[name.replace(/^\//, '')] ?? [])
    const xml = new DOMParser().parseFromString(file('META-INF/signatures.xml').toString(), 'text/xml')
    const one = (name: string, at = 0) => {
      const found = xml.getElementsByTagName(name)[at]
      if (!found) throw new Error(`no ${name}`)
      return found
    }
    const canonical = (name: string) =>
      String(new C14nCanonicalization().process(one(name) as never, { ancestorNamespaces: SCOPE } as never))
    // ECDSA signatures are r and s in XML, and a DER sequence of both for openssl.
    const value = Buffer.from(one('ds:SignatureValue').textContent ?? '', 'base64')
    const integer = (half: Buffer) => {
      const start = half.findIndex((byte) => byte !== 0)
      const digits = half.subarray(start)
      const padded = (digits[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), digits]) : digits
      return Buffer.concat([Buffer.from([2, padded.length]), padded])
    }
    const pair = Buffer.concat([integer(value.subarray(0, 32)), integer(value.subarray(32))])
    writeFileSync(join(folder, 'signature'), Buffer.concat([Buffer.from([0x30, pair.length]), pair]))
    writeFileSync(join(folder, 'signed'), canonical('ds:SignedInfo'))
    const args = ['-verify', `${signKey}.pem`, '-signature', 'signature', 'signed']
    expect(openssl('dgst', '-sha512', ...args)).toContain('Verified OK')

    const digestOf = (reference: ReturnType<typeof one>) =>
      reference.getElementsByTagName('ds:DigestValue')[0]?.textContent
    const [signed, own] = [one('ds:Reference', 0), one('ds:Reference', 1)]
    expect(own.getAttribute('URI')).toBe(`#${one('xades:SignedProperties').getAttribute('Id')}`)
    expect(digestOf(own)).toBe(sha512(canonical('xades:SignedProperties')).toString('base64'))
    const name = signed.getAttribute('URI') ?? ''
    expect(digestOf(signed)).toBe(sha512(file(name)).toString('base64'))
    if (name !== '/message.xml') {
      const chain = file('sig-hashchain.xml').toString()
      for (const part of ['/message.xml', '/attachment1'])
        expect(chain).toContain(`URI="${part}"><DigestValue>${sha512(file(part)).toString('base64')}<`)
      checkStep(chain, file(name).toString())
    }
    const stamped = file('ts-hashchain.xml').toString()
    const digest = sha512(file('META-INF/signatures.xml')).toString('base64')
    expect(stamped).toContain(`URI="/META-INF/signatures.xml"><DigestValue>${digest}<`)
    checkStep(stamped, file('ts-hashchainresult.xml').toString())
    writeFileSync(join(folder, 'stamped'), file('ts-hashchainresult.xml'))
    writeFileSync(join(folder, 'token'), file('META-INF/timestamp.tst'))
    const token = ['-data', 'stamped', '-in', 'token', '-token_in', '-CAfile', 'ca.pem']
    expect(openssl('ts', '-verify', ...token)).toContain('Verification: OK')
    return { head: file('message.xml').toString(), body: files.attachment1 && file('attachment1') }
  }

  /** The result of a chain of one step, computed by openssl's ASN.1 writer. */
  function checkStep(chain: string, result: string): void {
    const digests = [...chain.matchAll(/<DigestValue>([^<]+)</g)].map(([, value = '']) =>
      Buffer.from(value, 'base64').toString('hex'),
    )
    const items = digests.map(
      (hex, i) =>
        `[d${i}]\na=FORMAT:HEX,OCTETSTRING:${hex}\nb=UTF8:http\\://www.w3.org/2001/04/xmlenc\\#sha512\nc=SEQUENCE:none`,
    )
    const list = `asn1=SEQUENCE:list\n[none]\n[list]\n${digests.map((_, i) => `i${i}=SEQUENCE:d${i}`).join('\n')}\n${items.join('\n')}\n`
    writeFileSync(join(folder, 'step.cnf'), list)
    openssl('asn1parse', '-genconf', 'step.cnf', '-noout', '-out', 'step')
    const computed = execFileSync('openssl', ['dgst', '-sha512', '-binary', join(folder, 'step')])
    expect(result).toContain(`<DigestValue>${computed.toString('base64')}<`)
  }

  const population = '/r1/MM/GOV/70000001/population/persons'
  const anybody = () => citizens(state().land)[0]?.code ?? ''

  test('a client is answered, can tell the server, and checks the request hash', async () => {
    const sent = { accept: '*/*', 'x-road-client': 'MM/COM/10000001/bank', 'x-road-id': 'stock-1' }
    const path = `${population}/${anybody()}/status`
    const answer = await send(`https://xroad${path}`, 'bank', sent)
    expect(answer.status).toBe(200)
    const shown = answer.certificate.publicKey.export({ type: 'spki', format: 'pem' })
    expect(shown).toBe(publicPem('xroad'))
    expect(JSON.parse(answer.body.toString())).toMatchObject({ code: anybody(), status: 'alive' })
    const service = 'MM/GOV/70000001/population/persons'
    const all = {
      ...sent,
      'x-road-service': service,
      'x-road-request-id': answer.headers['x-road-request-id'],
    }
    const head = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))
    const text = [`GET ${path}`, ...head.map(([name, value]) => `${name}:${value}`), ''].join('\r\n')
    expect(answer.headers['x-road-request-hash']).toBe(sha512(text).toString('base64'))
    expect(answer.headers).toMatchObject({ 'x-road-id': 'stock-1', 'x-road-service': service })
  })

  test('the evidence of both messages verifies with openssl', async () => {
    const client = 'MM/GOV/70000005/municipality'
    const headers = { 'x-road-client': client, 'x-road-id': 'stock-2', 'x-road-userid': 'EE48803022712' }
    const answer = await send(`https://xroad${population}/${anybody()}`, 'municipality', headers)
    const all = await documents('xroad', 'municipality', client, 'queryId=stock-2&force')
    expect(all.headers['content-type']).toBe('application/zip')
    const [first, second] = Object.values(unzipSync(all.body)).map((one) => Buffer.from(one))
    if (!first || !second) throw new Error('two documents were expected')
    const asked = verify(first, 'xroad-sign')
    expect(asked.head).toContain('x-road-userid:EE48803022712\r\n')
    expect(sha512(asked.head).toString('base64')).toBe(answer.headers['x-road-request-hash'])
    const answered = verify(second, 'xroad-sign')
    expect(answered.body).toEqual(answer.body)
    expect(answered.head).toContain(`x-road-request-hash:${answer.headers['x-road-request-hash']}\r\n`)
  })

  test('the provider gets the same evidence, and nobody else does', async () => {
    const client = 'MM/COM/10000001/bank'
    const headers = { 'x-road-client': client, 'x-road-id': 'stock-4' }
    const answer = await send(`https://xroad${population}/${anybody()}/status`, 'bank', headers)
    expect(answer.status).toBe(200)
    const own = await documents('xroad', 'population', 'MM/GOV/70000001/population', 'queryId=stock-4&force')
    expect(own.status).toBe(200)
    const [first, second] = Object.values(unzipSync(own.body)).map((one) => Buffer.from(one))
    if (!first || !second) throw new Error('two documents were expected')
    expect(verify(first, 'xroad-sign').head).toContain(`x-road-client:${client}\r\n`)
    expect(verify(second, 'xroad-sign').body).toEqual(answer.body)
    const other = await documents('xroad', 'municipality', 'MM/GOV/70000005/municipality', 'queryId=stock-4')
    expect(other.status).toBe(404)
  })

  test('a request crosses to the other country, and each side proves what the other sent', async () => {
    const client = 'JP/GOV/1000001/immigration'
    const headers = { 'x-road-client': client, 'x-road-id': 'stock-3' }
    const answer = await send(`https://xroad-jp${population}/${anybody()}/status`, 'immigration', headers)
    expect(answer.status).toBe(200)
    const query = 'queryId=stock-3&unique&force'
    const request = await documents('xroad-jp', 'immigration', client, `${query}&requestOnly`)
    verify(request.body, 'xroad-jp-sign')
    const response = await documents('xroad-jp', 'immigration', client, `${query}&responseOnly`)
    expect(verify(response.body, 'xroad-sign').body).toEqual(answer.body)
    const id = 'MM/GOV/70000001/population'
    const own = await documents('xroad', 'population', id, `${query}&requestOnly`)
    expect(verify(own.body, 'xroad-jp-sign').head).toContain(`x-road-client:${client}\r\n`)
    const refused = await send(`https://xroad-jp${population}/${anybody()}`, 'immigration', headers)
    expect([refused.status, refused.headers['x-road-error']]).toEqual([
      500,
      'Server.ServerProxy.AccessDenied',
    ])
  })

  test('strangers and bad requests get the protocol’s own errors', async () => {
    const error = async (path: string, member: string, client?: string, body?: Buffer) => {
      const headers = client ? { 'x-road-client': client } : undefined
      const answer = await send(`https://xroad${path}`, member, headers, body)
      expect(JSON.parse(answer.body.toString())).toMatchObject({
        type: answer.headers['x-road-error'],
        message: expect.any(String),
        detail: expect.any(String),
      })
      return `${answer.status} ${answer.headers['x-road-error']}`
    }
    const bank = 'MM/COM/10000001/bank'
    expect(await error(`${population}/1`, 'bank')).toBe('400 Client.BadRequest')
    expect(await error('/r1/MM/GOV', 'bank', bank)).toBe('400 Client.BadRequest')
    expect(await error(`${population}/a%00b`, 'bank', bank)).toBe('400 Client.BadRequest')
    expect(await error(`${population}/1`, 'bank', bank, Buffer.alloc(3_000_000))).toBe(
      '400 Client.BadRequest',
    )
    expect(await error('/listClients?xRoadInstance=EE', 'bank')).toBe('500 Server.ClientProxy.InternalError')
    expect(await error(`${population}/1`, 'stranger', bank)).toBe(
      '500 Server.ClientProxy.SslAuthenticationFailed',
    )
    expect(await error(`${population}/1`, 'bank', bank)).toBe('500 Server.ServerProxy.AccessDenied')
    expect((await documents('xroad', 'stranger', bank, 'queryId=stock-1')).status).toBe(401)
    expect((await documents('xroad', 'bank', bank, 'queryId=nothing')).status).toBe(404)
  })
}
