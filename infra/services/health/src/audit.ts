import { randomUUID } from 'node:crypto'
import type { Queryable } from '../../kit/database.ts'
import type { Text } from '../../kit/html.ts'
import { organisationName } from '../../kit/members.ts'
import { recordUsage } from '../../kit/xroad-provider.ts'
import { isProfessional, type Role } from './access.ts'
import { FhirError, type Resource } from './fhir.ts'
import type { Reader } from './reader.ts'
import { insertResource } from './store.ts'

export type Interaction = 'read' | 'vread' | 'search-type' | 'create' | 'update'

/** One access to a patient's record. */
export interface Look {
  readonly reader: Reader
  readonly role: Role
  readonly patient: string
  readonly interaction: Interaction
  /** What was given out or changed, `Observation/123`. */
  readonly documents: readonly string[]
  /** The query of a search, as it came. */
  readonly query?: string
}

const READ: Text = {
  en: 'Health records were read',
  et: 'Loeti terviseandmeid',
  ja: '診療記録が閲覧されました',
}
const WRITTEN: Text = {
  en: 'Health records were written',
  et: 'Kirjutati terviseandmeid',
  ja: '診療記録が記入されました',
}
const ACTIONS: Readonly<Record<Interaction, 'C' | 'R' | 'U' | 'E'>> = {
  read: 'R',
  vread: 'R',
  'search-type': 'E',
  create: 'C',
  update: 'U',
}
const SYSTEM_OBJECT = { system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code: '2' }
const QUERY = { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '24' }
const PURPOSES: Readonly<Record<Role, string>> = {
  self: 'PATRQT',
  parent: 'FAMRQT',
  treating: 'TREAT',
  stated: 'BTG',
}

/**
 * Puts an access on record, as AuditEvent and, when it was not the patient's own, in the journal of the Data Tracker. Call it in a
 * transaction and before anything is given out: what can not be recorded is not shown.
 * @throws FhirError 503 when the record could not be made
 */
export async function recordLook(db: Queryable, look: Look): Promise<void> {
  const { reader, patient, interaction } = look
  const changes = interaction === 'create' || interaction === 'update'
  try {
    const messageId = reader.system.messageId || randomUUID()
    const caller = { ...reader.system, messageId }
    await insertResource(db, auditEvent(look, messageId, new Date()), reader.doctor)
    await recordUsage(db, caller, { subject: patient, action: changes ? WRITTEN : READ })
  } catch (error) {
    console.error(`no record of the access: ${String(error)}`)
    throw new FhirError(503, 'exception', 'The access could not be put on record, so nothing is given out')
  }
}

/** The AuditEvent of one access (R4, profile RESTful interaction). */
export function auditEvent(look: Look, messageId: string, now: Date): Resource {
  const { reader, role, patient, interaction, documents, query } = look
  const organisation = organisationName(reader.system.memberCode).en
  const who =
    reader.doctor && isProfessional(role)
      ? { reference: `Practitioner/${reader.doctor}`, display: reader.name }
      : { reference: `Patient/${reader.code}`, display: reader.name }
  const purpose = {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: PURPOSES[role] }],
    ...(reader.reason && isProfessional(role) ? { text: reader.reason } : {}),
  }
  return {
    resourceType: 'AuditEvent',
    type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
    subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: interaction }],
    action: ACTIONS[interaction],
    recorded: now.toISOString(),
    outcome: '0',
    purposeOfEvent: [purpose],
    agent: [
      {
        who,
        requestor: true,
        network: { address: `${reader.system.memberCode}/${reader.system.subsystem}`, type: '5' },
      },
    ],
    source: {
      site: organisation,
      observer: { display: 'Health information system' },
      type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4' }],
    },
    entity: [
      {
        what: { reference: `Patient/${patient}` },
        role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '1' },
      },
      ...documents.map((reference) => ({
        what: { reference },
        role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '4' },
      })),
      ...(query ? [{ type: SYSTEM_OBJECT, role: QUERY, query: Buffer.from(query).toString('base64') }] : []),
      // An entity has a name or a query, never both (invariant sev-1).
      { name: messageId },
    ],
  }
}
