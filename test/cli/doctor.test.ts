import { expect, test } from 'vitest'
import { lookFindings, whatIsAsked } from '../../server/cli/doctor-engine.ts'

const enough = { low: [], mayRaise: true, subnets: ['10.201.0.0/24'], passed: [] }
const low = [{ setting: 'net.ipv4.neigh.default.gc_thresh3', is: 1_024, needs: 16_384 }] as const
const seen = (
  inside: Parameters<typeof lookFindings>[0]['inside'],
  unlimited: readonly string[] = [],
  carries = 9,
) =>
  lookFindings({ unlimited, carries, inside }, { enclaves: 8, inEnclave: 17, memoryMiB: 4_096 }).map(
    ({ ok, what, mend }) => `${ok ? 'ok' : 'MEND'} ${what}${mend ? ` -> ${mend}` : ''}`,
  )

test('a machine that carries it', () => {
  expect(seen(enough)).toEqual([
    'ok the engine limits what a container may use',
    "ok the engine's machine carries 9 enclaves of 17 containers with what runs there now",
    'ok kernel limits for 8 enclaves of 17 containers',
    'ok addresses for 8 enclaves of 17 containers: from 10.201.0.0/24',
  ])
})

test('a machine that carries fewer, with the number that it carries', () => {
  expect(seen(enough, [], 3)[1]).toBe(
    "MEND the engine's machine carries 3 of 8 enclaves of 17 containers with what runs there now -> Measurements would come late: start with --teams 3, or all the same with --insist.",
  )
})

test('a neighbour table that is too small is raised by the start, or else comes with the line that raises it', () => {
  expect(seen({ ...enough, low })[2]).toBe(
    'ok kernel limits for 8 enclaves of 17 containers: net.ipv4.neigh.default.gc_thresh3 is 1024, wants 16384 (raised by the start)',
  )
  expect(seen({ ...enough, low, mayRaise: false })[2]).toBe(
    "MEND kernel limits for 8 enclaves of 17 containers: net.ipv4.neigh.default.gc_thresh3 is 1024, wants 16384 -> Run as root on the engine's machine: sysctl -w net.ipv4.neigh.default.gc_thresh3=16384",
  )
})

test('a kernel that can not limit processes', () => {
  expect(seen(enough, ['processes'])[0]).toMatch(/^MEND .*can not limit processes/)
})

test('before the base image is there nothing is claimed', () => {
  expect(seen(null)[2]).toBe('ok kernel limits and addresses: looked at by the first start')
})

test('a scenario that can not be read is said to be the scenario, and one that can is counted', async () => {
  expect(await whatIsAsked({ scenario: 'scenarios/none-such' })).toMatchObject({
    ok: false,
    what: 'the scenario',
    mend: expect.stringContaining('none-such'),
  })
  expect(await whatIsAsked({ scenario: 'scenarios/first-watch', teams: '0' })).toMatchObject({
    ok: false,
    what: 'the scenario',
  })
  expect(await whatIsAsked({ scenario: 'scenarios/first-watch', teams: '2' })).toMatchObject({ enclaves: 2 })
})
