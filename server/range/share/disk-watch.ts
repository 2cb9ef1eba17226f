import type { DiskNews } from '../../engine/ports/range-news.ts'
import { bounded } from '../bounded.ts'
import type { RangeCore } from '../core.ts'
import { reason } from '../log.ts'
import type { EngineDisk } from '../probe/probe-wire.ts'
import { type Held, heldDisk, type Traffic, trafficOf } from './disk-held.ts'
import {
  allowedOf,
  fillersOf,
  heldBy,
  isDue,
  isFilling,
  isHidden,
  isShort,
  type LastLook,
  MORE,
  overfull,
  raised,
  uncountable,
  wrote,
} from './disk-rule.ts'
import { openStrikes } from './disk-strikes.ts'

const LOOK_MS = 500
const MOMENT_MS = 1_000
/** Honest work may write much in one moment: whom nobody can count is looked at twice, so far apart. */
const APART_MS = 3_000
const MIB = 2 ** 20
const ASKED_AT_ONCE = 8

/**
 * Watches the disk that all enclaves share, and ends what fills it: a container of a team that holds more than its part, before the others have none. `teamMiB`:
 * what a team may hold, else its part of what is free.
 */
export function watchDisk(
  core: RangeCore,
  of: { readonly teams: () => readonly string[]; readonly away: () => boolean; readonly teamMiB?: number },
  tell: (news: DiskNews) => void,
): { close(): Promise<void> } {
  const { docker, exerciseId, log } = core
  const over = Promise.withResolvers<void>()
  const pause = (ms: number) => Promise.race([new Promise((wake) => setTimeout(wake, ms)), over.promise])
  const more = new Map<string, number>()
  const { strike, retry } = openStrikes(core, tell)
  let closed = false
  let part = (of.teamMiB ?? 0) * MIB
  /** Whether `part` stays as it is. */
  let settled = of.teamMiB !== undefined
  let held: readonly Held[] = []
  let last: LastLook | null = null
  let turn = 0

  /** Of one probe after the other: all see the same disk. */
  const nextDisk = (): EngineDisk | null => {
    const teams = of.teams()
    const team = teams[turn++ % Math.max(1, teams.length)]
    return team === undefined ? null : core.link(team).disk()
  }
  /** Those who write now, each for a moment. */
  const writers = async () => {
    const running = held.filter((one) => one.running)
    const look = async () => {
      const seen = new Map<string, Traffic>()
      await bounded(running, ASKED_AT_ONCE, async ({ id }) => {
        const traffic = await trafficOf(docker, id).catch(() => null)
        if (traffic) seen.set(id, traffic)
      })
      return seen
    }
    const before = await look()
    await pause(MOMENT_MS)
    const after = await look()
    return running.map((one) => {
      const [a, b] = [before.get(one.id), after.get(one.id)]
      return { one, bytes: a && b ? wrote(a, b) : 0 }
    })
  }
  /** Those of one team that write by far the most in both of two moments, while the disk gets shorter by more than can be counted. */
  const fillers = async (disk: EngineDisk) => {
    const since = performance.now()
    const bytes = () => held.reduce((sum, one) => sum + one.bytes, 0)
    const had = bytes()
    const before = fillersOf(await writers())
    if (before.length === 0) return []
    await pause(APART_MS)
    const after = closed ? [] : fillersOf(await writers())
    const left = nextDisk()
    if (!left || after[0]?.one.team !== before[0]?.one.team) return []
    const ms = performance.now() - since
    held = await heldDisk(docker, exerciseId, held)
    return isHidden(disk, left, bytes() - had, ms) ? after.map(({ one }) => one) : []
  }
  const look = async (disk: EngineDisk) => {
    const before = held
    held = await heldDisk(docker, exerciseId, before)
    if (!settled) {
      // What teams held before a restart of the platform is of the disk that they share.
      const all = held.reduce((sum, { bytes }) => sum + bytes, disk.bytes)
      part = Math.max(part, allowedOf(all, of.teams().length))
      settled = held.every(({ counted }) => counted)
    }
    const allowed = (team: string) => Math.max(part, more.get(team) ?? 0)
    const full = overfull(held, allowed)
    const hidden = uncountable(before, held).filter((one) => !full.includes(one))
    let struck = [...full, ...hidden]
    if (struck.length === 0 && last && isFilling(last.disk, disk)) {
      struck = await fillers(disk)
      if (struck.length === 0)
        log.warn({ exerciseId, ...disk }, 'the engine’s disk is short, and no team fills it')
    }
    await strike(struck, held, allowed)
    // What it wrote beside its layer, or in files that were deleted and open, is gone with its processes.
    if (full.length > 0) held = await heldDisk(docker, exerciseId, held)
    // Where there is none to give, nobody gets more.
    if (!isShort(disk)) for (const { team } of full) more.set(team, heldBy(held, team) + MORE)
    // Their team may clear up first: they count as over after two looks more.
    held = held.map((one) => (hidden.some(({ id }) => id === one.id) ? { ...one, counted: true } : one))
    const rooms = of.teams().map((team) => allowed(team) - heldBy(held, team))
    // Nobody knows what room a team has that can not be counted.
    if (held.some(({ counted, running }) => running && !counted)) rooms.push(0)
    if (hidden.length > 0) rooms.push(MORE)
    last = { disk, atMs: performance.now(), room: Math.min(...rooms) }
  }
  const watch = async () => {
    for (;;) {
      await pause(LOOK_MS)
      if (closed) return
      if (of.away()) continue
      await retry()
      const disk = nextDisk()
      if (!disk) continue
      last = raised(last, disk)
      if (!isDue(last, disk, performance.now())) continue
      await look(disk).catch((error: unknown) => log.warn({ exerciseId }, `disk watch: ${reason(error)}`))
    }
  }
  const watched = watch()
  return {
    close() {
      closed = true
      over.resolve()
      return watched
    },
  }
}
