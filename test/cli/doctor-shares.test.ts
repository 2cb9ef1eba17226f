import { expect, test } from 'vitest'
import { shareFindings } from '../../server/cli/doctor-shares.ts'
import type { ShareLook } from '../../server/range/share/look.ts'

const good: ShareLook = {
  groups: 'systemd 2',
  memory: { each: 1_952, all: 5_856, machine: 21_700, mayLimit: true },
  storage: 'overlay2 on xfs',
  disk: { quotas: true, container: 1_024, file: 256, free: 76_000, kept: 4_096, team: 4_096 },
}
const seen = (look: Partial<ShareLook>) =>
  shareFindings({ ...good, ...look }).map(
    ({ ok, what, mend }) => `${ok ? 'ok' : 'MEND'} ${what}${mend ? ` -> ${mend}` : ''}`,
  )

test('a machine on which no team can starve another', () => {
  expect(seen({})).toEqual([
    'ok processors: each team gets the same (control groups, systemd 2)',
    'ok memory: an enclave may take 1.9 GiB, all of them 5.7 GiB of 21.2 GiB; each container is limited',
    'ok disk: quota of 1.0 GiB for each container (overlay2 on xfs), and a team that holds more than 4.0 GiB has its container stopped',
  ])
})
test('without quotas it is said what holds instead, and how to get them', () => {
  const disk = { ...good.disk, quotas: false } as ShareLook['disk']
  expect(seen({ storage: 'overlay2 on extfs', disk })[2]).toBe(
    'ok disk: no quotas (overlay2 on extfs; XFS mounted with pquota has them), so a team that holds more than 4.0 GiB has its container stopped; files of at most 256 MiB; 74.2 GiB free',
  )
})
test('more memory than there is holds where teams can be limited, and else wants mending', () => {
  const memory = { each: 1_952, all: 46_848, machine: 21_700, mayLimit: true }
  expect(seen({ memory })[1]).toBe(
    'ok memory: an enclave may take 1.9 GiB, all of them 45.8 GiB, and there are 21.2 GiB: each team is held to its part of it',
  )
  expect(seen({ memory: { ...memory, mayLimit: false } })[1]).toMatch(/^MEND memory: .* -> .*fewer --teams/)
})
test('an engine without control groups, and one whose disk is nearly full, want mending', () => {
  expect(seen({ groups: null })[0]).toMatch(/^MEND no share of the processors.*Cgroup Driver/)
  expect(seen({ disk: { ...good.disk, free: 5_000 } as ShareLook['disk'] })[2]).toMatch(
    /^MEND disk: .*data-root/,
  )
})
test('before the base image is there nothing is claimed of the disk', () => {
  expect(seen({ disk: null })).toHaveLength(2)
})
