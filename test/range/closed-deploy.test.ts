import { expect, test } from 'vitest'
import { DeployFailure } from '../../server/engine/ports/ports.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { silent } from '../../server/range/log.ts'
import { openRange } from '../../server/range/range.ts'
import { fixtureSpec, infra } from './fixtures/spec.ts'

test('a range that is destroyed while it deploys is over only when the deploy is, and makes nothing more', async () => {
  const asked: string[] = []
  const slowly = async <T>(what: string, answer: T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 2))
    asked.push(what)
    return answer
  }
  // Every image is there; what comes after the images is all that could be left behind.
  const docker = {
    version: () => slowly('version', { Arch: 'amd64' }),
    getImage: () => ({ inspect: () => slowly('image', {}) }),
    listContainers: () => slowly('look', []),
    listNetworks: () => slowly('look', []),
    createNetwork: () => slowly('make', {}),
    createContainer: () => slowly('make', {}),
  } as unknown as ContainerEngine
  const range = openRange({
    docker,
    exerciseId: 'x',
    seed: 's',
    spec: fixtureSpec(),
    home: 'h',
    infra,
    log: silent,
  })
  const deployed = range.deploy(
    ['red'],
    () => {},
    () => {},
  )
  const failed = expect(deployed).rejects.toThrow(DeployFailure)
  await range.destroy()
  const then = asked.length
  await failed
  expect(asked).not.toContain('make')
  expect(asked.at(-1)).toBe('look')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(asked).toHaveLength(then)
})
