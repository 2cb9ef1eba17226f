import { inTransaction, type Queryable } from '../../kit/database.ts'
import { admit, isProfessional, type Role } from './access.ts'
import { recordLook } from './audit.ts'
import { FhirError, fields, items, type Resource, referencedId, referenceOf } from './fhir.ts'
import { indexValues } from './index-values.ts'
import type { Reader } from './reader.ts'
import { type Place, practitionersIn } from './reading.ts'
import { CLOSABLE, findResource, insertResource, type Stored, updateResource } from './store.ts'
import { validate } from './validate.ts'

const TREATMENT_DAYS = 90

/** Writes a new document into a patient's record. @throws FhirError 400, 403, 422, 503 */
export async function createDocument(
  place: Place,
  reader: Reader,
  type: string,
  given: unknown,
): Promise<Stored> {
  const { body, patient, role } = await checked(place, reader, type, given)
  return inTransaction(place.db, async (db) => {
    const stored = await insertResource(db, body, type === 'Consent' ? null : reader.doctor)
    if (type === 'Encounter' && reader.doctor) await startTreatment(db, reader.doctor, patient)
    const documents = [`${type}/${stored.id}`]
    await recordLook(db, { reader, role, patient, interaction: 'create', documents })
    return stored
  })
}

/**
 * Writes the next version of a document: its author may, and of a Consent the patient.
 * @throws FhirError 400, 403, 404, 409, 412, 422, 503
 */
export async function updateDocument(
  place: Place,
  reader: Reader,
  type: string,
  id: string,
  given: unknown,
  expectedVersion: string | undefined,
): Promise<Stored> {
  if (fields(given).id !== id)
    throw new FhirError(400, 'invalid', 'The id in the document is not that of the address', `${type}.id`)
  const { body, patient, role } = await checked(place, reader, type, given)
  return inTransaction(place.db, async (db) => {
    await db.query('select from resource where type = $1 and id = $2 for update', [type, id])
    const before = await findResource(db, type, id)
    if (!before)
      throw new FhirError(404, 'not-found', 'There is no such document, and ids are given by the server')
    if (before.patient !== patient)
      throw new FhirError(422, 'business-rule', 'A document stays with its patient', `${type}.subject`)
    if (before.closed && isProfessional(role))
      throw new FhirError(403, 'suppressed', 'The patient has closed this document')
    if (type !== 'Consent' && before.author !== reader.doctor)
      throw new FhirError(403, 'forbidden', 'Only its author may change a document')
    if (expectedVersion !== undefined && Number(expectedVersion) !== before.version)
      throw new FhirError(412, 'conflict', `The document is at version ${before.version} by now`)
    const stored = await updateResource(db, before, body)
    await recordLook(db, { reader, role, patient, interaction: 'update', documents: [`${type}/${id}`] })
    return stored
  })
}

async function checked(
  { db, xroad }: Place,
  reader: Reader,
  type: string,
  given: unknown,
): Promise<{ readonly body: Resource; readonly patient: string; readonly role: Role }> {
  if (reader.writes !== 'all' && reader.writes !== type)
    throw new FhirError(403, 'forbidden', `The access token does not allow to write a ${type}`)
  const body = validate(type, given)
  const patient = referencedId(body.subject ?? body.patient, 'Patient')
  if (!patient) throw new FhirError(422, 'required', 'The document must name the patient', `${type}.subject`)
  const role = await admit(db, xroad, reader, patient, type)
  const { rowCount } = await db.query(`select from resource where type = 'Patient' and id = $1`, [patient])
  if (rowCount === 0) throw new FhirError(422, 'business-rule', 'There is no such patient', `${type}.subject`)
  if (type === 'Consent') {
    await checkClosed(db, body, patient)
    return { body, patient, role }
  }
  if (!isProfessional(role) || reader.doctor === null)
    throw new FhirError(403, 'forbidden', `Only a doctor writes a ${type}`)
  if (practitionersIn([{ body }]).some((id) => id !== reader.doctor))
    throw new FhirError(422, 'business-rule', 'Doctors write in their own name')
  const visit = referenceOf(body.encounter)
  if (visit !== undefined) {
    const encounter = await findResource(db, 'Encounter', referencedId(body.encounter, 'Encounter') ?? '')
    if (encounter?.patient !== patient)
      throw new FhirError(422, 'business-rule', 'The patient has no such visit', `${type}.encounter`)
  }
  return { body: signed(body, reader), patient, role }
}

/** What a Consent closes must be documents of that patient. */
async function checkClosed(db: Queryable, consent: Resource, patient: string): Promise<void> {
  for (const target of indexValues(consent).closes.filter((one) => one !== '*')) {
    const [type = '', id = ''] = target.split('/')
    const document = CLOSABLE.includes(type) ? await findResource(db, type, id) : null
    if (document?.patient !== patient)
      throw new FhirError(
        422,
        'business-rule',
        `The patient has no document ${target}`,
        'Consent.provision.data',
      )
  }
}

/** The document with the doctor as its author, where it names none. */
function signed(body: Resource, { doctor, name }: Reader): Resource {
  const me = { reference: `Practitioner/${doctor}`, display: name }
  if (body.resourceType === 'Observation') return { ...body, performer: [me] }
  if (body.resourceType === 'Immunization') return { ...body, performer: [{ actor: me }] }
  if (body.resourceType === 'MedicationRequest')
    return { ...body, requester: me, authoredOn: body.authoredOn ?? new Date().toISOString() }
  const others = items(body.participant).filter((one) => !fields(one).individual)
  return { ...body, participant: [...others, { individual: me }] }
}

async function startTreatment(db: Queryable, doctor: string, patient: string): Promise<void> {
  await db.query(
    `insert into treatment (practitioner, patient, until) values ($1, $2, now() + make_interval(days => $3))
     on conflict (practitioner, patient) do update set until = greatest(treatment.until, excluded.until)`,
    [doctor, patient, TREATMENT_DAYS],
  )
}
