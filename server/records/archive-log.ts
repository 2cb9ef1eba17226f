import type { EventLog, Sample } from '../engine/ports/ports.ts'
import { type Stored, upcast } from '../exercise/ledger/upcast.ts'
import { type Archive, contentOf, linesIn, partsOf, placeOf, readAt } from './archive.ts'
import { castsIn, clockIn, filesIn, sampleIn, snapshotIn } from './brought.ts'
import { eventOf } from './chain.ts'
import { castName, fileName, LEDGER, SAMPLES } from './manifest.ts'

/** Where lines begin in the file, and one more: where the last one ends. */
type Offsets = readonly number[]

/**
 * A proven export as the event log of its one exercise, to be read: the file stays where it is, and in memory is only where its lines begin. What a platform keeps beside ledgers (keys of seats,
 * join codes) is made anew and gone at the end. Nothing can be appended.
 */
export async function openArchiveLog(
  archive: Archive,
  settings: ReadonlyMap<string, unknown>,
): Promise<EventLog> {
  const { manifest, file } = archive
  const own = (exerciseId: string) => exerciseId === manifest.exercise
  const offsets = await offsetsOf(archive, LEDGER)
  const last = offsets.length - 1
  const lines = async (of: Offsets, from: number, to: number): Promise<readonly Buffer[]> => {
    const start = of[from] ?? 0
    const text = await readAt(file, start, (of[to] ?? start) - start)
    return Array.from({ length: to - from }, (_, n) =>
      text.subarray((of[from + n] ?? 0) - start, (of[from + n + 1] ?? 0) - start - 1),
    )
  }
  const stored = async (after: number, limit: number): Promise<readonly Stored[]> =>
    after >= last ? [] : (await lines(offsets, after, Math.min(last, after + limit))).map(eventOf)
  const samples = await samplesOf(archive)
  const files = await filesIn(archive)
  const casts = await castsIn(archive)
  const clock = await clockIn(archive)
  const snapshot = await snapshotIn(archive)
  const kept = new Map(settings)
  const summary = {
    exerciseId: manifest.exercise,
    createdWall: manifest.wall.first,
    endedWall: manifest.phase === 'ended' ? manifest.wall.last : null,
    // Its pages know it from the ledger.
    name: null,
    lastPosition: last,
  }
  return {
    append: refused,
    forget: refused,
    read: async (exerciseId, after, limit) =>
      own(exerciseId) ? (await stored(after, limit)).map(upcast) : [],
    lastPosition: async (exerciseId) => (own(exerciseId) ? last : 0),
    exercises: async () => [summary],
    saveClock: refused,
    loadClock: async (exerciseId) => (own(exerciseId) ? clock : null),
    addSamples: refused,
    async readSamples(exerciseId, { team, service, limit }) {
      const at = own(exerciseId) ? (samples.get(placeKey(team, service)) ?? []) : []
      const found: Sample[] = []
      for (const { from, to } of at.slice(-limit).toReversed())
        found.push(sampleIn(await readAt(file, from, to - from)))
      return found
    },
    dropSamples: async () => {},
    // A cache of what is folded from a file that is here: not worth keeping.
    saveSnapshot: async () => {},
    loadSnapshot: async (exerciseId, audience, madeBy) =>
      own(exerciseId) && snapshot?.audience === audience && snapshot.madeBy === madeBy ? snapshot : null,
    keepFile: refused,
    filesOf: async (exerciseId) => (own(exerciseId) ? files : []),
    readFile: async (exerciseId, sha256) =>
      own(exerciseId) && files.some((one) => one.sha256 === sha256)
        ? contentOf(archive, fileName(sha256))
        : null,
    addCasts: refused,
    castsOf: async (exerciseId) => (own(exerciseId) ? casts : []),
    async readCast(exerciseId, name) {
      const kept = own(exerciseId) ? casts.find(({ cast }) => cast === name) : undefined
      return kept ? { ...kept, text: (await contentOf(archive, castName(name))).toString('utf8') } : null
    },
    freeBytes: async () => null,
    putSetting: async (key, value) => void kept.set(key, value),
    getSetting: async (key) => kept.get(key),
    close: () => file.close(),
  }
}

const refused = async (): Promise<never> => {
  throw new Error('an export that is replayed takes nothing')
}

async function offsetsOf(archive: Archive, name: string): Promise<Offsets> {
  const start = placeOf(archive, name)?.at ?? 0
  const offsets = [start]
  for await (const lines of linesIn(partsOf(archive, name)))
    for (const { at, text } of lines) offsets.push(start + at + text.length + 1)
  return offsets
}

const placeKey = (team: string, service: string) => `${team}\0${service}`

/** Where the samples of each service of each team stand, oldest first. */
async function samplesOf(archive: Archive) {
  const start = placeOf(archive, SAMPLES)?.at ?? 0
  const found = new Map<string, { readonly from: number; readonly to: number }[]>()
  for await (const lines of linesIn(partsOf(archive, SAMPLES)))
    for (const { at, text } of lines) {
      const { team, service } = sampleIn(text)
      const key = placeKey(team, service)
      const own = found.get(key) ?? []
      own.push({ from: start + at, to: start + at + text.length })
      found.set(key, own)
    }
  return found
}
