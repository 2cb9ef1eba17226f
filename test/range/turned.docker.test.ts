import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { clearUp, engine, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const exerciseId = `tu${process.pid}`
const TEAM = 'est'
let docker: ContainerEngine
let range: Range
const turned: { readonly service: string; readonly atMs: number }[] = []

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, fixtureSpec())
  range.onTurned((_, service) => turned.push({ service, atMs: performance.now() }))
  await range.deploy(
    [TEAM],
    () => {},
    () => {},
  )
})
afterAll(async () => {
  await range?.destroy()
  await clearUp(docker)
})

const inDesk = (command: string) =>
  execIn(docker, {
    container: `kilp-${exerciseId}-${TEAM}-desk`,
    command: ['sh', '-c', command],
    deadlineMs: 20_000,
  })
const next = async (of: number) => until(5_000, () => turned[of])

test('a service that its team stops, or whose process dies, is known of within a second, and so is its return', async () => {
  // Services come up one after the other: what was told meanwhile is over.
  await until(3_000, () => undefined)
  turned.length = 0
  const since = performance.now()
  await inDesk('sv down app')
  expect(await next(0)).toMatchObject({ service: 'desk' })
  expect((turned[0]?.atMs ?? 0) - since).toBeLessThan(2_500)
  expect((await range.runJourney(TEAM, 'desk', 'alive')).verdict).toBe('down')
  await inDesk('sv up app')
  expect(await next(1)).toMatchObject({ service: 'desk' })
  expect(turned.every(({ service }) => service === 'desk')).toBe(true)
})
