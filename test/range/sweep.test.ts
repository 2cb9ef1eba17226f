import { expect, test } from 'vitest'
import { removeExercise, stuckText } from '../../server/range/enclave/sweep.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { LABEL, LABEL_TEAM } from '../../server/range/labels.ts'

/** What an engine says of the things of one exercise, and takes away. */
function engineWith(teams: readonly (string | null)[]) {
  const gone: string[] = []
  const thing = (kind: string) => (team: string | null) => ({
    Id: `${kind} of ${team}`,
    Labels: { [LABEL]: 'x', ...(team ? { [LABEL_TEAM]: team } : {}) },
  })
  const handle = (id: string) => ({ remove: async () => void gone.push(id) })
  const docker = {
    listContainers: async () => teams.map(thing('container')),
    listNetworks: async () => teams.filter((team) => team !== null).map(thing('network')),
    getContainer: handle,
    getNetwork: handle,
  } as unknown as ContainerEngine
  return { docker, gone }
}

test('an enclave that is deployed anew takes no other enclave with it, only leftovers that are nobody’s', async () => {
  const { docker, gone } = engineWith(['red', 'sea', null])
  await removeExercise(docker, 'x', ['sea'])
  expect(gone).toEqual(['container of sea', 'container of null', 'network of sea'])
})

test('a whole exercise goes with all its enclaves', async () => {
  const { docker, gone } = engineWith(['red', 'sea', null])
  await removeExercise(docker, 'x')
  expect(gone).toHaveLength(5)
})

test('an endpoint that no container has any more is taken off by its name', async () => {
  const { docker, gone } = engineWith(['red'])
  const endpoints = new Set(['kilp-x-red-tax'])
  const stale = {
    ...docker,
    getNetwork: (id: string) => ({
      inspect: async () => ({
        Containers: Object.fromEntries([...endpoints].map((Name) => [`ep-${Name}`, { Name }])),
      }),
      disconnect: async ({ Container, Force }: { Container: string; Force: boolean }) =>
        void (Force && endpoints.delete(Container)),
      remove: async () => {
        if (endpoints.size > 0) throw Object.assign(new Error('has active endpoints'), { statusCode: 403 })
        gone.push(id)
      },
    }),
  } as unknown as ContainerEngine
  expect(await removeExercise(stale, 'x')).toMatchObject({ networks: 1, stuck: [] })
  expect(gone).toContain('network of red')
})

test('a network whose endpoint goes late is tried again; one that never goes is named, and nothing else suffers', async () => {
  const { docker, gone } = engineWith(['red', 'sea'])
  const inUse = Object.assign(new Error('has active endpoints'), { statusCode: 403 })
  let late = 2
  const remove = (id: string) => async () => {
    if (id === 'network of sea' || late-- > 0) throw inUse
    gone.push(id)
  }
  const stubborn = {
    ...docker,
    getNetwork: (id: string) => ({ remove: remove(id), inspect: async () => ({ Containers: {} }) }),
  } as unknown as ContainerEngine
  const removed = await removeExercise(stubborn, 'x')
  expect(removed.stuck).toHaveLength(1)
  expect(gone).toContain('network of red')
  expect(removed.networks).toBe(1)
  expect(stuckText(removed.stuck)).toMatch(/holds on to networks.*Restart the engine/)
})
