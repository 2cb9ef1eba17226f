import { createHash, randomBytes } from 'node:crypto'
import { Client } from 'fhir-kit-client'
import { expect, test } from 'vitest'
import { citizens, fullName, officials, type Person } from '../../../infra/services/kit/nation/nation.ts'
import { field, logIn, openBrowser } from '../../kit/browser.ts'
import type { State } from '../../kit/state.ts'

const BASE = 'http://health/fhir'
const APPS = {
  'my-health': 'mm.health.app:/callback',
  'doctors-desk': 'mm.health.desk:/callback',
} as const
const REASON = { 'X-Access-Reason': encodeURIComponent('Vastuvõtt') }

interface Bundle {
  readonly total: number
  readonly entry: readonly {
    readonly resource: Record<string, unknown>
    readonly search: { readonly mode: string }
  }[]
}

/** The FHIR interface with the stock `fhir-kit-client`. */
export function health(state: () => State): void {
  const patient = (): Person => citizens(state().land)[3] as Person
  const stranger = (): Person => citizens(state().land)[9] as Person
  const doctor = (): Person => officials(state().land, 'doctor')[0] as Person

  /** What a phone does: the addresses from SMART discovery, code flow with PKCE, the token. */
  const tokenFor = async (
    person: Person,
    app: keyof typeof APPS,
  ): Promise<{ access_token: string; patient: string }> => {
    const { authorizeUrl, tokenUrl } = await new Client({ baseUrl: BASE }).smartAuthMetadata()
    const browser = openBrowser()
    await logIn(state(), browser, 'health', person)
    const verifier = randomBytes(32).toString('base64url')
    const request = {
      client_id: app,
      redirect_uri: APPS[app],
      response_type: 'code',
      state: 's1',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      aud: BASE,
    }
    const page = await browser.open(`${authorizeUrl}?${new URLSearchParams(request)}`)
    const csrf = field(page, /name="csrf" value="([^"]+)"/)
    const back = await browser.send(
      String(authorizeUrl),
      { ...request, csrf, patient: person.code, allow: 'yes' },
      false,
    )
    const answer = new URL(back.headers.get('location') ?? '').searchParams
    expect(answer.get('state')).toBe('s1')
    const form = {
      grant_type: 'authorization_code',
      client_id: app,
      redirect_uri: APPS[app],
      code: answer.get('code') ?? '',
      code_verifier: verifier,
    }
    const exchange = () => fetch(String(tokenUrl), { method: 'POST', body: new URLSearchParams(form) })
    const token = await exchange()
    expect(token.status).toBe(200)
    expect(await (await exchange()).json()).toEqual({ error: 'invalid_grant' })
    return token.json()
  }
  const clientFor = async (person: Person, app: keyof typeof APPS): Promise<Client> =>
    new Client({ baseUrl: BASE, bearerToken: (await tokenFor(person, app)).access_token })

  /** Status and first issue of the OperationOutcome with which a call fails. */
  const failure = async (call: Promise<unknown>): Promise<readonly unknown[]> => {
    const error = Object(
      await call.then(
        () => ({}),
        (reason: unknown) => reason,
      ),
    )
    const { status, data } = Object(error.response)
    return [status, data?.resourceType, data?.issue?.[0]?.code]
  }
  const observation = (code: string) => ({
    resourceType: 'Observation' as const,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '4548-4', display: 'HbA1c' }] },
    subject: { reference: `Patient/${code}` },
    effectiveDateTime: '2026-11-20T08:00:00Z',
    valueQuantity: { value: 7.25, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  })

  test('the capability statement says R4 and where to log in', async () => {
    const client = new Client({ baseUrl: BASE })
    const statement = Object(await client.capabilityStatement())
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      kind: 'instance',
    })
    const types = statement.rest[0].resource.map(({ type }: { type: string }) => type)
    expect(types).toEqual(
      expect.arrayContaining(['Patient', 'Observation', 'MedicationRequest', 'Consent', 'AuditEvent']),
    )
    const smart = await client.smartAuthMetadata()
    expect(String(smart.authorizeUrl)).toBe('http://health/auth/authorize')
  })

  test('a citizen reads the own record with paging, and no other', async () => {
    const token = await tokenFor(patient(), 'my-health')
    expect(token.patient).toBe(patient().code)
    const client = new Client({ baseUrl: BASE, bearerToken: token.access_token })
    const me = Object(await client.read({ resourceType: 'Patient', id: patient().code }))
    expect(me).toMatchObject({ birthDate: patient().birth, name: [{ family: patient().family }] })

    const all = Object(
      await client.search({ resourceType: 'Observation', searchParams: { _count: '100' } }),
    ) as Bundle
    expect(all.total).toBeGreaterThan(1)
    const seen: unknown[] = []
    let bundle: unknown = await client.search({ resourceType: 'Observation', searchParams: { _count: '1' } })
    for (let turn = 0; bundle && turn < 50; turn++) {
      seen.push(...(bundle as Bundle).entry.map(({ resource }) => resource.id))
      bundle = await client.nextPage({ bundle: bundle as never })
    }
    expect(seen).toEqual(all.entry.map(({ resource }) => resource.id))
    const dates = all.entry.map(({ resource }) => String(resource.effectiveDateTime))
    expect(dates).toEqual(dates.toSorted().toReversed())

    expect(await failure(client.read({ resourceType: 'Patient', id: stranger().code }))).toEqual([
      403,
      'OperationOutcome',
      'forbidden',
    ])
    expect(
      await failure(
        client.search({ resourceType: 'Observation', searchParams: { patient: stranger().code } }),
      ),
    ).toEqual([403, 'OperationOutcome', 'forbidden'])
    expect(
      await failure(client.create({ resourceType: 'Observation', body: observation(patient().code) })),
    ).toEqual([403, 'OperationOutcome', 'forbidden'])
    expect(await failure(client.read({ resourceType: 'Observation', id: 'none' }))).toEqual([
      404,
      'OperationOutcome',
      'not-found',
    ])
    expect(await failure(client.read({ resourceType: 'Device', id: '1' }))).toEqual([
      404,
      'OperationOutcome',
      'not-supported',
    ])
    expect(
      await failure(new Client({ baseUrl: BASE }).read({ resourceType: 'Patient', id: patient().code })),
    ).toEqual([401, 'OperationOutcome', 'login'])
  }, 60_000)

  test('dates, codes, posted searches and included doctors', async () => {
    const client = await clientFor(patient(), 'my-health')
    const search = async (searchParams: Record<string, string>, options = {}): Promise<Bundle> =>
      Object(await client.search({ resourceType: 'Observation', searchParams, ...options }))
    const pressure = await search({ code: 'http://loinc.org|85354-9', _include: 'Observation:performer' })
    const [first] = pressure.entry
    expect(first?.resource).toMatchObject({ code: { coding: [{ code: '85354-9' }] } })
    expect(
      pressure.entry
        .filter(({ search: { mode } }) => mode === 'include')
        .map(({ resource }) => resource.resourceType),
    ).toContain('Practitioner')
    const day = String(first?.resource.effectiveDateTime).slice(0, 10)
    const count = async (date: string) => (await search({ date, _id: String(first?.resource.id) })).total
    expect(
      await Promise.all(
        [
          day,
          `ge${day}`,
          `le${day}`,
          `gt${day}`,
          `lt${day}`,
          `ne${day}`,
          `sa${day}`,
          `eb${day}`,
          day.slice(0, 4),
        ].map(count),
      ),
    ).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 1])
    const posted = await search({ code: '85354-9' }, { options: { postSearch: true } })
    expect(posted.total).toBe(pressure.total)
    expect((await search({ code: "x' or '1'='1" })).total).toBe(0)
    expect(await failure(search({ date: 'soon' }))).toEqual([400, 'OperationOutcome', 'value'])
    expect(await failure(search({ 'code:text': 'sugar' }))).toEqual([
      400,
      'OperationOutcome',
      'not-supported',
    ])
    expect((await search({ date: 'ge1000' })).total).toBeGreaterThan(0)
    expect((await search({ date: 'ap9998' })).total).toBe(0)

    const counted = await search({ code: '85354-9', _summary: 'count' })
    expect(counted).toMatchObject({ resourceType: 'Bundle', total: pressure.total })
    expect(counted.entry).toBeUndefined()
    const searches = Object(
      await client.search({ resourceType: 'AuditEvent', searchParams: { action: 'E' } }),
    ) as Bundle
    const entities = searches.entry.flatMap(({ resource }) => Object(resource.entity))
    expect(entities.filter(({ query }) => query).length).toBeGreaterThan(0)
    for (const { name, query } of entities) expect(name && query).toBeFalsy()
  }, 60_000)

  test('a doctor writes with a reason, in the own name, and the patient reads who it was', async () => {
    const desk = await clientFor(doctor(), 'doctors-desk')
    const phone = await clientFor(patient(), 'my-health')
    const written = Object(
      await desk.create({
        resourceType: 'Observation',
        body: observation(patient().code),
        options: { headers: REASON },
      }),
    )
    expect(written).toMatchObject({ meta: { versionId: '1' }, performer: [{ display: fullName(doctor()) }] })
    const read = Object(await phone.read({ resourceType: 'Observation', id: written.id }))
    expect(read.valueQuantity.value).toBe(7.25)

    const corrected = {
      ...written,
      status: 'corrected',
      valueQuantity: { ...written.valueQuantity, value: 7.5 },
    }
    const update = (version: string) =>
      desk.update({
        resourceType: 'Observation',
        id: written.id,
        body: corrected,
        options: { headers: { ...REASON, 'If-Match': `W/"${version}"` } },
      })
    expect(Object(await update('1'))).toMatchObject({ meta: { versionId: '2' }, status: 'corrected' })
    expect(await failure(update('1'))).toEqual([412, 'OperationOutcome', 'conflict'])
    const careless = desk.update({
      ...{ resourceType: 'Observation', id: written.id, body: corrected },
      options: { headers: { ...REASON, 'If-Match': 'zz' } },
    })
    expect(await failure(careless)).toEqual([400, 'OperationOutcome', 'value'])
    const first = Object(await phone.vread({ resourceType: 'Observation', id: written.id, version: '1' }))
    expect(first.valueQuantity.value).toBe(7.25)

    const events = Object(
      await phone.search({
        resourceType: 'AuditEvent',
        searchParams: { entity: `Observation/${written.id}`, action: 'C,U' },
      }),
    ) as Bundle
    expect(events.entry.map(({ resource }) => resource)).toMatchObject([
      {
        action: 'U',
        agent: [{ who: { display: fullName(doctor()) } }],
        purposeOfEvent: [{ text: 'Vastuvõtt' }],
      },
      { action: 'C' },
    ])

    const refused = (body: object, headers = REASON) =>
      failure(desk.create({ resourceType: 'Observation', body: body as never, options: { headers } }))
    const good = observation(patient().code)
    expect(await refused({ ...good, status: 'done' })).toEqual([422, 'OperationOutcome', 'value'])
    expect(await refused({ ...good, valueString: 'high' })).toEqual([400, 'OperationOutcome', 'structure'])
    expect(await refused({ ...good, effectiveDateTime: '2026-11-20T08:00:00' })).toEqual([
      400,
      'OperationOutcome',
      'value',
    ])
    expect(await refused({ ...good, price: 1 })).toEqual([400, 'OperationOutcome', 'structure'])
    expect(await refused({ ...good, subject: { reference: 'Patient/39912310000' } })).toEqual([
      422,
      'OperationOutcome',
      'business-rule',
    ])
    expect(await refused({ ...good, performer: [{ reference: 'Practitioner/D99999' }] })).toEqual([
      422,
      'OperationOutcome',
      'business-rule',
    ])
    expect(await refused(good, { 'X-Access-Reason': 'a%00b' })).toEqual([
      503,
      'OperationOutcome',
      'exception',
    ])
    expect(
      await failure(desk.search({ resourceType: 'Observation', searchParams: { code: '4548-4' } })),
    ).toEqual([400, 'OperationOutcome', 'required'])
    expect(
      await failure(
        desk.read({
          resourceType: 'AuditEvent',
          id: String(events.entry[0]?.resource.id),
          options: { headers: REASON },
        }),
      ),
    ).toEqual([403, 'OperationOutcome', 'forbidden'])
  }, 60_000)

  test('what is not JSON, not known or not allowed gets an OperationOutcome of the right kind', async () => {
    const token = (await tokenFor(patient(), 'my-health')).access_token
    const ask = async (path: string, init: RequestInit = {}) => {
      const answer = await fetch(`${BASE}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...init.headers },
      })
      expect(answer.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8')
      const { resourceType, issue } = await answer.json()
      return [answer.status, resourceType, issue?.[0]?.code]
    }
    expect(await ask('/Patient', { headers: { accept: 'application/fhir+xml' } })).toEqual([
      406,
      'OperationOutcome',
      'not-supported',
    ])
    expect(
      await ask('/Consent', {
        method: 'POST',
        body: '{',
        headers: { 'content-type': 'application/fhir+json' },
      }),
    ).toEqual([400, 'OperationOutcome', 'structure'])
    expect(
      await ask('/Consent', { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } }),
    ).toEqual([415, 'OperationOutcome', 'not-supported'])
    expect(await ask('/Observation/1', { method: 'DELETE' })).toEqual([
      405,
      'OperationOutcome',
      'not-supported',
    ])
    expect(await ask('/nothing/at/all')).toEqual([404, 'OperationOutcome', 'not-supported'])
    expect(await ask('/Patient/a%20b')).toEqual([400, 'OperationOutcome', 'value'])
    expect(await ask('/Observation?code=%00')).toEqual([400, 'OperationOutcome', 'invalid'])
    expect(await ask('/Observation?patient=%00')).toEqual([400, 'OperationOutcome', 'invalid'])
  }, 60_000)
}
