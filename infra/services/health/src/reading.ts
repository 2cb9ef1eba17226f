import { type Database, inTransaction } from '../../kit/database.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { admit, isProfessional, ownPatient, type Role } from './access.ts'
import { type Interaction, recordLook } from './audit.ts'
import type { Found } from './bundle.ts'
import { FhirError, fields, items, type Resource, referencedId } from './fhir.ts'
import { patientsAsked, readSearch } from './parameters.ts'
import type { Reader } from './reader.ts'
import {
  findPractitioners,
  findResource,
  findVersion,
  recordDocuments,
  type Stored,
  searchResources,
} from './store.ts'

export interface Place {
  readonly db: Database
  readonly xroad: XroadClient
}

const nothing = (): FhirError => new FhirError(404, 'not-found', 'There is no such document')

/** A document as it is now, for one reader. @throws FhirError 403, 404, 503 */
export async function openDocument(place: Place, reader: Reader, type: string, id: string): Promise<Stored> {
  return open(place, reader, await findResource(place.db, type, id), 'read')
}

/** One version of a document. @throws FhirError 403, 404, 503 */
export async function openVersion(
  place: Place,
  reader: Reader,
  type: string,
  id: string,
  version: number,
): Promise<Stored> {
  return open(place, reader, await findVersion(place.db, type, id, version), 'vread')
}

async function open(
  place: Place,
  reader: Reader,
  stored: Stored | null,
  interaction: Interaction,
): Promise<Stored> {
  if (!stored) throw nothing()
  if (stored.patient === null) return stored
  const role = await admit(place.db, place.xroad, reader, stored.patient, stored.type)
  if (stored.closed && isProfessional(role))
    throw new FhirError(403, 'suppressed', 'The patient has closed this document')
  if (stored.type !== 'AuditEvent')
    await record(place, { reader, role, patient: stored.patient }, interaction, [stored])
  return stored
}

/** A page of a search in one patient's record, or among practitioners and organisations. @throws FhirError 400, 403, 503 */
export async function searchRecord(
  place: Place,
  reader: Reader,
  type: string,
  given: readonly (readonly [string, string])[],
  strict = false,
): Promise<Found> {
  const search = readSearch(type, given, { strict })
  if (type === 'Practitioner' || type === 'Organization') {
    const { total, page } = await searchResources(place.db, type, null, search, true)
    return { type, total, page, included: [], search }
  }
  const asked = patientsAsked(type, given)
  if (asked.length > 1)
    throw new FhirError(400, 'not-supported', 'Search the record of one patient at a time')
  const patient = asked[0] ?? ownPatient(reader)
  const role = await admit(place.db, place.xroad, reader, patient, type)
  const { total, page } = await searchResources(place.db, type, patient, search, !isProfessional(role))
  const query = given.map(([name, value]) => `${name}=${value}`).join('&')
  // Who looked at who looked is not on record: only the patient and the parents can.
  if (type !== 'AuditEvent') await record(place, { reader, role, patient }, 'search-type', page, query)
  const included = search.includes.length > 0 ? await findPractitioners(place.db, practitionersIn(page)) : []
  return { type, total, page, included, search }
}

/** All documents of a patient's record that the reader may see, newest first, as one look. @throws FhirError 403, 503 */
export async function openRecord(
  place: Place,
  reader: Reader,
  patient: string,
): Promise<{ readonly role: Role; readonly documents: readonly Stored[] }> {
  const role = await admit(place.db, place.xroad, reader, patient, 'Patient')
  const documents = await recordDocuments(place.db, patient, !isProfessional(role))
  await record(place, { reader, role, patient }, 'search-type', documents)
  return { role, documents }
}

async function record(
  { db }: Place,
  who: { readonly reader: Reader; readonly role: Role; readonly patient: string },
  interaction: Interaction,
  found: readonly Stored[],
  query?: string,
): Promise<void> {
  const documents = found.map(({ type, id }) => `${type}/${id}`)
  const look = { ...who, interaction, documents, ...(query ? { query } : {}) }
  await inTransaction(db, (client) => recordLook(client, look))
}

/** Ids of the practitioners to whom documents refer. */
export function practitionersIn(documents: readonly { readonly body: Resource }[]): readonly string[] {
  const references = documents.flatMap(({ body }) => [
    body.requester,
    ...items(body.performer).map((one) => fields(one).actor ?? one),
    ...items(body.participant).map((one) => fields(one).individual),
  ])
  return [...new Set(references.flatMap((one) => referencedId(one, 'Practitioner') ?? []))]
}
