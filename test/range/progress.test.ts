import { expect, test } from 'vitest'
import type { DeployProgress } from '../../server/engine/ports/ports.ts'
import { progressOf } from '../../server/range/enclave/progress.ts'

test('a plan that is made anew does not count its networks twice, and the last step is the last', () => {
  const told: DeployProgress[] = []
  const { images, step } = progressOf(['est', 'lva'], 1, false, (progress) => told.push(progress))
  for (const count of [1, 2, 3]) images(count, 3, `image ${count}`)
  for (const what of ['network public', 'network public', 'network state']) step('est', what)
  expect(told.at(-1)).toEqual({ team: 'est', done: 5, total: 9, what: 'network state' })
  for (const what of ['started probe', 'started desk', 'desk is ready', 'isolation proven']) step('est', what)
  expect(told.at(-1)).toMatchObject({ done: 9, total: 9 })
  expect(told.filter(({ team }) => team === 'lva').at(-1)).toMatchObject({ done: 3 })
})

test('an enclave with a sensor has an image and a start more', () => {
  const told: DeployProgress[] = []
  const { images, step } = progressOf(['est'], 1, true, (progress) => told.push(progress))
  for (const count of [1, 2, 3, 4]) images(count, 4, `image ${count}`)
  for (const kind of ['public', 'state']) step('est', `network ${kind}`)
  for (const what of ['started probe', 'started desk', 'desk is ready', 'started sensor']) step('est', what)
  expect(told.at(-1)).toMatchObject({ done: 10, total: 11 })
  step('est', 'isolation proven')
  expect(told.at(-1)).toMatchObject({ done: 11, total: 11 })
})
