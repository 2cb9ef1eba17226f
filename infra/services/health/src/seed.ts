import { insertRows, type Queryable } from '../../kit/database.ts'
import { employerOf, fullName, nation, officials, type Person } from '../../kit/nation/nation.ts'
import { randomStream } from '../../kit/nation/random.ts'
import { environment } from '../../kit/secrets.ts'
import type { Resource } from './fhir.ts'
import { indexValues } from './index-values.ts'
import { type Draft, historyOf, type Team } from './seed-history.ts'

export const PERSONAL_CODE = 'http://meremaa.example/sid/personal-code'
export const REGISTRATION = 'http://meremaa.example/sid/health-professional'
const BATCH = 400

/** The seeded nation's doctors, patients, who treats whom, and what their records hold. */
export async function seed(db: Queryable): Promise<void> {
  const land = nation(environment('KILP_SEED'))
  const doctors = officials(land, 'doctor').map((person, i) => ({
    person,
    id: `D${String(10_001 + i * 37)}`,
  }))
  const hospital = doctors[0] && employerOf(land, doctors[0].person)
  if (!hospital) throw new Error('the nation has no doctors')
  await insertRows(
    db,
    'practitioner',
    doctors.map(({ person, id }) => ({ code: person.code, id, name: fullName(person) })),
  )

  const documents: Draft[] = [
    organisation('hospital', hospital.name, hospital.code),
    { ...organisation('family-doctors', 'Kivilinna Perearstikeskus', '70099001') },
    ...doctors.map(({ person, id }) => practitioner(person, id)),
  ]
  const treatment: object[] = []
  for (const patient of land.persons) {
    // A household has one family doctor; nobody is their own.
    const next = randomStream(`health/${land.seed}/${patient.address.street}`)
    const others = doctors.filter(({ person }) => person.code !== patient.code)
    const family = others[Math.floor(next() * others.length)]
    const surgeon = others[Math.floor(next() * others.length)]
    if (!family || !surgeon) continue
    treatment.push({ practitioner: family.id, patient: patient.code, since: '2024-01-01', until: 'infinity' })
    const team: Team = {
      family: { id: family.id, name: fullName(family.person) },
      hospital: { id: surgeon.id, name: fullName(surgeon.person) },
    }
    documents.push(patientResource(patient, team), ...historyOf(land.seed, patient, team))
    if (documents.length >= BATCH) await insertDocuments(db, documents.splice(0))
  }
  await insertDocuments(db, documents)
  await insertRows(db, 'treatment', treatment)
  await db.query(
    `insert into resource_version (type, id, version, updated, body) select type, id, version, updated, body from resource`,
  )
}

async function insertDocuments(db: Queryable, drafts: readonly Draft[]): Promise<void> {
  const rows = drafts.map(({ id, author, patient, body }) => {
    const values = indexValues(body)
    return {
      type: body.resourceType,
      id,
      version: 1,
      author,
      ...values,
      patient: patient ?? values.patient,
      updated: values.starts ?? '2024-01-01',
      body,
    }
  })
  await insertRows(db, 'resource', rows)
}

const organisation = (id: string, name: string, code: string): Draft => ({
  id,
  author: null,
  body: {
    resourceType: 'Organization',
    active: true,
    identifier: [{ system: 'http://meremaa.example/sid/register-code', value: code }],
    name,
  },
})

const practitioner = (person: Person, id: string): Draft => ({
  id,
  author: null,
  body: {
    resourceType: 'Practitioner',
    active: true,
    identifier: [{ system: REGISTRATION, value: id }],
    name: [{ use: 'official', family: person.family, given: [person.given], prefix: ['Dr'] }],
    gender: genderOf(person),
  },
})

const patientResource = (person: Person, { family }: Team): Draft => {
  const body: Resource = {
    resourceType: 'Patient',
    active: true,
    identifier: [{ system: PERSONAL_CODE, value: person.code }],
    name: [{ use: 'official', family: person.family, given: [person.given] }],
    gender: genderOf(person),
    birthDate: person.birth,
    generalPractitioner: [{ reference: `Practitioner/${family.id}`, display: family.name }],
  }
  return { id: person.code, patient: person.code, author: null, body }
}

const genderOf = ({ sex }: Person): string => (sex === 'M' ? 'male' : 'female')
