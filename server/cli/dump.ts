import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { restore } from '../store/dump.ts'
import { openStore } from '../store/store.ts'
import { askPlatform, fetchInto, pathOf } from './ask-platform.ts'
import { writeProblem } from './given-path.ts'
import { readRuntimeFile } from './runtime-file.ts'
import { readSettings } from './settings.ts'
import { storeOptions } from './store-options.ts'
import { openTakeaway } from './takeaway.ts'
import { UserError } from './user-error.ts'

/** What whoever makes a dump has to know of it. */
export const DUMP_HOLDS_KEYS =
  'A dump holds the keys that sign join links: whoever has it can take every seat, white’s too.\nKeep it as private as the store itself. To hand an exercise on: kilp export.'

/** `kilp dump`: asks the platform that runs, and opens the store where none does. */
export async function runDump(file: string | undefined, options: { exercise?: string }): Promise<void> {
  const settings = readSettings(process.env)
  const of = options.exercise
  const running = readRuntimeFile(settings.dataDir)
  process.stderr.write(`${DUMP_HOLDS_KEYS}\n`)
  if (running) {
    // Whether it is there: a dump of an exercise that is not is an empty one.
    if (of !== undefined) await askPlatform(running, pathOf(of, ''))
    const query = of === undefined ? '' : `?exercise=${encodeURIComponent(of)}`
    await into(file, (open) => fetchInto(running, `/api/dump${query}`, open, 'dumpKey'))
    return
  }
  const store = await openStore(storeOptions(settings))
  try {
    if (of !== undefined && (await store.lastPosition(of)) === 0)
      throw new UserError(`There is no exercise ${of} in this store.`)
    await into(file, (open) => pipeline(openTakeaway(store).dump(of), open()))
  } finally {
    await store.close()
  }
}

/** A file gets its name when all of it is there. */
async function into(file: string | undefined, write: (open: () => Writable) => Promise<void>): Promise<void> {
  if (file === undefined) return write(() => process.stdout)
  const draft = `${file}.part`
  try {
    await write(() => createWriteStream(draft, { mode: 0o600 }))
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw writeProblem(file, error)
  }
}

export async function runRestore(file: string | undefined): Promise<void> {
  const store = await openStore(storeOptions(readSettings(process.env)))
  try {
    await restore(store, file ? createReadStream(file) : process.stdin)
    process.stderr.write('Restored.\n')
  } finally {
    await store.close()
  }
}
