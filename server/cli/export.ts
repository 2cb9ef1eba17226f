import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { readOpenList } from '../engine/platform/open-list.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import { FOLD_HASH } from '../engine/snapshots/fold-hash.ts'
import { openFile } from '../records/archive.ts'
import { verifyExport } from '../records/verify.ts'
import { openStore } from '../store/store.ts'
import { askPlatform, fetchInto } from './ask-platform.ts'
import { givenPath, writeProblem } from './given-path.ts'
import { findingLine } from './open-export.ts'
import { type RuntimeFile, readRuntimeFile } from './runtime-file.ts'
import { readSettings } from './settings.ts'
import { storeOptions } from './store-options.ts'
import { openTakeaway } from './takeaway.ts'
import { UserError } from './user-error.ts'
import { aboutExport } from './verify.ts'

/** `kilp export`: asks the platform that runs, and opens the store where none does. What was written is proven before it gets its name. */
export async function runExport(
  exercise: string | undefined,
  options: { readonly output?: string },
): Promise<void> {
  const settings = readSettings(process.env)
  const running = readRuntimeFile(settings.dataDir)
  const named = (id: string) => {
    const path = givenPath(options.output ?? `kilp-${id}.tar`)
    return { path, draft: `${path}.part` }
  }
  if (running) {
    const id = exercise ?? (await currentOn(running))
    const { path, draft } = named(id)
    await drafted(draft, path, () =>
      fetchInto(running, `/api/exercises/${encodeURIComponent(id)}/export`, () =>
        createWriteStream(draft, PRIVATE),
      ),
    )
    return
  }
  const store = await openStore(storeOptions(settings))
  try {
    const id = await exerciseIn(store, exercise)
    const { path, draft } = named(id)
    await drafted(draft, path, async () => {
      const stream = await openTakeaway(store).export(id)
      if (stream) await pipeline(stream, createWriteStream(draft, PRIVATE))
    })
  } finally {
    await store.close()
  }
}

/** @throws UserError where the platform has no exercise yet. */
async function currentOn(running: RuntimeFile): Promise<string> {
  const { exercise } = await askPlatform<{ exercise: string | null }>(running, '/healthz')
  if (exercise === null) throw new UserError('There is no exercise on this platform yet.')
  return exercise
}

/** It holds no secret, but all that white knows: whoever made it decides who reads it. */
const PRIVATE = { mode: 0o600 } as const

async function drafted(draft: string, path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
    const said = await provenText(draft, path)
    await rename(draft, path)
    process.stderr.write(`${said}\n`)
  } catch (error) {
    await rm(draft, { force: true })
    throw writeProblem(path, error)
  }
}

async function provenText(draft: string, path: string): Promise<string> {
  const file = await openFile(draft)
  try {
    const { findings, archive, fingerprint } = await verifyExport(file, FOLD_HASH)
    if (!archive) throw new Error(`what was exported is not whole: ${findings.map(findingLine).join('; ')}`)
    const { manifest } = archive
    return [
      `${path}: ${aboutExport(manifest)}`,
      `Signed with ${fingerprint}. To prove it elsewhere: kilp verify FILE --key ${fingerprint}`,
      ...(manifest.phase === 'ended'
        ? []
        : ['The exercise has not ended: the file tells what is still to come, as white’s pages do.']),
      ...(manifest.noScenario === null ? [] : [`Without the scenario’s own files: ${manifest.noScenario}.`]),
    ].join('\n')
  } finally {
    await file.close()
  }
}

/** The exercise that is meant. @throws UserError when that is not known, or it is not there. */
export async function exerciseIn(store: EventLog, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if ((await store.lastPosition(given)) > 0) return given
    throw new UserError(`There is no exercise ${given} in this store. ${await known(store)}`)
  }
  const all = await store.exercises()
  const [only, another] = all
  if (only && !another) return only.exerciseId
  const [current] = await readOpenList(store)
  if (current && all.some(({ exerciseId }) => exerciseId === current.exerciseId)) return current.exerciseId
  throw new UserError(
    only
      ? `Which one? ${await known(store)}`
      : 'There is no exercise in this store yet. Start one with: npm start',
  )
}

const known = async (store: EventLog): Promise<string> =>
  `There are: ${(await store.exercises()).map(({ exerciseId }) => exerciseId).join(', ') || 'none'}.`
