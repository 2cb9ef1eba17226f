import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { ensureImage } from '../../server/range/engine-api/build.ts'
import { contentHash, folderFiles } from '../../server/range/engine-api/context.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { cacheBeside, ensureBase } from '../../server/range/images/base-image.ts'

const INFRA = join(import.meta.dirname, '../../infra')
const quiet = () => undefined
const labels = { kilp: 'test-store' }

export interface PostgresContainer {
  /** Address of the owner of database `kilp`. */
  readonly url: string
  /** The same with another user, password or database. */
  urlOf(user: string, password: string, database: string): string
  /** Stops the server in the middle of whatever it does, as a crash would, and starts it again. */
  crash(): Promise<void>
  stop(): Promise<void>
}

/** A real PostgreSQL server in a container of its own, on a free port of this machine's loopback. */
export async function startPostgres(): Promise<PostgresContainer> {
  const { docker } = await findEngine()
  const port = await freePort()
  const container = await docker.createContainer({
    name: `kilp-test-store-${process.pid}-${Date.now()}`,
    Image: await image(docker),
    Labels: labels,
    ExposedPorts: { '5432/tcp': {} },
    HostConfig: { PortBindings: { '5432/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] } },
  })
  const stop = () => container.remove({ force: true, v: true })
  try {
    await container.start()
    const urlOf = (user: string, password: string, database: string) =>
      `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
    const url = urlOf('kilp', "it's / s3cret", 'kilp')
    await answers(url)
    return {
      url,
      urlOf,
      async crash() {
        await container.kill({ signal: 'SIGQUIT' })
        await container.wait()
        await container.start()
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function image(docker: ContainerEngine): Promise<string> {
  const BASE = await ensureBase(docker, INFRA, cacheBeside(INFRA), quiet)
  const recipe = join(import.meta.dirname, 'postgres')
  const files = await folderFiles(recipe, '.')
  const tag = `kilp-test-postgres:${contentHash(files, BASE)}`
  await ensureImage(docker, { tag, source: recipe, args: { BASE }, files }, quiet)
  return tag
}

/** A fixed port, because one that the engine chooses changes when the container starts again. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(url: string): Promise<void> {
  for (let left = 100; ; left -= 1) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      await client.query('select 1')
      return
    } catch (error) {
      if (left === 0) throw error
      await sleep(100)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
