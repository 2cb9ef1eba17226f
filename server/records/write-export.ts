import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { ExerciseRows } from '../engine/ports/exercise-rows.ts'
import type { ScenarioPages } from '../engine/ports/kept-file.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import { chainedLine, hashBeforeAll } from './chain.ts'
import { cleaned, LEFT_OUT } from './cleaned.ts'
import { openFolding } from './folding.ts'
import { sha256 } from './hashes.ts'
import {
  CASTS,
  CLOCK,
  castName,
  FILES,
  fileName,
  LEDGER,
  MANIFEST,
  type Manifest,
  type ManifestEntry,
  manifestText,
  PAGES,
  SAMPLES,
  SEAL,
  SNAPSHOT,
  scenarioName,
} from './manifest.ts'
import { type InstallationKey, sealText } from './seal.ts'
import { END_BYTES, headerOf, paddingOf } from './tar-frame.ts'

const zip = promisify(gzip)

/** Text files of a scenario folder as the exercise was made from them, or why they can not be had. */
export type ScenarioFiles =
  | { readonly ok: true; readonly files: readonly { readonly path: string; readonly content: Buffer }[] }
  | { readonly ok: false; readonly why: string }

const NOT_ENDED: ScenarioFiles = {
  ok: false,
  why: 'the exercise has not ended, and answers to its questions stand in them',
}

export interface ExportOf {
  readonly log: EventLog & ExerciseRows
  readonly exerciseId: string
  readonly key: InstallationKey
  /** Epoch ms. */
  readonly now: number
  /** Of this Kilp. */
  readonly version: string
  /** Hash of the sources that fold. */
  readonly foldHash: string
  readonly pages: ScenarioPages | null
  /** Asked for when the exercise has ended alone: answers to questions of one that has not stand in them. */
  readonly scenarioFiles: (slug: string) => Promise<ScenarioFiles>
  /** Folder in which it is put together, since what stands first says how long all else is. */
  readonly scratch: string
}

interface Spooled extends ManifestEntry {
  readonly path: string
}

/** An export that is put together and waits to be read. */
export interface Prepared {
  readonly manifest: Manifest
  /** The file from its first byte to its last. */
  chunks(): AsyncGenerator<Buffer>
  /** Removes what it was put together from. */
  drop(): Promise<void>
}

/**
 * Puts an exercise together as one file: a plain tar (`tar -t` lists it) whose every byte follows from what is in it, see manifest.ts, chain.ts and seal.ts, and cleaned.ts for what is left out of it. What is
 * appended meanwhile is not in. Rejects when there is no such exercise.
 */
export async function prepareExport(of: ExportOf): Promise<Prepared> {
  const folder = await mkdtemp(join(of.scratch, 'kilp-export-'))
  const drop = () => rm(folder, { recursive: true, force: true })
  try {
    const { manifest, head, spooled } = await gather(of, folder)
    return { manifest, chunks: () => archiveOf(manifest, spooled, head, of.key), drop }
  } catch (error) {
    await drop()
    throw error
  }
}

async function* archiveOf(
  manifest: Manifest,
  spooled: readonly Spooled[],
  head: string,
  key: InstallationKey,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  const entry = async function* (
    name: string,
    bytes: number,
    content: AsyncIterable<Buffer> | readonly Buffer[],
  ) {
    yield await headerOf(name, bytes)
    yield* content
    yield Buffer.alloc(paddingOf(bytes))
  }
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  const text = Buffer.from(manifestText(manifest))
  yield* hashed(entry(MANIFEST, text.length, [text]))
  for (const { name, bytes, path } of spooled) yield* hashed(entry(name, bytes, createReadStream(path)))
  const seal = Buffer.from(sealText({ head, manifest: sha256(text), sha256: hash.digest('hex') }, key))
  yield* entry(SEAL, seal.length, [seal])
  yield Buffer.alloc(END_BYTES)
}

/** Puts what is to follow the manifest into files, and makes the manifest of them. */
async function gather(of: ExportOf, folder: string) {
  const { log, exerciseId } = of
  const last = await log.lastPosition(exerciseId)
  if (last === 0) throw new Error(`there is no exercise ${exerciseId}`)
  const ended = (await log.exercises()).some((one) => one.exerciseId === exerciseId && one.endedWall !== null)
  const spooled: Spooled[] = []
  const spool = async (
    name: string,
    chunks: AsyncIterable<string | Uint8Array> | readonly (string | Uint8Array)[],
  ) => {
    const path = join(folder, String(spooled.length))
    spooled.push({ name, path, ...(await writeHashed(path, chunks)) })
  }

  const folding = openFolding()
  const walls: number[] = []
  let head = hashBeforeAll(exerciseId)
  const ledgerText = async function* () {
    for await (const page of log.storedEvents(exerciseId, last)) {
      const events = page.map((stored) => cleaned(stored, ended))
      await folding.take(events)
      const lines = events.map((event) => {
        const { text, hash } = chainedLine(event, head)
        head = hash
        return `${text}\n`
      })
      walls[0] ??= page[0]?.wall ?? 0
      walls[1] = page.at(-1)?.wall ?? 0
      yield lines.join('')
    }
  }
  await spool(LEDGER, ledgerText())
  const { state, snapshot } = await folding.done()
  await spool(CLOCK, [`${JSON.stringify(await log.loadClock(exerciseId))}\n`])
  const sampleText = async function* () {
    for await (const page of log.storedSamples(exerciseId))
      yield page.map((sample) => `${JSON.stringify(sample)}\n`).join('')
  }
  await spool(SAMPLES, sampleText())
  const kept = await log.filesOf(exerciseId)
  await spool(FILES, [`${JSON.stringify(kept)}\n`])
  for (const hash of new Set(kept.map((file) => file.sha256))) {
    const content = await log.readFile(exerciseId, hash)
    if (!content) throw new Error(`the file ${hash} of exercise ${exerciseId} is gone`)
    await spool(fileName(hash), [content])
  }
  const casts = await log.castsOf(exerciseId)
  const recorded = []
  for (const { cast } of casts) {
    const read = await log.readCast(exerciseId, cast)
    if (!read) throw new Error(`the recording ${cast} of exercise ${exerciseId} is gone`)
    const { text, ...kept } = read
    await spool(castName(cast), [text])
    recorded.push(kept)
  }
  await spool(CASTS, [`${JSON.stringify(recorded)}\n`])
  await spool(PAGES, [`${JSON.stringify(of.pages)}\n`])
  await spool(SNAPSHOT, [await zip(snapshot)])
  const scenario = ended ? await of.scenarioFiles(state.scenario.slug) : NOT_ENDED
  if (scenario.ok) for (const { path, content } of scenario.files) await spool(scenarioName(path), [content])

  const manifest: Manifest = {
    kilp: 'export',
    format: 1,
    exercise: exerciseId,
    scenario: { slug: state.scenario.slug, title: state.scenario.title, hash: state.scenarioHash },
    phase: state.phase,
    positions: { first: 1, last },
    wall: { first: walls[0] ?? 0, last: walls[1] ?? 0, exported: of.now },
    version: of.version,
    key: of.key.publicKey,
    leftOut: Object.values(LEFT_OUT),
    noScenario: scenario.ok ? null : scenario.why,
    snapshot: { audience: 'white', madeBy: of.foldHash },
    entries: spooled.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  }
  return { manifest, head, spooled }
}

async function writeHashed(
  path: string,
  chunks: AsyncIterable<string | Uint8Array> | readonly (string | Uint8Array)[],
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of chunks) {
      const content = Buffer.from(chunk)
      hash.update(content)
      bytes += content.length
      await file.writeFile(content)
    }
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}
