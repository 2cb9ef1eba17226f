import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { onWorkbench } from '../../server/cli/workbench.ts'
import type { RangeSpec, ServiceSpec } from '../../server/engine/ports/loaded-scenario.ts'
import { DeployFailure } from '../../server/engine/ports/ports.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { findEngine } from '../../server/range/engine-api/docker.ts'
import { silent } from '../../server/range/log.ts'
import { openRange } from '../../server/range/range.ts'
import { clearUp, engine, home, openFixture, seed } from './fixtures/open.ts'
import { fixtureSpec, httpStep, infra, script, service } from './fixtures/spec.ts'

const exerciseId = `ft${process.pid}`
const folder = mkdtempSync(join(tmpdir(), 'kilp-failing-'))
let docker: ContainerEngine

beforeAll(async () => {
  docker = await engine()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await clearUp(docker)
})

function put(id: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, id, path, '..'), { recursive: true })
    writeFileSync(join(folder, id, path), text)
  }
  return join(folder, id)
}

const one = (id: string, change: Partial<ServiceSpec>): RangeSpec => ({
  services: [service(id, change)],
  journeys: {
    [`${id}/alive`]: script([httpStep('GET', `http://${id}/`, { status: [200], text: ['never said'] })]),
  },
  exploits: {},
  footholds: {},
  witnesses: {},
})

async function failureOf(spec: RangeSpec): Promise<DeployFailure> {
  const range = openFixture(docker, exerciseId, spec)
  const failure = await range
    .deploy(
      ['est'],
      () => {},
      () => {},
    )
    .then(
      () => null,
      (error: unknown) => error,
    )
  await range.destroy()
  expect(failure).toBeInstanceOf(DeployFailure)
  return failure as DeployFailure
}

describe('a deploy that fails says what and why', () => {
  test('an image that does not build: its file, the reason, the last lines of the build', async () => {
    const own = put('bad', {
      'src/main.ts': 'export {}',
      Dockerfile: 'ARG BASE\nFROM $BASE\nRUN echo the disk is made of cheese && exit 3\n',
    })
    const failure = await failureOf(one('bad', { folder: own }))
    expect(failure.message).toContain(join(own, 'Dockerfile'))
    expect(failure.message).toContain('returned a non-zero code: 3')
    expect(failure.evidence).toContain('the disk is made of cheese')
    expect(failure.team).toBeNull()
  })
  test('a plant that does not fit: the weakness and the hunk', async () => {
    const own = put('moved', { 'src/main.ts': 'const other = 1\n' })
    const patch = join(
      put('patches', {
        'p.patch': '--- a/src/main.ts\n+++ b/src/main.ts\n@@ -1 +1 @@\n-const one = 1\n+const one = 2\n',
      }),
      'p.patch',
    )
    const failure = await failureOf(one('moved', { folder: own, plants: [{ weakness: 'moved/one', patch }] }))
    expect(failure.message).toMatch(/kilp-moved:.*failed to build/)
    expect(failure.evidence).toContain('planting 00-moved-one.patch')
    expect(failure.evidence).toMatch(/Hunk #1 FAILED/)
  })
  test('a service that never gets healthy: team, service, what it answered, its state', async () => {
    const failure = await failureOf({ ...one('store', { readyWithinMs: 4_000 }) })
    expect(failure.message).toBe('service store of team est was not ready within 4 s')
    expect(failure.team).toBe('est')
    expect(failure.evidence).toContain('nothing yet')
    expect(failure.evidence).toContain('never said')
    expect(failure.evidence).toMatch(/container kilp-ft\d+-est-store: running/)
  })
  test('a service with a mistake in its source: the file and line, from its own log', async () => {
    const own = put('typo', { 'src/main.ts': 'const a: = 1\n' })
    const failure = await failureOf(one('typo', { folder: own, readyWithinMs: 6_000 }))
    expect(failure.message).toContain('service typo of team est was not ready')
    expect(failure.evidence).toContain('/srv/app/src/main.ts')
  })
  test('on a workbench, as of rehearse and prove: the last lines of the service that does not come up', async () => {
    const own = put('slip', { 'src/main.ts': 'const a: = 1\n' })
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const bench = { name: 'rehearse', teams: 1, spec: one('slip', { folder: own, readyWithinMs: 6_000 }) }
    try {
      await expect(onWorkbench(bench, async () => {})).rejects.toThrow(
        'service slip of team rehearse-1 was not ready',
      )
      expect(said.mock.calls.map(([text]) => String(text)).join('')).toContain('/srv/app/src/main.ts')
    } finally {
      said.mockRestore()
    }
  })
  test('an engine that is gone', async () => {
    const far = (await findEngine()).docker
    const gone = openRange({
      docker: new (far.constructor as new (options: { socketPath: string }) => ContainerEngine)({
        socketPath: '/nowhere/docker.sock',
      }),
      exerciseId,
      seed,
      home,
      infra,
      spec: fixtureSpec(),
      log: silent,
    })
    const failure = gone.deploy(
      ['est'],
      () => {},
      () => {},
    )
    await expect(failure).rejects.toThrow(/the container engine failed: .*ENOENT/)
    await gone.close()
  })
  test('leaves nothing behind after destroy', async () => {
    const filters = { label: [`kilp=${exerciseId}`] }
    expect(await docker.listContainers({ all: true, filters })).toEqual([])
    expect(await docker.listNetworks({ filters })).toEqual([])
  })
})
