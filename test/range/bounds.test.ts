import { describe, expect, test } from 'vitest'
import { silent } from '../../server/range/log.ts'
import type { Held } from '../../server/range/share/disk-held.ts'
import {
  allowedOf,
  counting,
  fillersOf,
  isDue,
  isFilling,
  isHidden,
  isShort,
  KEPT,
  overfull,
  raised,
  staysDown,
  uncountable,
  wrote,
} from '../../server/range/share/disk-rule.ts'
import { freeMemory, holdMemory } from '../../server/range/share/hold-memory.ts'
import { groupFiles, limitsOf, readGroups } from '../../server/range/share/team-groups.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30

describe('memory of a team’s control group', () => {
  test('is looked for where the engine keeps it', () => {
    const folder = (CgroupDriver: string, CgroupVersion: string, ...SecurityOptions: string[]) =>
      groupFiles({ CgroupDriver, CgroupVersion, SecurityOptions })?.folder ?? null
    expect(folder('cgroupfs', '1')).toBe('/sys/fs/cgroup/memory/kilp')
    expect(folder('cgroupfs', '2')).toBe('/sys/fs/cgroup/kilp')
    expect(folder('systemd', '1')).toBe('/sys/fs/cgroup/memory/kilp.slice')
    expect(folder('systemd', '2')).toBe('/sys/fs/cgroup/kilp.slice')
    expect(folder('none', '2')).toBeNull()
    expect(folder('systemd', '2', 'name=seccomp,profile=default', 'name=rootless')).toBeNull()
    expect(folder('cgroupfs', '1', 'name=userns')).toBeNull()
  })
  const lines = [
    'total 4194304',
    'group team0 9223372036854771712 209715200 104857600 104857600 209715200',
    'group kilp-team1.slice max 0 0 104857600 max',
    'group team2 1048576 0 0',
    'group ../../etc 1 2 3 4',
  ]
  test('is read from both versions; no limit is all of the machine, a group without containers is none, and no other name is taken', () => {
    expect(readGroups(lines)).toEqual({
      total: 4 * GiB,
      groups: [
        { name: 'team0', limit: 4 * GiB, used: 100 * MiB, wants: 300 * MiB },
        { name: 'kilp-team1.slice', limit: 4 * GiB, used: 0, wants: 4 * GiB + 100 * MiB },
      ],
    })
  })
  const groups = (...wants: readonly number[]) =>
    wants.map((want, n) => ({ name: `team${n}`, limit: 99 * GiB, used: 100 * MiB, wants: want * MiB }))
  const limits = (total: number, kept: number, ...wants: readonly number[]) =>
    limitsOf(total, kept, groups(...wants)).map(({ bytes }) => (bytes === null ? null : bytes / MiB))
  test('is not needed where the machine has all that containers may take', () => {
    expect(limits(16 * GiB, GiB, 1_696, 1_696, 1_696)).toEqual([null, null, null])
  })
  test('is the same part for everybody where it has not; together they leave the machine its own', () => {
    const [a, b, c] = limits(4 * GiB, 512 * MiB, 2_000, 2_000, 1_000).map(Number) as [number, number, number]
    expect(a).toBe(b)
    expect(Math.abs(c - a / 2)).toBeLessThanOrEqual(1)
    expect(a + b + c).toBeLessThanOrEqual(4_096 - 1_024 - 512 + 3)
    expect(a + b + c).toBeGreaterThan(2_500)
  })
  test('is never less than what it has now and some room, so that nobody’s containers end for others that come up', () => {
    expect(limits(2 * GiB, 2 * GiB, 1_000, 60)).toEqual([125, 60])
  })
})

describe('an exercise that is taken up again, of which only the reference is made', () => {
  test('leaves the limits of its teams as they are, and says nothing of them', async () => {
    const said: string[] = []
    const made: unknown[] = []
    const docker = {
      info: async () => ({ CgroupDriver: 'cgroupfs', CgroupVersion: '1' }),
      createContainer: async (options: unknown) => {
        made.push(options)
        throw new Error('no helper is needed')
      },
    }
    const core = { docker, exerciseId: 'x', log: silent, say: (text: string) => said.push(text) }
    const plan = { containers: [{ share: { weight: 1 }, memoryMiB: 64 }] }
    const where = { image: 'base', exerciseId: 'x', home: 'h' }
    for (const act of [freeMemory, holdMemory]) await act(core as never, where, plan as never)
    expect({ said, made }).toEqual({ said: [], made: [] })
  })
})

const held = (team: string, service: string, mib: number, running = true): Held => ({
  team,
  service,
  id: `${team}/${service}`,
  running,
  bytes: mib * MiB,
  counted: true,
  ms: 5,
})
const stopped = (all: readonly Held[], allowed: number) =>
  overfull(all, () => allowed * MiB).map(({ id }) => id)

describe('the disk that all share', () => {
  test('is divided with something kept back, within bounds', () => {
    expect(allowedOf(100 * GiB, 3)).toBe(4 * GiB)
    expect(allowedOf(KEPT.bytes + 6 * GiB, 3)).toBe(2 * GiB)
    expect(allowedOf(GiB, 3)).toBe(512 * MiB)
  })
  test('of a team that is over, the fullest containers stop, until the rest holds half of what it may; nobody else’s', () => {
    const all = [held('a', 'db', 300), held('a', 'tax', 900), held('a', 'eid', 10), held('b', 'db', 999)]
    expect(stopped(all, 1_000)).toEqual(['a/tax'])
    expect(stopped(all, 400)).toEqual(['a/tax', 'a/db', 'b/db'])
    expect(stopped(all, 2_000)).toEqual([])
  })
  test('one that is stopped is not stopped again, though it still holds it', () => {
    expect(stopped([held('a', 'tax', 900, false), held('a', 'eid', 10)], 800)).toEqual([])
  })
  const disk = (mib: number) => ({ bytes: mib * MiB, files: 1e6 })
  const last = { disk: disk(50_000), atMs: 0, room: 1_000 * MiB }
  test('is looked at when so much was written that somebody may be over, and no sooner', () => {
    expect(isDue(null, disk(50_000), 0)).toBe(true)
    expect(isDue(last, disk(49_001), 1_000)).toBe(false)
    expect(isDue(last, disk(49_000), 1_000)).toBe(true)
    // Of one that is over already, not for every byte.
    expect(isDue({ ...last, room: -5 }, disk(49_999), 1_000)).toBe(false)
    expect(isDue(last, disk(50_000), 300_000)).toBe(true)
  })
  test('is looked at more often while it is short, be it of bytes or of files', () => {
    expect(isShort(disk(4_000))).toBe(true)
    expect(isShort({ bytes: 100 * GiB, files: 50 })).toBe(true)
    // Btrfs has no such number.
    expect(isShort({ bytes: 100 * GiB, files: 0 })).toBe(false)
    expect(isDue({ ...last, disk: disk(4_000) }, disk(4_000), 2_999)).toBe(false)
    expect(isDue({ ...last, disk: disk(4_000) }, disk(4_000), 3_000)).toBe(true)
  })
  test('what was freed does not hide what is written after it', () => {
    const later = raised(last, disk(52_000))
    expect(isDue(later, disk(51_001), 1_000)).toBe(false)
    expect(isDue(later, disk(51_000), 1_000)).toBe(true)
    expect(raised(later, disk(51_000))).toBe(later)
  })
  test('whom nobody can count is told by what it writes, if it is by far the most', () => {
    const traffic = (waiting: number, written: number, cached: number) => ({
      waiting: waiting * MiB,
      written: written * MiB,
      cached: cached * MiB,
    })
    expect(wrote(traffic(0, 100, 0), traffic(3, 140, 0))).toBe(40 * MiB)
    expect(wrote(traffic(0, 0, 100), traffic(2, 0, 190))).toBe(90 * MiB)
    // It reads.
    expect(wrote(traffic(0, 0, 100), traffic(0, 0, 190))).toBe(0)
    expect(fillers(['a', 2], ['b', 40], ['c', 10])).toEqual(['b/1'])
    expect(fillers(['a', 20], ['b', 40])).toEqual([])
    expect(fillers(['a', 1], ['b', 7])).toEqual([])
    expect(fillers()).toEqual([])
  })
  const fillers = (...all: readonly (readonly [team: string, mib: number])[]) =>
    fillersOf(all.map(([team, mib], n) => ({ one: held(team, String(n), 1), bytes: mib * MiB }))).map(
      ({ one }) => one.id,
    )
  test('in two containers or in sixteen it is the same team; of it, what hardly writes goes on', () => {
    expect(fillers(['a', 300], ['a', 300], ['b', 1])).toEqual(['a/0', 'a/1'])
    expect(fillers(['a', 300], ['b', 1], ['a', 3])).toEqual(['a/0'])
    const sixteen = Array.from({ length: 16 }, () => ['a', 7] as const)
    expect(fillers(['b', 9], ...sixteen)).toHaveLength(16)
  })
  test('gets shorter when that of which it is short gets less', () => {
    expect(isFilling(disk(4_000), disk(3_999))).toBe(true)
    expect(isFilling(disk(4_000), { ...disk(4_000), files: 9e5 })).toBe(false)
    expect(isFilling(disk(50_000), disk(49_000))).toBe(false)
    expect(isFilling({ ...disk(50_000), files: 51 }, { ...disk(50_000), files: 50 })).toBe(true)
    // Btrfs.
    expect(isFilling({ ...disk(50_000), files: 0 }, { ...disk(49_000), files: 0 })).toBe(false)
  })
  test('is filled by somebody who hides it when more went than can be counted', () => {
    const went = (mib: number, grown: number) => isHidden(disk(4_000), disk(4_000 - mib), grown * MiB, 5_000)
    expect(went(40, 0)).toBe(true)
    expect(went(10, 0)).toBe(false)
    expect(went(100, 95)).toBe(false)
    const files = (left: number) => ({ ...disk(50_000), files: left })
    expect(isHidden(files(90_000), files(89_000), 0, 5_000)).toBe(true)
    expect(isHidden(files(90_000), files(89_900), 0, 5_000)).toBe(false)
  })
  test('one that can not be counted is over the second time, if it runs and most others can be', () => {
    const not = (team: string, running = true): Held => ({ ...held(team, 'tax', 0, running), counted: false })
    const ids = (before: readonly Held[], now: readonly Held[]) =>
      uncountable(before, now).map(({ id }) => id)
    const b = held('b', 'tax', 1)
    expect(ids([], [not('a'), b])).toEqual([])
    expect(ids([held('a', 'tax', 1), b], [not('a'), b])).toEqual([])
    expect(ids([not('a'), b], [not('a'), b])).toEqual(['a/tax'])
    expect(ids([not('a'), b], [not('a', false), b])).toEqual([])
    expect(ids([not('a'), not('b')], [not('a'), not('b')])).toEqual([])
  })
  test('an engine that is slow with the others too could count nobody in time: that is nobody’s fault', () => {
    const not: Held = { ...held('a', 'tax', 0), counted: false, ms: 3_000 }
    const took = (ms: number) => [not, { ...held('b', 'tax', 1), ms }, { ...held('c', 'tax', 1), ms }]
    const ids = (before: number, now: number) => uncountable(took(before), took(now)).map(({ id }) => id)
    expect([ids(5, 5), ids(900, 5), ids(5, 900)]).toEqual([['a/tax'], [], []])
  })
  test('a team that makes its own containers slow to count hides none of them', () => {
    const not: Held = { ...held('a', 'tax', 0), counted: false, ms: 3_000 }
    const own = ['eid', 'vote', 'sign'].map((service) => ({ ...held('a', service, 1), ms: 2_900 }))
    const all = [not, ...own, held('b', 'tax', 1)]
    expect(uncountable(all, all).map(({ id }) => id)).toEqual(['a/tax'])
  })
  test('the third strike within an hour ends it for good', () => {
    expect(staysDown([1, 2])).toBe(false)
    expect(staysDown([1, 2, 3])).toBe(true)
    expect(counting([0, 1_000, 2_000], 3_600_000)).toEqual([1_000, 2_000])
  })
})
