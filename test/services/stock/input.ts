import { expect, test } from 'vitest'
import type { State } from '../../kit/state.ts'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const NUL = String.fromCharCode(0)
const U0000 = expect.stringContaining('U+0000')

interface Case {
  readonly url: string
  readonly body: string
  readonly type: string
  readonly status?: number
  readonly json: unknown
}
const outcome = (code: string, diagnostics: unknown) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, diagnostics }],
})
const oauthError = (error = 'invalid_request') => ({ error, error_description: U0000 })
const verify = { method: 'RPC.Verify', params: [{ SessionID: NUL, VoteID: 'x' }], id: 1 }

/** The protocols that have an error form of their own. */
const CASES: readonly Case[] = [
  {
    url: 'http://health/fhir/Observation',
    body: JSON.stringify({ [NUL]: 1 }),
    type: 'application/fhir+json',
    json: outcome('invalid', U0000),
  },
  {
    url: 'http://health/fhir/Observation',
    body: 'x'.repeat(3_000_000),
    type: 'application/fhir+json',
    status: 413,
    json: outcome('too-long', expect.any(String)),
  },
  {
    url: 'http://health/fhir/Patient/_search',
    body: 'name=%00',
    type: FORM,
    json: outcome('invalid', U0000),
  },
  {
    url: 'http://health/auth/token',
    body: 'grant_type=authorization_code&code=%00',
    type: FORM,
    json: oauthError(),
  },
  { url: 'http://wallet/token', body: 'pre-authorized_code=%00', type: FORM, json: oauthError() },
  {
    url: 'http://wallet/credential',
    body: JSON.stringify({ a: [NUL] }),
    type: JSON_TYPE,
    json: oauthError('invalid_credential_request'),
  },
  { url: 'http://mynumber/oauth/par', body: 'state=%00', type: FORM, json: oauthError() },
  { url: 'http://eid/oidc/authorize', body: 'state=%00', type: FORM, json: oauthError() },
  {
    url: 'http://vote/rpc',
    body: JSON.stringify(verify),
    type: JSON_TYPE,
    json: { id: null, error: 'BAD_REQUEST', result: null },
  },
  {
    url: 'http://sign/containers',
    body: JSON.stringify({ containerName: NUL }),
    type: JSON_TYPE,
    json: { errorCode: 'REQUEST_VALIDATION_EXCEPTION', errorMessage: U0000 },
  },
]

/** What no service takes, sent to all that run: a plain refusal with a reason, in the words of the protocol that is spoken there. */
export function input(state: () => State): void {
  const send = async (url: string, init?: RequestInit) => {
    const answer = await fetch(url, init)
    return { status: answer.status, json: await answer.json() }
  }
  const webServices = () => state().services.filter((id) => id !== 'registry-db')

  test('U+0000 in the address is refused everywhere', async () => {
    for (const id of webServices())
      for (const path of ['/%00', '/?name=a%00b'])
        expect({ id, ...(await send(`http://${id}${path}`)) }).toEqual({
          id,
          status: 400,
          json: { error: U0000 },
        })
  })

  test('so is a form that is broken, and one that holds U+0000', async () => {
    const error = expect.stringContaining('not well-formed')
    for (const id of webServices()) {
      const post = (body: string, type: string) =>
        send(`http://${id}/x`, { method: 'POST', body, headers: { 'content-type': type } })
      expect({ id, ...(await post('--b\r\nx', 'multipart/form-data; boundary=b')) }).toEqual({
        id,
        status: 400,
        json: { error },
      })
      expect({ id, ...(await post('a=%00', FORM)) }).toEqual({ id, status: 400, json: { error: U0000 } })
    }
  })

  test.each(CASES)(
    '$url says so as its protocol does ($type)',
    async ({ url, body, type, status = 400, json }) => {
      const init = { method: 'POST', body, headers: { 'content-type': type } }
      expect(await send(url, init)).toEqual({ status, json })
    },
  )
}
