import type { EngineDisk } from '../probe/probe-wire.ts'
import { COUNT_MS, type Held, type Traffic } from './disk-held.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30

/** What is kept of the engine's disk for the engine, the ledger and whoever else writes there. Below it nobody is given more room. */
export const KEPT: EngineDisk = { bytes: 4 * GiB, files: 100_000 }
const ALLOWED = { most: 4 * GiB, least: 512 * MiB }
/** A look costs a walk over all that the enclaves have written: not for less than this. */
const WORTH = 64 * MiB
/** What was freed elsewhere hides what a team wrote: so often it is looked anyway. */
const ANYWAY_MS = 300_000
/** While the disk is short and nobody is found. */
const SHORT_MS = 3_000
/** What a container may still write after it was stopped for being over and started again, so that its team can clear up. */
export const MORE = 256 * MiB

/** Pure: what each of `teams` may hold where all of them together have `free`, in bytes: what is left, and what they hold already. */
export const allowedOf = (free: number, teams: number): number =>
  Math.min(ALLOWED.most, Math.max(ALLOWED.least, (free - KEPT.bytes) / Math.max(1, teams)))

const fewFiles = ({ files }: EngineDisk): boolean => files > 0 && files < KEPT.files

export const isShort = (disk: EngineDisk): boolean => disk.bytes < KEPT.bytes || fewFiles(disk)

/** Pure: whether what is short gets shorter. */
export const isFilling = (before: EngineDisk, now: EngineDisk): boolean =>
  (now.bytes < KEPT.bytes && now.bytes < before.bytes) || (fewFiles(now) && now.files < before.files)

export interface LastLook {
  /** The most that was left since. */
  readonly disk: EngineDisk
  readonly atMs: number
  /** What may still be written before the first team is over what it may hold. */
  readonly room: number
}

/** Pure: what was freed since the last look is written before anything else is: it must not hide what a team writes then. */
export const raised = (last: LastLook | null, disk: EngineDisk): LastLook | null =>
  last && disk.bytes > last.disk.bytes ? { ...last, disk } : last

/** Pure: whether the enclaves are worth a look. Nobody can be over as long as less was written by all together than the nearest has room for. */
export function isDue(last: LastLook | null, disk: EngineDisk, nowMs: number): boolean {
  if (!last) return true
  const spent = last.disk.bytes - disk.bytes
  if (spent >= Math.max(WORTH, last.room)) return true
  const wait = isShort(disk) ? SHORT_MS : ANYWAY_MS
  return nowMs - last.atMs >= wait
}

export const heldBy = (held: readonly Held[], team: string): number =>
  held.reduce((sum, one) => sum + (one.team === team ? one.bytes : 0), 0)

/** Pure: which containers of teams that are over are to be stopped: the fullest, until those that go on hold half of what their team may. */
export function overfull(held: readonly Held[], allowed: (team: string) => number): readonly Held[] {
  const teams = [...new Set(held.map(({ team }) => team))]
  return teams.flatMap((team) => {
    const may = allowed(team)
    if (heldBy(held, team) <= may) return []
    const running = held.filter((one) => one.team === team && one.running).sort((a, b) => b.bytes - a.bytes)
    let left = running.reduce((sum, { bytes }) => sum + bytes, 0)
    return running.filter(({ bytes }) => {
      if (left <= may / 2) return false
      left -= bytes
      return true
    })
  })
}

/** Less waits for the disk in one that does not write. */
const IDLE = MiB

/**
 * Pure: what was written between two looks, in bytes. Control groups of the first version do not know whose bytes the kernel brings to the disk later: of one that
 * has some waiting, what went through its page cache stands for them.
 */
export const wrote = (before: Traffic, after: Traffic): number =>
  Math.max(
    after.waiting,
    after.written - before.written,
    after.waiting > IDLE ? after.cached - before.cached : 0,
  )

/** In a second: more than a service does in its work. */
const MUCH = 8 * MiB

/** Made in some seconds on a disk that has few left: more than a service's work takes. */
const MANY = 1_000

/**
 * Pure: whether of what is short so much went between two moments, `ms` apart, that somebody hides it: beyond the `grown` bytes that containers hold more. Who writes much
 * over the same place, or in files that are counted, hides nothing.
 */
export const isHidden = (before: EngineDisk, after: EngineDisk, grown: number, ms: number): boolean =>
  (after.bytes < KEPT.bytes && before.bytes - after.bytes - grown >= (MUCH / 2) * (ms / 1_000)) ||
  (fewFiles(after) && before.files - after.files >= MANY)

/** What a container wrote in a second, as far as it can be seen. */
export interface Writer {
  readonly one: Held
  readonly bytes: number
}

/**
 * Pure: who fills the disk in files that nobody can count (deleted ones that are still open, say): the team that writes by far the most, in whatever number of
 * containers. Those of it that write the most, until what the others write is not much. None where no team stands out.
 */
export function fillersOf(writers: readonly Writer[]): readonly Writer[] {
  const byTeam = new Map<string, number>()
  for (const { one, bytes } of writers) byTeam.set(one.team, (byTeam.get(one.team) ?? 0) + bytes)
  const [first, second] = [...byTeam].sort(([, a], [, b]) => b - a)
  if (!first || first[1] < MUCH || first[1] < 4 * (second?.[1] ?? 0)) return []
  let left = first[1]
  const its = writers.filter(({ one }) => one.team === first[0]).sort((a, b) => b.bytes - a.bytes)
  return its.filter(({ bytes }) => {
    if (left < MUCH / 2) return false
    left -= bytes
    return true
  })
}

/** An engine that takes so long for the containers of others is slow itself. ms */
const SLOW_MS = COUNT_MS / 10

/** How long it took for what of others could be counted, in the middle; of its own team's where there is no other. Null: nothing could. */
function usualMs(held: readonly Held[], one: Held): number | null {
  const counted = held.filter(({ id, counted: could }) => could && id !== one.id)
  const others = counted.filter(({ team }) => team !== one.team)
  const times = (others.length > 0 ? others : counted).map(({ ms }) => ms).toSorted((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? null
}

/**
 * Pure: the running ones that could not be counted in two looks one after the other, while most could and those of others as fast as ever: else it is the engine that is slow, and nobody's fault. A
 * team's own containers say nothing of that speed: it could fill them all.
 */
export function uncountable(before: readonly Held[], now: readonly Held[]): readonly Held[] {
  const not = now.filter(({ counted }) => !counted)
  if (not.length > now.length / 2) return []
  const quick = (held: readonly Held[], one: Held) =>
    (usualMs(held, one) ?? Number.POSITIVE_INFINITY) < SLOW_MS
  return not.filter(
    (one) =>
      one.running &&
      before.some(({ id, counted }) => id === one.id && !counted) &&
      quick(before, one) &&
      quick(now, one),
  )
}

/** A strike so long ago is forgotten: honest work that is taken for a filler now and then does not end a service for good. */
const FORGOTTEN_MS = 3_600_000
/** So often a container that fills the disk is started again, for its team to clear up; then it stays down. */
const STARTED_AGAIN = 2

/** Pure: the moments of a container's strikes that still count. */
export const counting = (strikes: readonly number[], nowMs: number): readonly number[] =>
  strikes.filter((atMs) => nowMs - atMs < FORGOTTEN_MS)

/** Pure: whether a container with these strikes, the latest too, stays down. */
export const staysDown = (strikes: readonly number[]): boolean => strikes.length > STARTED_AGAIN
