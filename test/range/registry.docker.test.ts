import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureImage, imageExists } from '../../server/range/engine-api/build.ts'
import { textFile } from '../../server/range/engine-api/context.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { nameIn, pullFrom, pushTo } from '../../server/range/swarm/registry.ts'
import { spreadImages } from '../../server/range/swarm/spread.ts'
import { engine, until } from './fixtures/open.ts'

const run = promisify(execFile)
const TAG = `kilp-test-registry:${process.pid}`
let docker: ContainerEngine
let folder: string
let registry: string
let stop: () => void = () => {}

/** Debian's own package of the registry, unpacked beside the test and not installed. */
async function serveRegistry(): Promise<string> {
  await run('apt-get', ['download', 'docker-registry'], { cwd: folder })
  const [deb = ''] = (await readdir(folder)).filter((name) => name.endsWith('.deb'))
  await run('dpkg', ['-x', deb, 'root'], { cwd: folder })
  const port = await freePort()
  const settings = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(folder, 'images') } },
    http: { addr: `127.0.0.1:${port}` },
  }
  await writeFile(join(folder, 'config.yml'), JSON.stringify(settings))
  const child = spawn(join(folder, 'root/usr/bin/docker-registry'), ['serve', join(folder, 'config.yml')], {
    stdio: 'ignore',
  })
  stop = () => child.kill()
  await until(20_000, async () => {
    const { status } = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => ({ status: 0 }))
    return status === 200 ? true : undefined
  })
  return `127.0.0.1:${port}/range`
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const idOf = async (tag: string) => (await docker.getImage(tag).inspect()).Id
const forget = async (...tags: readonly string[]) => {
  for (const tag of tags)
    await docker
      .getImage(tag)
      .remove({ force: true })
      .catch(() => {})
}

beforeAll(async () => {
  docker = await engine()
  folder = await mkdtemp(join(tmpdir(), 'kilp-registry-'))
  registry = await serveRegistry()
  const files = [textFile('Dockerfile', 'FROM scratch\nCOPY word /word\n'), textFile('word', TAG)]
  await ensureImage(docker, { tag: TAG, source: 'test', files, args: {} }, () => {})
})
afterAll(async () => {
  stop()
  await forget(TAG, nameIn(registry, TAG))
  await rm(folder, { recursive: true, force: true })
})

test('an image goes over a registry and comes back as the very same, by the name that it has everywhere', async () => {
  const id = await idOf(TAG)
  await pushTo(docker, registry, TAG)
  await forget(TAG, nameIn(registry, TAG))
  expect(await imageExists(docker, TAG)).toBe(false)
  await pullFrom(docker, registry, TAG)
  expect(await idOf(TAG)).toBe(id)
})

test('what a node has already is not sent', async () => {
  const said: string[] = []
  await spreadImages(docker, [{ name: 'n1', docker }], [TAG], (line) => said.push(line), 'no.such.registry:1')
  expect(said).toEqual(['images are on n1 (1 of 1 machines)'])
})

test('a registry that does not answer, or has no such image, is named', async () => {
  await expect(pushTo(docker, '127.0.0.1:9/range', TAG)).rejects.toThrow(
    /127\.0\.0\.1:9\/range does not take kilp-test/,
  )
  await expect(pullFrom(docker, registry, 'kilp-test-none:1')).rejects.toThrow(/kilp-test-none:1/)
})
