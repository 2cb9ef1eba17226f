import { inTransaction } from '../../kit/database.ts'
import { admit, isProfessional } from './access.ts'
import { recordLook } from './audit.ts'
import { FhirError, type Resource } from './fhir.ts'
import type { Reader } from './reader.ts'
import type { Place } from './reading.ts'
import { findResource, updateResource } from './store.ts'
import { createDocument } from './writing.ts'

const SCOPES = 'http://terminology.hl7.org/CodeSystem/consentscope'
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** The Consent with which a patient closes one document (`Observation/123`), or all of them (`*`), to the profession. */
export function closingConsent(patient: string, target: string, now: Date): Resource {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: SCOPES, code: 'patient-privacy' }] },
    category: [{ coding: [{ system: ACT, code: 'INFA' }] }],
    patient: { reference: `Patient/${patient}` },
    dateTime: now.toISOString(),
    policyRule: { coding: [{ system: ACT, code: 'OPTOUT' }] },
    provision: {
      type: 'deny',
      ...(target === '*' ? {} : { data: [{ meaning: 'instance', reference: { reference: target } }] }),
    },
  }
}

/** Closes a document of a patient, or all. @throws FhirError 403, 422 */
export async function closeDocument(
  place: Place,
  reader: Reader,
  patient: string,
  target: string,
): Promise<void> {
  await createDocument(place, reader, 'Consent', closingConsent(patient, target, new Date()))
}

/** Opens it again: every Consent that closes just this becomes inactive. @throws FhirError 403 */
export async function reopenDocument(
  place: Place,
  reader: Reader,
  patient: string,
  target: string,
): Promise<void> {
  if (!/^(\*|[A-Za-z]+\/[A-Za-z0-9.-]{1,64})$/.test(target))
    throw new FhirError(400, 'value', 'This is not a document')
  const role = await admit(place.db, place.xroad, reader, patient, 'Consent')
  if (isProfessional(role)) throw new FhirError(403, 'forbidden', 'Only the patient opens a document again')
  await inTransaction(place.db, async (db) => {
    const { rows } = await db.query<{ id: string }>(
      `select id from resource where type = 'Consent' and patient = $1 and status = 'active' and closes = array[$2] for update`,
      [patient, target],
    )
    const documents: string[] = []
    for (const { id } of rows) {
      const before = await findResource(db, 'Consent', id)
      if (before) await updateResource(db, before, { ...before.body, status: 'inactive' })
      documents.push(`Consent/${id}`)
    }
    await recordLook(db, { reader, role, patient, interaction: 'update', documents })
  })
}
