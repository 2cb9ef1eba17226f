import type { CastPart } from '../../server/engine/ports/kept-cast.ts'
import type { KeptFile } from '../../server/engine/ports/kept-file.ts'
import type { KeptSnapshot } from '../../server/engine/ports/kept-snapshot.ts'
import {
  type ClockCheckpoint,
  type EventLog,
  PositionConflict,
  type Sample,
} from '../../server/engine/ports/ports.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'

/** One recording of its parts. */
function joined(parts: readonly CastPart[], cast: string) {
  const own = parts.filter((one) => one.cast === cast)
  const [first] = own
  if (!first) return null
  const { terminal, team } = first
  const text = own.map((one) => one.text).join('')
  return { cast, terminal, team, bytes: Buffer.byteLength(text), text }
}

/** The contract of the event log in memory; the real ones are tested in test/store. `events` is of all exercises. `kill` makes it refuse, as a dead process would. */
export function openMemoryLog() {
  const events: Recorded[] = []
  const ledgers = new Map<string, Recorded[]>()
  const ledger = (exerciseId: string) => ledgers.get(exerciseId) ?? []
  const samples: Sample[] = []
  const samplesOf = new Map<string, readonly Sample[]>()
  const snapshots = new Map<string, KeptSnapshot>()
  const settings = new Map<string, unknown>()
  const files: { exerciseId: string; file: KeptFile; content: Uint8Array }[] = []
  const casts = new Map<string, CastPart[]>()
  const clocks = new Map<string, ClockCheckpoint>()
  let killAfter = Number.POSITIVE_INFINITY
  let unheard = false
  let free: number | null = null
  const alive = () => {
    if (events.length >= killAfter) throw new Error('killed')
  }
  const log: EventLog = {
    async append(exerciseId, expected, added, wall) {
      alive()
      const own = ledger(exerciseId)
      if (expected !== own.length) throw new PositionConflict(`expected ${expected}, is ${own.length}`)
      const recorded = added.map((event, i) => ({ ...event, position: expected + i + 1, wall }) as Recorded)
      events.push(...recorded)
      own.push(...recorded)
      ledgers.set(exerciseId, own)
      if (unheard) {
        unheard = false
        throw new Error('the connection was lost')
      }
      return recorded
    },
    read: async (exerciseId, after, limit) => ledger(exerciseId).slice(after, after + limit),
    lastPosition: async (exerciseId) => ledger(exerciseId).length,
    exercises: async () =>
      [...ledgers].toReversed().map(([exerciseId, own]) => ({
        exerciseId,
        createdWall: own[0]?.wall ?? 0,
        endedWall: own.find((event) => event.type === 'exercise.ended')?.wall ?? null,
        name: own.findLast((event) => event.type === 'exercise.named')?.data.name ?? null,
        lastPosition: own.length,
      })),
    saveClock: async (exerciseId, checkpoint) => {
      alive()
      clocks.set(exerciseId, checkpoint)
    },
    loadClock: async (exerciseId) => clocks.get(exerciseId) ?? null,
    addSamples: async (exerciseId, batch) => {
      samples.push(...batch)
      samplesOf.set(exerciseId, [...(samplesOf.get(exerciseId) ?? []), ...batch])
    },
    readSamples: async (exerciseId) => samplesOf.get(exerciseId) ?? [],
    dropSamples: async (before) => {
      alive()
      samples.splice(0, samples.findLastIndex(({ wall }) => wall < before) + 1)
    },
    saveSnapshot: async (exerciseId, snapshot) => {
      alive()
      snapshots.set(`${exerciseId} ${snapshot.audience}`, snapshot)
    },
    loadSnapshot: async (exerciseId, audience, madeBy) => {
      const kept = snapshots.get(`${exerciseId} ${audience}`)
      return kept?.madeBy === madeBy ? kept : null
    },
    keepFile: async (exerciseId, file, content) => {
      const known = files.some(
        (kept) =>
          kept.exerciseId === exerciseId &&
          kept.file.owner === file.owner &&
          kept.file.sha256 === file.sha256,
      )
      if (!known) files.push({ exerciseId, file, content })
    },
    filesOf: async (exerciseId) =>
      files.filter((kept) => kept.exerciseId === exerciseId).map(({ file }) => file),
    readFile: async (exerciseId, sha256) =>
      files.find((kept) => kept.exerciseId === exerciseId && kept.file.sha256 === sha256)?.content ?? null,
    addCasts: async (exerciseId, added) => {
      alive()
      const own = casts.get(exerciseId) ?? []
      const isKnown = ({ cast, part }: CastPart) => own.some((one) => one.cast === cast && one.part === part)
      casts.set(exerciseId, [...own, ...added.filter((part) => !isKnown(part))])
    },
    castsOf: async (exerciseId) => {
      const own = casts.get(exerciseId) ?? []
      return [...new Set(own.map(({ cast }) => cast))]
        .toSorted()
        .flatMap((cast) => joined(own, cast) ?? [])
        .map(({ text: _, ...kept }) => kept)
    },
    readCast: async (exerciseId, cast) => joined(casts.get(exerciseId) ?? [], cast),
    forget: async (exerciseId) => {
      casts.delete(exerciseId)
      ledgers.delete(exerciseId)
      clocks.delete(exerciseId)
      samplesOf.delete(exerciseId)
      for (const key of snapshots.keys()) if (key.startsWith(`${exerciseId} `)) snapshots.delete(key)
      for (const key of settings.keys()) if (key.endsWith(`:${exerciseId}`)) settings.delete(key)
      files.splice(0, files.length, ...files.filter((kept) => kept.exerciseId !== exerciseId))
    },
    freeBytes: async () => free,
    putSetting: async (key, value) => void settings.set(key, value),
    getSetting: async (key) => settings.get(key) ?? null,
    close: async () => {},
  }
  return {
    log,
    events,
    samples,
    /** Under the exercise and the audience, as in `x white`. */
    snapshots,
    /** The ledger of one exercise, to be filled or put back. */
    ledgerOf(exerciseId: string): Recorded[] {
      const own = ledger(exerciseId)
      ledgers.set(exerciseId, own)
      return own
    },
    /** The next append is written, but its writer does not hear of it. */
    loseAnswer: () => {
      unheard = true
    },
    /** What the disk has left, bytes. */
    leave: (bytes: number) => {
      free = bytes
    },
    /** From position `n` on nothing is written any more. */
    killAfter: (n: number) => {
      killAfter = n
    },
  }
}
