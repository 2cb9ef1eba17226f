import { expect, test } from 'vitest'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import type { Where } from '../../server/range/engine-api/helper.ts'
import { keepGuard } from '../../server/range/isolation/guard.ts'
import { silent } from '../../server/range/log.ts'

test('a guard that is closed while it looks where it belongs makes no container any more', async () => {
  const made: unknown[] = []
  const docker = {
    createContainer: (asked: unknown) => {
      made.push(asked)
      return Promise.reject(new Error('no engine here'))
    },
  } as unknown as ContainerEngine
  const place = Promise.withResolvers<Where>()
  const closed = keepGuard(
    docker,
    () => place.promise,
    () => {},
    silent,
  ).close()
  place.resolve({ image: 'base', exerciseId: 'x', home: 'h' })
  await closed
  expect(made).toEqual([])
})
