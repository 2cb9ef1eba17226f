import type { Database } from '../../kit/database.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { childrenOf } from './family.ts'
import { FhirError } from './fhir.ts'
import type { Reader } from './reader.ts'

/** As what somebody is let into a record. A doctor either treats the patient or has stated a reason. */
export type Role = 'self' | 'parent' | 'treating' | 'stated'

export const isProfessional = (role: Role): boolean => role === 'treating' || role === 'stated'

/** Who looked and what is closed is the patient's own affair. */
const PRIVATE = ['Consent', 'AuditEvent']

/**
 * As what a reader is let into the record of a patient, for resources of one type.
 * @throws FhirError 403 when they are not
 */
export async function admit(
  db: Database,
  xroad: XroadClient,
  reader: Reader,
  patient: string,
  type: string,
): Promise<Role> {
  if (!/^\d{11}$/.test(patient)) throw new FhirError(400, 'value', 'The id of a patient is a personal code')
  if (reader.onlyPatient !== null && reader.onlyPatient !== patient)
    throw new FhirError(403, 'forbidden', 'The access token is for the record of another patient')
  if (reader.code === patient) return 'self'
  if (reader.doctor !== null) {
    if (PRIVATE.includes(type))
      throw new FhirError(403, 'forbidden', `A ${type} is for the patient and the parents only`)
    if (await treats(db, reader.doctor, patient)) return 'treating'
    if (reader.reason !== null) return 'stated'
  }
  const children = await childrenOf(xroad, reader.code)
  if (children.some(({ code }) => code === patient)) return 'parent'
  if (reader.doctor !== null)
    throw new FhirError(403, 'forbidden', 'You do not treat this patient: state a reason for the access')
  throw new FhirError(403, 'forbidden', 'This is the record of somebody else')
}

export async function treats(db: Database, doctor: string, patient: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select from treatment where practitioner = $1 and patient = $2 and since <= now() and until > now()',
    [doctor, patient],
  )
  return rowCount === 1
}

/** Whose record is read when the request names no patient: one's own, but doctors always name one. */
export function ownPatient(reader: Reader): string {
  if (reader.onlyPatient !== null) return reader.onlyPatient
  if (reader.doctor !== null) throw new FhirError(400, 'required', 'Name the patient: patient=... is missing')
  return reader.code
}
