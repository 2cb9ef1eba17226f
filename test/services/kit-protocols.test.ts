import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fhir } from '../../infra/services/health/src/fhir.ts'
import { createService } from '../../infra/services/kit/http.ts'
import { oauth, type Protocol } from '../../infra/services/kit/protocol.ts'
import { siga } from '../../infra/services/sign/src/siga-routes.ts'
import { rpc } from '../../infra/services/vote/src/rpc-error.ts'
import { documents, messages } from '../../infra/services/xroad/src/trouble.ts'

beforeAll(() => {
  for (const name of ['log', 'error'] as const) vi.spyOn(console, name).mockImplementation(() => undefined)
})
afterAll(() => vi.restoreAllMocks())

/** What a client of this protocol reads for U+0000 in the address, too large a body and a service that is starting. */
async function answersIn(protocol: Protocol) {
  const service = createService('test', { securityHeaders: false })
  service.speaks('/p', protocol)
  service.app.post('/p/x', (c) => c.text('taken'))
  const post = async (path: string, body: string) => {
    const headers = { 'content-length': String(body.length) }
    const answer = await service.app.request(path, { method: 'POST', body, headers })
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
    return { status: answer.status, json, headers: answer.headers }
  }
  const starting = await post('/p/x', '')
  service.ready()
  expect((await post('/p/x', 'x')).status).toBe(200)
  return { starting, nul: await post('/p/x?a=%00', 'x'), large: await post('/p/x', 'x'.repeat(3_000_000)) }
}
const NUL = expect.stringContaining('The address holds the character U+0000')
const LARGE = expect.stringContaining('more than 2097152 bytes')

test('FHIR: an OperationOutcome', async () => {
  const { starting, nul, large } = await answersIn(fhir)
  const outcome = (code: string, diagnostics: unknown) => ({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics }],
  })
  expect(nul.headers.get('content-type')).toContain('application/fhir+json')
  expect([nul.status, nul.json]).toEqual([400, outcome('invalid', NUL)])
  expect([large.status, large.json]).toEqual([413, outcome('too-long', LARGE)])
  expect([starting.status, starting.json.issue[0].code]).toEqual([503, 'transient'])
})

test('X-Road: type, message and detail, and the header that tells its errors from a provider’s', async () => {
  const { starting, nul, large } = await answersIn(messages)
  for (const [answer, message] of [
    [nul, NUL],
    [large, LARGE],
  ] as const) {
    expect([answer.status, answer.headers.get('x-road-error')]).toEqual([400, 'Client.BadRequest'])
    expect(answer.json).toEqual({
      type: 'Client.BadRequest',
      message,
      detail: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  }
  expect([starting.status, starting.json.type]).toEqual([500, 'Server.ServerProxy.InternalError'])
})

test('X-Road’s document download: plain text', async () => {
  const { nul } = await answersIn(documents)
  expect([nul.status, nul.json]).toEqual([400, NUL])
  expect(nul.headers.get('content-type')).toContain('text/plain')
})

test('SiGa: errorCode and errorMessage', async () => {
  const { starting, nul, large } = await answersIn(siga)
  expect(nul).toMatchObject({
    status: 400,
    json: { errorCode: 'REQUEST_VALIDATION_EXCEPTION', errorMessage: NUL },
  })
  expect(large).toMatchObject({
    status: 413,
    json: { errorCode: 'REQUEST_VALIDATION_EXCEPTION', errorMessage: LARGE },
  })
  expect(starting).toMatchObject({ status: 503, json: { errorCode: 'INTERNAL_SERVER_ERROR' } })
})

test('IVXV: JSON-RPC with the code alone', async () => {
  const { starting, nul } = await answersIn(rpc)
  expect(nul).toMatchObject({ status: 400, json: { id: null, error: 'BAD_REQUEST', result: null } })
  expect(starting).toMatchObject({ status: 503, json: { error: 'INTERNAL_SERVER_ERROR' } })
})

test('OAuth: error and error_description', async () => {
  const { starting, nul, large } = await answersIn(oauth('invalid_credential_request'))
  expect(nul).toMatchObject({
    status: 400,
    json: { error: 'invalid_credential_request', error_description: NUL },
  })
  expect(nul.headers.get('cache-control')).toBe('no-store')
  expect(large).toMatchObject({ status: 413, json: { error: 'invalid_credential_request' } })
  expect(starting).toMatchObject({ status: 503, json: { error: 'temporarily_unavailable' } })
})
