import { createHash } from 'node:crypto'
import { httpRequest } from '../../../kit/http-request.ts'
import { jwtPart, seconds, signatureHolds } from '../jws.ts'
import { type Anchor, trustedKey } from '../trust.ts'
import { Refusal } from './refusal.ts'

const SKEW_SECONDS = 60

/**
 * Fetches the Token Status List at `uri` and gives its token, when it is signed under one of the anchors, is of this address and in its time.
 * @throws Refusal statusUnknown: a status that can not be learned is no good status.
 */
export async function fetchStatusList(uri: string, anchors: readonly Anchor[]): Promise<string> {
  const unknown = (why: string) => new Refusal('statusUnknown', `${uri}: ${why}`)
  const reply = await httpRequest({
    url: uri,
    method: 'GET',
    headers: { accept: 'application/statuslist+jwt' },
    timeoutMs: 3000,
  }).catch((error: unknown) => {
    throw unknown(String(error))
  })
  if (reply.status !== 200) throw unknown(`answers ${reply.status}`)
  const token = reply.body.toString('utf8')
  const [head = '', body = '', given = ''] = token.split('.')
  let header: Readonly<Record<string, unknown>>
  let payload: Readonly<Record<string, unknown>>
  try {
    header = jwtPart(token, 0)
    payload = jwtPart(token, 1)
  } catch {
    throw unknown(`is no JWT (${createHash('sha256').update(token).digest('hex').slice(0, 8)})`)
  }
  const key = trustedKey(header.x5c, anchors)
  if (header.typ !== 'statuslist+jwt' || !key || !signatureHolds(`${head}.${body}`, given, key))
    throw unknown('is not signed by a trusted issuer')
  if (payload.sub !== uri) throw unknown('is the list of another address')
  if (!(Number(payload.iat) <= seconds() + SKEW_SECONDS && Number(payload.exp) > seconds()))
    throw unknown('is outside its time')
  return token
}
