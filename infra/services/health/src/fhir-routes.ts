import { type Context, Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { searchset } from './bundle.ts'
import { capabilityStatement } from './capability.ts'
import { answer, FhirError, fhirBase, operationOutcome } from './fhir.ts'
import { KINDS } from './parameters.ts'
import type { ReaderOf } from './reader.ts'
import { openDocument, openVersion, searchRecord } from './reading.ts'
import { resourceOf, type Stored } from './store.ts'
import { createDocument, updateDocument } from './writing.ts'

/** The FHIR R4 interface, for readers of one kind. Errors are OperationOutcomes. */
export function fhirRoutes(db: Database, xroad: XroadClient, readerOf: ReaderOf): Hono {
  const routes = new Hono()
  const place = { db, xroad }

  routes.use(async (c, next) => {
    if (!wantsJson(c))
      throw new FhirError(406, 'not-supported', 'This server speaks application/fhir+json only')
    return next()
  })
  routes.get('/metadata', (c) => answer(c, capabilityStatement()))

  routes.get('/:type', async (c) => search(c, queryOf(c)))
  routes.post('/:type/_search', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    return search(c, [...queryOf(c), ...form])
  })
  const search = async (c: Context, given: readonly (readonly [string, string])[]): Promise<Response> => {
    const type = typeOf(c, 'search-type')
    const strict = (c.req.header('prefer') ?? '').includes('handling=strict')
    return answer(c, searchset(await searchRecord(place, await readerOf(c), type, given, strict)))
  }

  routes.post('/:type', async (c) => {
    const type = typeOf(c, 'create')
    const stored = await createDocument(place, await readerOf(c), type, await bodyOf(c))
    c.header('location', versionAddress(stored))
    return withVersion(c, stored, 201)
  })
  routes.get('/:type/:id', async (c) => {
    const type = typeOf(c, 'read')
    const stored = await openDocument(place, await readerOf(c), type, idOf(c))
    if (c.req.header('if-none-match') === etag(stored)) return c.body(null, 304)
    return withVersion(c, stored)
  })
  routes.put('/:type/:id', async (c) => {
    const type = typeOf(c, 'update')
    const expected = expectedVersion(c)
    const stored = await updateDocument(place, await readerOf(c), type, idOf(c), await bodyOf(c), expected)
    return withVersion(c, stored)
  })
  routes.get('/:type/:id/_history/:version', async (c) => {
    const type = typeOf(c, 'vread')
    const version = Number(/^\d{1,9}$/.exec(c.req.param('version'))?.[0] ?? 0)
    return withVersion(c, await openVersion(place, await readerOf(c), type, idOf(c), version))
  })
  routes.all('*', (c) => {
    const known = Object.hasOwn(KINDS, c.req.path.split('/fhir/')[1]?.split('/')[0] ?? '')
    const status = known && c.req.method !== 'GET' ? 405 : 404
    throw new FhirError(status, 'not-supported', `${c.req.method} ${c.req.path} is not supported`)
  })

  routes.onError((error, c) => {
    if (error instanceof FhirError) return answer(c, operationOutcome(error), error.status)
    // The kit knows the rest, and says it as FHIR does (fhir.ts).
    throw error
  })
  return routes
}

const queryOf = (c: Context): readonly (readonly [string, string])[] => [...new URL(c.req.url).searchParams]

/** R4, 3.1.0.1.11: `_format` goes before the header Accept. */
function wantsJson(c: Context): boolean {
  const asked = c.req.query('_format') || c.req.header('accept') || '*/*'
  return /json|\*\/\*|application\/\*/.test(asked)
}

function typeOf(c: Context, interaction: string): string {
  const type = c.req.param('type') ?? ''
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
  if (!kind) throw new FhirError(404, 'not-supported', `${type} is not a resource type of this server`)
  if (!kind.interactions.some((known) => known === interaction))
    throw new FhirError(405, 'not-supported', `${interaction} of ${type} is not supported`)
  return type
}

function idOf(c: Context): string {
  const id = c.req.param('id') ?? ''
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw new FhirError(400, 'value', 'This is not a resource id')
  return id
}

async function bodyOf(c: Context): Promise<unknown> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim() ?? ''
  if (!['application/fhir+json', 'application/json'].includes(type))
    throw new FhirError(415, 'not-supported', 'Send application/fhir+json')
  try {
    return await c.req.json()
  } catch {
    throw new FhirError(400, 'structure', 'The body is not JSON')
  }
}

const etag = ({ version }: Stored): string => `W/"${version}"`

/** The version that `If-Match` names; undefined without the header, and for `*`, which any has. @throws FhirError 400 */
function expectedVersion(c: Context): string | undefined {
  const condition = c.req.header('if-match')
  if (condition === undefined || condition === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(condition)?.[1]
  if (version) return version
  throw new FhirError(400, 'value', 'If-Match must be a version as ETag gives it: W/"3"')
}

const versionAddress = ({ type, id, version }: Stored): string =>
  `${fhirBase()}/${type}/${id}/_history/${version}`

function withVersion(c: Context, stored: Stored, status: 200 | 201 = 200): Response {
  c.header('etag', etag(stored))
  c.header('last-modified', stored.updated.toUTCString())
  return answer(c, resourceOf(stored), status)
}
