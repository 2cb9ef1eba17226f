import { type Context, Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import type { Protocol } from '../../kit/protocol.ts'
import type { Trust } from './certificate.ts'
import { type Container, isFileName, isMediaType, readContainer, writeContainer } from './container.ts'
import { keepIntent, takeIntent } from './prepared.ts'
import { sigaClient } from './siga-auth.ts'
import { conclusionOf } from './siga-report.ts'
import { finishSignature, prepareSignature } from './signing.ts'
import { validate } from './validate.ts'
import { dataToSign } from './xades.ts'
import { BadContainer } from './zip-error.ts'

/** An error of the interface. */
class SigaError extends Error {
  readonly status: 400 | 401 | 404
  readonly code: string
  constructor(status: 400 | 401 | 404, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const invalid = (message: string): never => {
  throw new SigaError(400, 'REQUEST_VALIDATION_EXCEPTION', message)
}

/** What the kit refuses, as SiGa says it. */
export const siga: Protocol = {
  say: (c, { status, message }) =>
    c.json(
      {
        errorCode: status < 500 ? 'REQUEST_VALIDATION_EXCEPTION' : 'INTERNAL_SERVER_ERROR',
        errorMessage: message,
      },
      status,
    ),
}
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Stored {
  readonly id: string
  readonly name: string
  readonly container: Container
}
type Body = Readonly<Record<string, unknown>>

/** The REST interface for services that have people sign: containers, remote signing, validation (SiGa's data file endpoints). */
export function sigaRoutes(db: Database, trust: Trust): Hono {
  const routes = new Hono()
  routes.onError((error, c) => {
    if (error instanceof SigaError)
      return c.json({ errorCode: error.code, errorMessage: error.message }, error.status)
    if (error instanceof BadContainer)
      return c.json({ errorCode: 'INVALID_CONTAINER_EXCEPTION', errorMessage: error.message }, 400)
    throw error
  })

  const enter = async (c: Context): Promise<{ owner: string; body: Body }> => {
    const text = await c.req.text()
    const client = sigaClient(c, text)
    if (!client) throw new SigaError(401, 'AUTHORIZATION_ERROR', 'The request is not of a registered service')
    if (text === '') return { owner: client.uuid, body: {} }
    try {
      return { owner: client.uuid, body: Object(JSON.parse(text)) }
    } catch {
      return invalid('The body is not JSON')
    }
  }
  const stored = async (c: Context, owner: string): Promise<Stored> => {
    const id = c.req.param('id') ?? ''
    const { rows } = UUID.test(id)
      ? await db.query('select name, asice from container where id = $1 and owner = $2', [id, owner])
      : { rows: [] }
    if (!rows[0]) throw new SigaError(404, 'RESOURCE_NOT_FOUND_EXCEPTION', 'There is no such container')
    return { id, name: rows[0].name, container: readContainer(rows[0].asice) }
  }
  const keep = async (owner: string, name: string, container: Container): Promise<string> => {
    await db.query("delete from container where at < now() - interval '1 day'")
    const { rows } = await db.query(
      'insert into container (owner, name, asice) values ($1, $2, $3) returning id',
      [owner, name, writeContainer(container)],
    )
    return rows[0].id
  }

  routes.post('/containers', async (c) => {
    const { owner, body } = await enter(c)
    const files = Array.isArray(body.dataFiles) ? body.dataFiles.map(readDataFile) : []
    if (files.length === 0 || files.length > 20) invalid('dataFiles must be 1 to 20 files')
    if (new Set(files.map(({ name }) => name)).size !== files.length) invalid('Two files have the same name')
    const id = await keep(owner, containerName(body), { files, signatures: [] })
    return c.json({ containerId: id })
  })
  routes.post('/upload/containers', async (c) => {
    const { owner, body } = await enter(c)
    const id = await keep(owner, containerName(body), readContainer(base64(body.container, 'container')))
    return c.json({ containerId: id })
  })
  routes.post('/containers/validationreport', async (c) => {
    const { body } = await enter(c)
    const report = await validate(base64(body.container, 'container'), trust)
    return c.json(conclusionOf(report, containerName(body)))
  })
  routes.get('/containers/:id', async (c) => {
    const { name, container } = await stored(c, (await enter(c)).owner)
    return c.json({ containerName: name, container: writeContainer(container).toString('base64') })
  })
  routes.delete('/containers/:id', async (c) => {
    const { id } = await stored(c, (await enter(c)).owner)
    await db.query('delete from container where id = $1', [id])
    return c.json({ result: 'OK' })
  })
  routes.get('/containers/:id/datafiles', async (c) => {
    const { container } = await stored(c, (await enter(c)).owner)
    return c.json({
      dataFiles: container.files.map(({ name, data }) => ({
        fileName: name,
        fileContent: data.toString('base64'),
      })),
    })
  })
  routes.get('/containers/:id/validationreport', async (c) => {
    const { name, container } = await stored(c, (await enter(c)).owner)
    return c.json(conclusionOf(await validate(writeContainer(container), trust), name))
  })
  routes.post('/containers/:id/remotesigning', async (c) => {
    const { owner, body } = await enter(c)
    const { id, container } = await stored(c, owner)
    if (body.signatureProfile !== 'LT') invalid('signatureProfile must be LT')
    const certificate = base64(body.signingCertificate, 'signingCertificate')
    const intent = prepareSignature(container.files, certificate, trust)
    await keepIntent(db, `container/${id}`, intent)
    return c.json({
      dataToSign: dataToSign(intent).toString('base64'),
      digestAlgorithm: 'SHA256',
      generatedSignatureId: intent.id,
    })
  })
  routes.put('/containers/:id/remotesigning/:signature', async (c) => {
    const { owner, body } = await enter(c)
    const { id, container } = await stored(c, owner)
    const value = base64(body.signatureValue, 'signatureValue')
    const intent = await takeIntent(db, `container/${id}`, c.req.param('signature'))
    if (!intent) throw new SigaError(404, 'RESOURCE_NOT_FOUND_EXCEPTION', 'There is no such signature')
    const signed = await finishSignature(intent, value, container, trust)
    await db.query('update container set asice = $2 where id = $1', [id, writeContainer(signed)])
    return c.json({ result: 'OK' })
  })
  return routes
}

const containerName = ({ containerName: name }: Body): string =>
  typeof name === 'string' && isFileName(name) ? name : invalid('containerName must be a file name')

function base64(value: unknown, name: string): Buffer {
  if (typeof value !== 'string' || !BASE64.test(value)) return invalid(`${name} must be base64`)
  return Buffer.from(value, 'base64')
}

function readDataFile(value: unknown): Container['files'][number] {
  const { fileName, fileContent, mimeType = 'application/octet-stream' } = Object(value)
  if (typeof fileName !== 'string' || !isFileName(fileName)) return invalid('fileName must be a file name')
  if (typeof mimeType !== 'string' || !isMediaType(mimeType)) return invalid('mimeType is no media type')
  return { name: fileName, mediaType: mimeType, data: base64(fileContent, 'fileContent') }
}
