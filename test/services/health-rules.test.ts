import { beforeAll, expect, test } from 'vitest'
import { auditEvent } from '../../infra/services/health/src/audit.ts'
import { searchset } from '../../infra/services/health/src/bundle.ts'
import { readDateParameter } from '../../infra/services/health/src/fhir-dates.ts'
import { fhirRoutes } from '../../infra/services/health/src/fhir-routes.ts'
import { indexValues } from '../../infra/services/health/src/index-values.ts'
import { readSearch } from '../../infra/services/health/src/parameters.ts'
import type { Reader } from '../../infra/services/health/src/reader.ts'
import { validate } from '../../infra/services/health/src/validate.ts'

import { MARI, refusal, result } from './health-fixture.ts'

beforeAll(() => {
  process.env.BASE_URL = 'http://health'
})

test('no entity of an AuditEvent has both a name and a query (sev-1), and the query of a search is all there', () => {
  const system = { memberCode: '10000003', subsystem: 'clinic', user: '1', messageId: 'm' }
  const reader = { code: MARI, name: 'Mari', doctor: null, system, reason: null } as unknown as Reader
  const query = 'code=4548-4&date=ge2026&name=õ'
  for (const interaction of ['read', 'vread', 'search-type', 'create', 'update'] as const)
    for (const documents of [[], ['Observation/1', 'Observation/2']]) {
      const event = auditEvent(
        {
          reader,
          role: 'self',
          patient: MARI,
          interaction,
          documents,
          ...(interaction === 'search-type' ? { query } : {}),
        },
        'message-1',
        new Date(),
      )
      const entities = event.entity as readonly Readonly<Record<string, string>>[]
      for (const entity of entities) expect('name' in entity && 'query' in entity).toBe(false)
      expect(entities.filter(({ name }) => name === 'message-1')).toHaveLength(1)
      const queries = entities.flatMap(({ query: one }) =>
        one ? [Buffer.from(one, 'base64').toString()] : [],
      )
      expect(queries).toEqual(interaction === 'search-type' ? [query] : [])
      expect(indexValues(event).patient).toBe(MARI)
    }
})

test('a value[x] is there once, of whichever type', () => {
  const changed = (changes: object) => refusal(() => validate('Observation', { ...result, ...changes }))
  expect(changed({ valueString: 'high' })).toEqual([400, 'structure', 'Observation.value'])
  expect(changed({ valueQuantity: undefined, valueString: 'a', valueBoolean: false })).toEqual([
    400,
    'structure',
    'Observation.value',
  ])
  const component = { code: { text: 'a' }, valueBoolean: false, valueString: 'b' }
  expect(changed({ component: [{ ...component, valueString: undefined }, component] })).toEqual([
    400,
    'structure',
    'Observation.component[1].value',
  ])
  for (const one of [{ valueString: 'a' }, { valueBoolean: false }, {}])
    expect(changed({ valueQuantity: undefined, ...one })).toEqual(['nothing'])
})

test('a time of the day has seconds and a zone in a resource, and may have none in a search', () => {
  const at = (effectiveDateTime: string) =>
    refusal(() => validate('Observation', { ...result, effectiveDateTime }))
  for (const good of [
    '2026',
    '2026-05',
    '2026-05-03',
    '2026-05-03T10:00:00Z',
    '2026-05-03T00:00:00.5+14:00',
    '2026-05-03T23:59:59-03:30',
  ])
    expect(at(good), good).toEqual(['nothing'])
  for (const bad of [
    '2026-05-03T10:00:00',
    '2026-05-03T10:00',
    '2026-05-03T10:00Z',
    '2026-05-03T10:00:00.5',
    '2026-05-03T24:00:00Z',
    '2026-05-03T10:00:00+15:00',
    '2026-05-03T10:00:00+14:30',
    '2026-05-03T10:00:00z',
  ])
    expect(at(bad), bad).toEqual([400, 'value', 'Observation.effectiveDateTime'])
  for (const searched of ['2026-05-03T10:00', 'ge2026-05-03T10:00:00'])
    expect(readDateParameter(searched), searched).not.toBeNull()
})

test('_summary=count asks for the number alone', () => {
  const bundleOf = (...given: [string, string][]) => {
    const search = readSearch('Observation', given)
    return { search, bundle: searchset({ type: 'Observation', total: 3, page: [], included: [], search }) }
  }
  const { search, bundle } = bundleOf(
    ['code', '4548-4'],
    ['_summary', 'count'],
    ['_count', '50'],
    ['_offset', '2'],
  )
  expect(search).toMatchObject({ count: 0, offset: 0 })
  expect(bundle).toMatchObject({ total: 3, link: [{ relation: 'self' }] })
  expect(Object(bundle).link[0].url).toContain('code=4548-4&_summary=count')
  for (const none of [bundle, bundleOf(['_count', '0']).bundle, bundleOf(['code', 'x']).bundle])
    expect(none).not.toHaveProperty('entry')
  expect(bundleOf(['_summary', 'false']).search.count).toBe(20)
  expect(bundleOf(['_summary', 'text']).search.count).toBe(20)
  expect(refusal(() => readSearch('Observation', [['_summary', 'zz']])).slice(0, 2)).toEqual([400, 'value'])
  expect(
    refusal(() => readSearch('Observation', [['_summary', 'text']], { strict: true })).slice(0, 2),
  ).toEqual([400, 'not-supported'])
})

test('an If-Match that names no version is refused, and changes nothing', async () => {
  const body = { ...result, id: 'a' }
  const stored = {
    type: 'Observation',
    id: 'a',
    version: 3,
    patient: MARI,
    author: 'D10001',
    closed: false,
    body: result,
  }
  const written: string[] = []
  const client = {
    async query(sql: string) {
      if (sql.startsWith('insert')) written.push(sql)
      if (sql.includes('from treatment')) return { rows: [], rowCount: 1 }
      return { rows: [{ ...stored, updated: new Date(0) }], rowCount: 1 }
    },
    release: () => undefined,
  }
  const doctor = { code: '1', doctor: 'D10001', name: 'Dr', onlyPatient: null, writes: 'all', reason: null }
  const reader = {
    ...doctor,
    system: { memberCode: '10000003', subsystem: 'clinic', user: '1', messageId: 'm' },
  }
  const db = { ...client, connect: async () => client }
  const routes = fhirRoutes(db as never, {} as never, async () => reader as never)
  const put = async (condition: string | null) => {
    const headers = {
      'content-type': 'application/fhir+json',
      ...(condition === null ? {} : { 'if-match': condition }),
    }
    const answer = await routes.request('/Observation/a', {
      method: 'PUT',
      headers,
      body: JSON.stringify(body),
    })
    return [answer.status, Object(await answer.json()).resourceType]
  }
  for (const bad of ['zz', '', '3', 'W/3', '"a"', 'W/"3', 'W/"3", W/"4"', 'W/""', '"-3"'])
    expect(await put(bad), bad).toEqual([400, 'OperationOutcome'])
  expect(await put('W/"2"')).toEqual([412, 'OperationOutcome'])
  expect(written).toEqual([])
  for (const good of ['W/"3"', '"3"', '*', null])
    expect(await put(good), String(good)).toEqual([200, 'Observation'])
})
