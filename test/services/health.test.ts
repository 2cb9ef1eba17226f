import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { finishLogin, startLogin } from '../../infra/probe/src/apps/health.ts'
import { APPS, grantedScopes } from '../../infra/services/health/src/apps.ts'
import { auditEvent } from '../../infra/services/health/src/audit.ts'
import { searchset } from '../../infra/services/health/src/bundle.ts'
import { capabilityStatement } from '../../infra/services/health/src/capability.ts'
import { closingConsent } from '../../infra/services/health/src/closing.ts'
import { lineOf } from '../../infra/services/health/src/display.ts'
import { bloodPressure, immunization, prescription } from '../../infra/services/health/src/documents.ts'
import { isUnderAge } from '../../infra/services/health/src/family.ts'
import { FhirError, operationOutcome, type Resource } from '../../infra/services/health/src/fhir.ts'
import {
  dateCondition,
  PREFIXES,
  readDateParameter,
  spanOf,
} from '../../infra/services/health/src/fhir-dates.ts'
import { indexValues } from '../../infra/services/health/src/index-values.ts'
import { narrative } from '../../infra/services/health/src/narrative.ts'
import { KINDS, patientsAsked, readSearch } from '../../infra/services/health/src/parameters.ts'
import { type Reader, readReason } from '../../infra/services/health/src/reader.ts'
import { historyOf } from '../../infra/services/health/src/seed-history.ts'
import { verifierFits } from '../../infra/services/health/src/tokens.ts'
import { validate } from '../../infra/services/health/src/validate.ts'
import { NATION_YEAR, nation } from '../../infra/services/kit/nation/nation.ts'

import { DOCTOR, head, MARI, refusal, result } from './health-fixture.ts'

beforeAll(() => {
  process.env.BASE_URL = 'http://health'
})

test('a date means the whole of what it names', () => {
  const iso = (text: string) => {
    const span = spanOf(text)
    return span && [new Date(span.from).toISOString(), new Date(span.to).toISOString()]
  }
  expect(iso('2026')).toEqual(['2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'])
  expect(iso('2024-02')).toEqual(['2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'])
  expect(iso('2024-02-29')).toEqual(['2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'])
  expect(iso('2026-05-03T10:00:00+03:00')).toEqual(['2026-05-03T07:00:00.000Z', '2026-05-03T07:00:01.000Z'])
  for (const bad of [
    '',
    '26',
    '2026-13',
    '2026-02-30',
    '2026-05-03T25:00',
    '0000',
    '9999',
    "2026'--",
    '2026-05-03 10:00',
  ])
    expect(spanOf(bad), bad).toBeNull()
})

test('every moment is within the day, month and year that hold it', () => {
  const min = new Date('1900-01-01T00:00:00Z')
  const max = new Date('2100-01-01T00:00:00Z')
  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
      const text = date.toISOString()
      for (const length of [4, 7, 10, 19]) {
        const span = spanOf(length === 19 ? `${text.slice(0, 19)}Z` : text.slice(0, length))
        expect(span && span.from <= date.getTime() && date.getTime() < span.to).toBe(true)
      }
    }),
  )
})

test('prefixes of date parameters', () => {
  expect(readDateParameter('ge2026')?.prefix).toBe('ge')
  expect(readDateParameter('2026')?.prefix).toBe('eq')
  expect(readDateParameter('xx2026')).toBeNull()
  for (const prefix of PREFIXES) expect(readDateParameter(`${prefix}2026-05-03`)?.prefix).toBe(prefix)
  expect(dateCondition('sa', '$1', '$2')).toBe('starts >= $2')
  expect(dateCondition('eb', '$1', '$2')).toBe('ends <= $1')
  expect(dateCondition('eq', '$1', '$2')).toBe('(starts >= $1 and ends <= $2)')
})

test('search parameters become conditions with bound values only', () => {
  const search = readSearch('Observation', [
    ['code', 'http://loinc.org|4548-4,718-7'],
    ['date', 'ge2026-01'],
    ['patient', MARI],
    ['_count', '500'],
    ['_offset', '20'],
    ['_include', 'Observation:performer'],
    ['colour', 'red'],
  ])
  expect(search.conditions).toEqual([
    'tokens && $1',
    '((ends > to_timestamp($3::float8) or (starts >= to_timestamp($2::float8) and ends <= to_timestamp($4::float8))))',
  ])
  expect(search.values[0]).toEqual(['code:http://loinc.org|4548-4', 'code:718-7'])
  expect(search).toMatchObject({ count: 100, offset: 20, newestFirst: true, includes: ['performer'] })
  expect(search.used.map(([name]) => name)).toEqual(['code', 'date', 'patient', '_include'])
  expect(readSearch('Observation', [['performer', 'D1']]).values).toEqual([['performer:Practitioner/D1']])
  expect(
    readSearch('Encounter', [['date', 'ap2026-05-03']], { now: Date.parse('2026-05-13') }).values,
  ).toEqual([Date.parse('2026-05-02') / 1000, Date.parse('2026-05-05') / 1000])
})

test('every bound value is used', () => {
  for (const prefix of PREFIXES) {
    const { conditions, values } = readSearch('Observation', [['date', `${prefix}2026-05`]])
    for (const i of values.keys()) expect(conditions.join(), prefix).toContain(`$${i + 1}::`)
  }
})

test('nothing that a searcher writes gets into the SQL', () => {
  const names = [...Object.keys(KINDS.Observation?.parameters ?? {}), '_id', '_lastUpdated', 'x']
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.string(), (name, value) => {
      try {
        const { conditions } = readSearch('Observation', [[name, value]])
        for (const condition of conditions) expect(condition).toMatch(/^[\w\s&=<>().$:]+$/)
      } catch (error) {
        expect(error).toBeInstanceOf(FhirError)
      }
    }),
  )
})

test('searches that can not be done are refused, not guessed', () => {
  const ask = (name: string, value: string, options = {}) =>
    refusal(() => readSearch('Observation', [[name, value]], options)).slice(0, 2)
  expect(ask('date', 'yesterday')).toEqual([400, 'value'])
  expect(ask('code:text', 'sugar')).toEqual([400, 'not-supported'])
  expect(ask('_count', '-1')).toEqual([400, 'value'])
  expect(ask('_sort', 'code')).toEqual([400, 'not-supported'])
  expect(ask('_include', 'Observation:subject')).toEqual([400, 'not-supported'])
  expect(ask('code', 'a\u0000')).toEqual([400, 'value'])
  expect(ask('colour', 'red', { strict: true })).toEqual([400, 'not-supported'])
})

test('the patient is found in each way a search may name one', () => {
  expect(patientsAsked('Observation', [['patient', `Patient/${MARI}`]])).toEqual([MARI])
  expect(
    patientsAsked('Observation', [
      ['subject', `http://health/fhir/Patient/${MARI}`],
      ['patient', MARI],
    ]),
  ).toEqual([MARI])
  expect(
    patientsAsked('Patient', [['identifier', `http://meremaa.example/sid/personal-code|${MARI}`]]),
  ).toEqual([MARI])
  expect(patientsAsked('Observation', [['patient', `${MARI},38001010000`]])).toHaveLength(2)
  expect(patientsAsked('Observation', [['_id', MARI]])).toEqual([])
})

test('what the service writes itself is valid by its own rules', () => {
  const documents = [
    result,
    bloodPressure(head, 120, 80),
    prescription(head, 'A10BA02', '1 x 1'),
    immunization(head, 'J07BB02'),
  ]
  for (const document of [
    ...documents,
    closingConsent(MARI, 'Observation/1', new Date()),
    closingConsent(MARI, '*', new Date()),
  ])
    expect(validate(document.resourceType, document)).toEqual(document)
})

test('a document that is not one is refused with the place', () => {
  const changed = (changes: object) => refusal(() => validate('Observation', { ...result, ...changes }))
  expect(changed({ code: undefined })).toEqual([422, 'required', 'Observation.code'])
  expect(changed({ status: 'done' })).toEqual([422, 'value', 'Observation.status'])
  expect(changed({ price: 5 })).toEqual([400, 'structure', 'Observation.price'])
  expect(changed({ effectiveDateTime: '3.5.2026' })).toEqual([400, 'value', 'Observation.effectiveDateTime'])
  expect(changed({ valueQuantity: { value: '6.1' } })).toEqual([
    400,
    'value',
    'Observation.valueQuantity.value',
  ])
  expect(changed({ category: {} })).toEqual([400, 'structure', 'Observation.category'])
  expect(changed({ category: [{ coding: [{ code: ' x' }] }] })).toEqual([
    400,
    'value',
    'Observation.category[0].coding[0].code',
  ])
  expect(changed({ resourceType: 'Patient' })).toEqual([400, 'invalid', 'Observation.resourceType'])
  expect(changed({ note: [{ text: 'a\u0000b' }] })).toEqual([400, 'value', 'Observation.note[0].text'])
  expect(changed({ note: [{ text: '\ud800' }] })).toEqual([400, 'value', 'Observation.note[0].text'])
  for (const div of [
    '<p>no div</p>',
    '<div>no namespace</div>',
    '<div xmlns="http://www.w3.org/1999/xhtml">',
    'text',
  ])
    expect(changed({ text: { status: 'additional', div } })).toEqual([400, 'value', 'Observation.text.div'])
})

test('anything at all is either valid or an OperationOutcome', () => {
  fc.assert(
    fc.property(fc.constantFrom('Observation', 'Consent', 'Encounter'), fc.anything(), (type, body) => {
      expect([400, 422]).toContain(refusal(() => validate(type, body))[0])
    }),
  )
})

test('what is found by is what the document says', () => {
  const values = indexValues(bloodPressure({ ...head, visit: 'v1' }, 120, 80))
  expect(values).toMatchObject({
    patient: MARI,
    status: 'final',
    encounter: 'v1',
    starts: '2026-05-03T07:00:00.000Z',
    ends: '2026-05-03T07:00:01.000Z',
  })
  for (const token of [
    'code:85354-9',
    'code:http://loinc.org|8480-6',
    'performer:Practitioner/D10001',
    'category:vital-signs',
  ])
    expect(values.tokens).toContain(token)
  expect(indexValues(closingConsent(MARI, 'Observation/1', new Date())).closes).toEqual(['Observation/1'])
  expect(indexValues(closingConsent(MARI, '*', new Date())).closes).toEqual(['*'])
})

test('a bundle of a search leads to its neighbours', () => {
  const search = {
    ...readSearch('Observation', [
      ['code', '4548-4'],
      ['_count', '1'],
    ]),
    offset: 1,
  }
  const stored = {
    type: 'Observation',
    id: 'a',
    version: 2,
    updated: new Date(0),
    patient: MARI,
    author: null,
    closed: false,
    body: result,
  }
  const bundle = searchset({ type: 'Observation', total: 3, page: [stored], included: [], search })
  expect(bundle).toMatchObject({
    total: 3,
    link: [
      { relation: 'self', url: 'http://health/fhir/Observation?code=4548-4&_count=1&_offset=1' },
      { relation: 'first', url: 'http://health/fhir/Observation?code=4548-4&_count=1' },
      { relation: 'previous', url: 'http://health/fhir/Observation?code=4548-4&_count=1' },
      { relation: 'next', url: 'http://health/fhir/Observation?code=4548-4&_count=1&_offset=2' },
    ],
    entry: [
      {
        fullUrl: 'http://health/fhir/Observation/a',
        search: { mode: 'match' },
        resource: { meta: { versionId: '2' } },
      },
    ],
  })
})

test('the capability statement says what the parameters table says', () => {
  const rest = Object(capabilityStatement()).rest[0]
  expect(rest.resource.map(({ type }: { type: string }) => type)).toEqual(Object.keys(KINDS))
  const audit = rest.resource.find(({ type }: { type: string }) => type === 'AuditEvent')
  expect(audit.interaction).toEqual([{ code: 'read' }, { code: 'vread' }, { code: 'search-type' }])
  expect(operationOutcome(new FhirError(404, 'not-found', 'no'))).toEqual({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'not-found', diagnostics: 'no' }],
  })
})

test('a narrative is shown without anything that acts', async () => {
  const shown = async (inner: string) =>
    String(await narrative(`<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`))
  expect(await shown('<p onclick="x()">Tere <b>Mari</b><br/>&lt;ok&gt;</p>')).toBe(
    '<div><p>Tere <b>Mari</b><br>&lt;ok&gt;</p></div>',
  )
  expect(
    await shown('<script>x()</script><meta http-equiv="refresh" content="0"/><a href="javascript:x()">y</a>'),
  ).toBe('<div>y</div>')
  expect(await shown('<svg onload="x()"><p>a</p></svg><![CDATA[<script>]]><!-- c -->')).toBe(
    '<div><p>a</p>&lt;script&gt;</div>',
  )
  expect(String(await narrative('<div><script>'))).not.toContain('<script>')
})

test('whatever a narrative holds, only known elements without attributes come out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string(),
      fc.constantFrom('p', 'script', 'img', 'svg', 'b', 'iframe'),
      async (words, name) => {
        const out = String(await narrative(`<div><${name} a="${words}" onload="x">${words}</${name}></div>`))
        for (const tag of out.match(/<[^>]*>/g) ?? [])
          expect(tag).toMatch(/^<\/?(div|p|b|i|br|ul|ol|li|em|strong|table|tbody|tr|t[hd])>$/)
      },
    ),
  )
})

test('documents are shown in the reader’s language', () => {
  expect(lineOf('et', bloodPressure(head, 120, 80))).toMatchObject({
    what: 'Vererõhk',
    result: '120 mm[Hg] / 80 mm[Hg]',
    doctor: 'Jaan Tamm',
  })
  expect(lineOf('ja', prescription(head, 'A10BA02', '1 x 1'))).toMatchObject({
    what: 'メトホルミン',
    result: '1 x 1',
  })
  expect(lineOf('en', { resourceType: 'Observation', code: { text: 'constructor' } }).what).toBe(
    'constructor',
  )
})

test('an AuditEvent names who, why and what', () => {
  const system = { memberCode: '10000003', subsystem: 'clinic', user: '1', messageId: 'm' }
  const reader: Reader = {
    code: '1',
    name: 'Dr A',
    doctor: 'D1',
    onlyPatient: null,
    writes: 'all',
    system,
    reason: 'Konsultatsioon',
  }
  const look = {
    reader,
    role: 'stated',
    patient: MARI,
    interaction: 'read',
    documents: ['Observation/1'],
  } as const
  const event: Resource = auditEvent(look, 'm', new Date('2026-05-03T10:00:00Z'))
  expect(event).toMatchObject({
    action: 'R',
    recorded: '2026-05-03T10:00:00.000Z',
    purposeOfEvent: [{ coding: [{ code: 'BTG' }], text: 'Konsultatsioon' }],
    agent: [{ who: { reference: 'Practitioner/D1', display: 'Dr A' } }],
    source: { site: 'Kivilinn Hospital' },
  })
  expect(indexValues(event)).toMatchObject({
    patient: MARI,
    tokens: expect.arrayContaining(['entity:Observation/1', 'agent:Practitioner/D1', 'action:R']),
  })
})

test('reasons, scopes and verifiers', () => {
  expect(readReason('Vastuv%C3%B5tt')).toBe('Vastuvõtt')
  expect(readReason('  ')).toBeNull()
  expect(readReason('x'.repeat(900))).toHaveLength(500)
  expect(refusal(() => readReason('%E0%A4'))).toEqual([400, 'value', undefined])
  const app = APPS['my-health']
  if (!app) throw new Error('the app is not registered')
  expect(grantedScopes(app, 'patient/*.rs user/*.cruds openid')).toEqual(['patient/*.rs'])
  expect(grantedScopes(app, 'user/*.cruds')).toEqual([])
  const login = Object(startLogin({}, {} as never))
  expect(verifierFits(login.verifier, login.challenge)).toBe(true)
  expect(verifierFits(`${login.verifier}x`, login.challenge)).toBe(false)
  expect(verifierFits('', login.challenge)).toBe(false)
  const location = `mm.health.app:/callback?code=c1&state=${login.state}`
  expect(finishLogin({ location, state: login.state }, {} as never)).toEqual({ code: 'c1' })
  expect(() => finishLogin({ location, state: 'other' }, {} as never)).toThrow('another login')
})

test('the seeded past agrees with the people: adults have results, children are vaccinated by their age', () => {
  const land = nation('health-test')
  const team = { family: DOCTOR, hospital: DOCTOR }
  for (const person of land.persons.slice(0, 150)) {
    const documents = historyOf(land.seed, person, team)
    const types = new Set(documents.map(({ body }) => body.resourceType))
    expect(indexValues(documents[0]?.body as Resource).patient).toBe(person.code)
    expect(types.has('Observation')).toBe(true)
    const child = isUnderAge(person.birth)
    expect(types.has('Immunization'), person.birth).toBe(
      child || NATION_YEAR - Number(person.birth.slice(0, 4)) === 18,
    )
    for (const { body } of documents) {
      const { starts } = indexValues(body)
      expect(starts && starts >= person.birth && starts < `${NATION_YEAR}-06-02`).toBe(true)
      expect(() => validate(body.resourceType, body)).not.toThrow()
    }
    expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length)
  }
})
