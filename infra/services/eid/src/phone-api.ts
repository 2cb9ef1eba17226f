import { type Context, Hono } from 'hono'
import type { Nation } from '../../kit/nation/nation.ts'
import { environment, sameSecret } from '../../kit/secrets.ts'
import { isOver, type PhoneLogins, type PhoneMethod, type PhoneSession } from './phone-login.ts'

/** A service that may send pushes over the REST interfaces, by the name it shows on phones. */
interface RelyingParty {
  readonly uuid: string
  readonly name: string
}

type Body = Readonly<Record<string, unknown>>

const CURVE_HASH = 'SHA256'
const HASH_BYTES = 32
const LONGEST_WAIT_MS = 10_000
const POLL_MS = 100

const relyingParties = (): readonly RelyingParty[] => [
  { uuid: environment('PHONE_RP_LIBRARY'), name: 'Rannalinn Library' },
]

const refused = (c: Context, status: 400 | 401 | 404 | 429, error: string): Response =>
  c.json({ error }, status)

/** Runs `start` for a relying party that is registered and a hash that can be signed; else the error that the interface has for it. */
async function asked(
  c: Context,
  start: (body: Body, party: RelyingParty, hash: Buffer) => Response,
): Promise<Response> {
  const body: Body = Object(await c.req.json().catch(() => null))
  const { relyingPartyUUID: uuid, relyingPartyName: name, hash, hashType } = body
  if (typeof uuid !== 'string' || typeof name !== 'string')
    return refused(c, 400, 'relyingPartyUUID and relyingPartyName are required')
  const party = relyingParties().find((one) => sameSecret(one.uuid, uuid) && one.name === name)
  if (!party) return refused(c, 401, 'This relying party is not registered')
  if (hashType !== CURVE_HASH) return refused(c, 400, 'hashType must be SHA256')
  const bytes = typeof hash === 'string' ? Buffer.from(hash, 'base64') : Buffer.alloc(0)
  if (bytes.length !== HASH_BYTES) return refused(c, 400, 'hash must be 32 bytes in base64')
  return start(body, party, bytes)
}

/** The session of this party's interface, once it is over or `timeoutMs` has passed; null when there is none. */
async function poll(c: Context, phones: PhoneLogins, method: PhoneMethod): Promise<PhoneSession | null> {
  const asked = Number(c.req.query('timeoutMs') ?? 1000)
  const until = Date.now() + Math.min(Number.isFinite(asked) ? Math.max(asked, 0) : 0, LONGEST_WAIT_MS)
  for (;;) {
    const session = phones.find(c.req.param('session') ?? '')
    if (!session?.owner.startsWith('rp:') || session.method !== method) return null
    if (session.state !== 'running' || isOver(session) || Date.now() >= until) return session
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

const text = (value: unknown, most: number): string => (typeof value === 'string' ? value.slice(0, most) : '')

/** Mobile-ID: `/mid-api/authentication` and its session (MID REST API). */
export function midRoutes(phones: PhoneLogins, land: Nation): Hono {
  const routes = new Hono()
  routes.post('/authentication', (c) =>
    asked(c, ({ phoneNumber, nationalIdentityNumber, language, displayText }, party, hash) => {
      const phone = text(phoneNumber, 40)
      const code = text(nationalIdentityNumber, 40)
      if (!/^\+\d{8,30}$/.test(phone)) return refused(c, 400, 'phoneNumber must be + and 8 to 30 digits')
      if (!/^\d{11}$/.test(code)) return refused(c, 400, 'nationalIdentityNumber is incorrect')
      if (!['ENG', 'EST', 'RUS', 'LIT'].includes(text(language, 4)))
        return refused(c, 400, 'language must be ENG, EST, RUS or LIT')
      // A number that is not this person's rings nobody; the session then says NOT_MID_CLIENT.
      const known = land.byCode.get(code)?.phone === phone
      const session = phones.start({
        ...({ owner: 'rp:mid', method: 'mid', code, service: party.name } as const),
        ...{ phone: known ? phone : '', text: text(displayText, 100), hash },
      })
      if (!session) return refused(c, 429, 'Too many requests to this person are unanswered')
      return c.json({ sessionID: session.id })
    }),
  )
  routes.get('/authentication/session/:session', async (c) => {
    const session = await poll(c, phones, 'mid')
    if (!session) return refused(c, 404, 'SessionID not found')
    if (session.phone === '')
      return c.json({ state: 'COMPLETE', result: 'NOT_MID_CLIENT', ...trace(session) })
    if (session.answer)
      return c.json({
        state: 'COMPLETE',
        result: 'OK',
        signature: { value: session.answer.signature, algorithm: 'SHA256WithECEncryption' },
        cert: session.answer.certificate,
        ...trace(session),
      })
    if (session.state === 'refused')
      return c.json({ state: 'COMPLETE', result: 'USER_CANCELLED', ...trace(session) })
    if (isOver(session)) return c.json({ state: 'COMPLETE', result: 'TIMEOUT', ...trace(session) })
    return c.json({ state: 'RUNNING' })
  })
  return routes
}

const trace = ({ id }: PhoneSession) => ({ time: new Date().toISOString(), traceId: id.slice(0, 8) })

const INTERACTIONS: readonly string[] = [
  'displayTextAndPIN',
  'verificationCodeChoice',
  'confirmationMessage',
  'confirmationMessageAndVerificationCodeChoice',
]

/** Smart-ID: `/smart-id-rp/v2/authentication/etsi/PNOEE-...` and `/smart-id-rp/v2/session/...` (RP API 2.0). */
export function smartIdRoutes(phones: PhoneLogins, land: Nation): Hono {
  const routes = new Hono()
  routes.post('/authentication/etsi/:who', (c) =>
    asked(c, ({ allowedInteractionsOrder, certificateLevel }, party, hash) => {
      const code = /^PNOEE-(\d{11})$/.exec(c.req.param('who') ?? '')?.[1]
      if (!code || !land.byCode.has(code)) return refused(c, 404, 'No suitable account of this person')
      if (
        certificateLevel !== undefined &&
        certificateLevel !== 'QUALIFIED' &&
        certificateLevel !== 'ADVANCED'
      )
        return refused(c, 400, 'certificateLevel must be QUALIFIED or ADVANCED')
      const [first] = Array.isArray(allowedInteractionsOrder) ? allowedInteractionsOrder : []
      const { type, displayText60, displayText200 } = Object(first)
      if (!INTERACTIONS.includes(type)) return refused(c, 400, 'allowedInteractionsOrder is incorrect')
      const session = phones.start({
        ...({ owner: `rp:${type}`, method: 'smartid', code, phone: '', service: party.name } as const),
        ...{ text: text(displayText60, 60) || text(displayText200, 200), hash },
      })
      if (!session) return refused(c, 429, 'Too many requests to this person are unanswered')
      return c.json({ sessionID: session.id })
    }),
  )
  routes.get('/session/:session', async (c) => {
    const session = await poll(c, phones, 'smartid')
    if (!session) return refused(c, 404, 'There is no such session')
    if (session.answer)
      return c.json({
        state: 'COMPLETE',
        result: { endResult: 'OK', documentNumber: `PNOEE-${session.code}-MM01-Q` },
        signature: { value: session.answer.signature, algorithm: 'sha256WithECDSA' },
        cert: { value: session.answer.certificate, certificateLevel: 'QUALIFIED' },
        interactionFlowUsed: session.owner.slice('rp:'.length),
      })
    if (session.state === 'refused')
      return c.json({ state: 'COMPLETE', result: { endResult: 'USER_REFUSED' } })
    if (isOver(session)) return c.json({ state: 'COMPLETE', result: { endResult: 'TIMEOUT' } })
    return c.json({ state: 'RUNNING' })
  })
  return routes
}
