import type { Context } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { MEMBERS } from '../../kit/members.ts'
import { csrfHolds } from '../../kit/sessions.ts'
import { type Caller, callerOf } from '../../kit/xroad-provider.ts'
import { FhirError } from './fhir.ts'
import { findToken } from './tokens.ts'

/** Who asks, through what, and as what. */
export interface Reader {
  /** Personal code. */
  readonly code: string
  readonly name: string
  /** Practitioner id when the person may act as a doctor here; null for everybody else. */
  readonly doctor: string | null
  /** The one patient whose record the app was let into; null when nothing limits it. */
  readonly onlyPatient: string | null
  /** What may be changed: everything of one's role, consents only, or nothing. */
  readonly writes: 'all' | 'Consent' | 'nothing'
  /** For the Data Tracker: the organisation and system through which data go out. */
  readonly system: Caller
  /** Why, in the reader's words; null when none was given. */
  readonly reason: string | null
}

export type ReaderOf = (c: Context) => Promise<Reader>

const LONGEST_REASON = 500

/** The registered doctor with a personal code. */
export async function findDoctor(
  db: Database,
  code: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const { rows } = await db.query('select id, name from practitioner where code = $1', [code])
  return rows[0] ?? null
}

/** Doctors work for the hospital, also where they use this service's own desk. */
export const ownSystem = (code: string, doctor: boolean): Caller => ({
  memberCode: doctor ? MEMBERS.clinic.memberCode : MEMBERS.health.memberCode,
  subsystem: 'health',
  user: code,
  messageId: '',
})

/** The stated reason, percent-encoded as headers carry only ASCII. @throws FhirError 400 */
export function readReason(header: string | undefined): string | null {
  if (!header) return null
  try {
    return decodeURIComponent(header).trim().slice(0, LONGEST_REASON) || null
  } catch {
    throw new FhirError(400, 'value', 'The stated reason is not well percent-encoded')
  }
}

/** Readers at the service's own address: an app with a bearer token, or a web session of a citizen or doctor. */
export function personReader(db: Database, citizens: Citizens): ReaderOf {
  return async (c) => {
    const reason = readReason(c.req.header('x-access-reason'))
    const authorization = c.req.header('authorization')
    if (authorization !== undefined) {
      const token = await findToken(db, /^Bearer ([\w-]+)$/i.exec(authorization)?.[1] ?? '')
      if (!token) {
        c.header('www-authenticate', 'Bearer realm="health", error="invalid_token"')
        throw new FhirError(401, 'login', 'The access token is not valid')
      }
      const { code, name, scope, patient } = token
      const professional = scope.split(' ').includes('user/*.cruds')
      const doctor = professional ? await findDoctor(db, code) : null
      return {
        code,
        name: doctor?.name ?? name,
        doctor: doctor?.id ?? null,
        onlyPatient: professional ? null : patient,
        writes: professional ? 'all' : scope.includes('patient/Consent.cruds') ? 'Consent' : 'nothing',
        system: ownSystem(code, doctor !== null),
        reason,
      }
    }
    const session = await citizens.session(c)
    if (!session) {
      c.header('www-authenticate', 'Bearer realm="health"')
      throw new FhirError(401, 'login', 'Log in, or send an access token')
    }
    if (!['GET', 'HEAD'].includes(c.req.method) && !csrfHolds(session, c.req.header('x-csrf-token')))
      throw new FhirError(403, 'forbidden', 'The header X-CSRF-Token is wrong')
    return sessionReader(db, session, reason)
  }
}

/** Somebody in a web session of this service. */
export async function sessionReader(
  db: Database,
  { code, name }: { readonly code: string; readonly name: string },
  reason: string | null,
): Promise<Reader> {
  const doctor = await findDoctor(db, code)
  const system = ownSystem(code, doctor !== null)
  return {
    code,
    name: doctor?.name ?? name,
    doctor: doctor?.id ?? null,
    onlyPatient: null,
    writes: 'all',
    system,
    reason,
  }
}

/** A hospital's system over X-Road: the doctor whom it names, who must be registered. */
export function xroadReader(db: Database): ReaderOf {
  return async (c) => {
    const caller = callerOf(c)
    if (!caller.user) throw new FhirError(400, 'required', 'X-Road-UserId must name the doctor')
    const doctor = await findDoctor(db, caller.user)
    if (!doctor) throw new FhirError(403, 'forbidden', 'X-Road-UserId is not a registered doctor')
    return {
      code: caller.user,
      name: doctor.name,
      doctor: doctor.id,
      onlyPatient: null,
      writes: 'all',
      system: caller,
      reason: readReason(c.req.header('x-road-issue')),
    }
  }
}
