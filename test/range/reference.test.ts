import { expect, test } from 'vitest'
import { planDeploy } from '../../server/range/enclave/plan.ts'
import { lowerHalf } from '../../server/range/probe/reference-look.ts'
import { fixtureSpec } from './fixtures/spec.ts'

test('the probes’ delay is that of the quicker half, and of one or two teams none: their own would be it', () => {
  expect(lowerHalf([])).toBe(0)
  expect(lowerHalf([9_000, 9_000])).toBe(0)
  expect(lowerHalf([9_000, 5, 8])).toBe(8)
  expect(lowerHalf([900, 5, 8, 700])).toBe(8)
})

test('the reference stands in a network of its own, with a weight that no team’s containers share', () => {
  const plan = planDeploy({
    exerciseId: 'x1',
    home: 'h',
    seed: 's',
    teams: ['est'],
    services: fixtureSpec().services,
    images: { desk: 'desk:1', store: 'store:1', probe: 'probe:1' },
    subnets: ['10.201.0.0/24', '10.201.1.0/24', '10.201.2.0/24'],
  })
  const own = plan.containers.filter(({ team }) => team === '_reference')
  expect(own.map(({ service }) => service).toSorted()).toEqual(['probe', 'reference'])
  const networks = new Set(own.flatMap(({ attachments }) => attachments.map(({ network }) => network)))
  const others = plan.containers.filter(({ team }) => team !== '_reference')
  expect(networks.size).toBe(1)
  for (const { attachments } of others)
    for (const { network } of attachments) expect(networks.has(network)).toBe(false)
  expect(own.every(({ share }) => 'weight' in share)).toBe(true)
})
