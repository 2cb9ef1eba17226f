import { createInterface } from 'node:readline/promises'
import { openExerciseList } from '../engine/platform/exercise-list.ts'
import { archiveRecord, removeRecord } from '../engine/platform/record-keeping.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import type { Refusal } from '../exercise/decide/commands.ts'
import type { ExerciseSummary } from '../exercise/wire/protocol.ts'
import { openStore } from '../store/store.ts'
import { askPlatform } from './ask-platform.ts'
import { type RuntimeFile, readRuntimeFile } from './runtime-file.ts'
import { readSettings } from './settings.ts'
import { storeOptions } from './store-options.ts'
import { table } from './table.ts'
import { UserError } from './user-error.ts'

/** By the platform that runs; over the store itself where none does. */
async function either<T>(
  asked: (running: RuntimeFile) => Promise<T>,
  here: (log: EventLog) => Promise<T>,
): Promise<T> {
  const settings = readSettings(process.env)
  const running = readRuntimeFile(settings.dataDir)
  if (running) return asked(running)
  const store = await openStore(storeOptions(settings))
  try {
    return await here(store)
  } finally {
    await store.close()
  }
}

const exercises = (): Promise<readonly ExerciseSummary[]> =>
  either(
    async (running) =>
      (await askPlatform<{ exercises: readonly ExerciseSummary[] }>(running, '/api/exercises')).exercises,
    (log) => openExerciseList(log).list(null, []),
  )

const calledOf = ({ name, title }: ExerciseSummary): string => name ?? title.en

/** `kilp list`: every exercise of this installation. */
export async function runList(options: { readonly json?: boolean }): Promise<void> {
  const all = await exercises()
  if (options.json) {
    process.stdout.write(`${JSON.stringify(all)}\n`)
    return
  }
  const rows = all.map((one) => [
    one.id,
    calledOf(one),
    one.phase,
    new Date(one.createdWall).toISOString().slice(0, 16).replace('T', ' '),
    one.open ? 'open' : one.archived ? 'archive' : 'record',
  ])
  process.stdout.write(
    rows.length === 0
      ? 'There is no exercise yet.\n'
      : `${table(['exercise', 'name', 'phase', 'made', 'kept as'], rows)}\n`,
  )
}

const accepted = (refusal: Refusal | null): void => {
  if (refusal) throw new UserError(refusal.message)
}

/** `kilp archive` and `kilp unarchive`: puts a record aside, or back among the others. */
export async function runArchive(exercise: string, archived: boolean): Promise<void> {
  const path = `/api/exercises/${encodeURIComponent(exercise)}/archive`
  await either(
    async (running) => void (await askPlatform(running, path, { archived })),
    async (log) => accepted(await archiveRecord(log, exercise, archived)),
  )
  process.stderr.write(`${exercise} is ${archived ? 'in the archive' : 'among the records again'}.\n`)
}

/** `kilp delete`: removes a record with all that is kept of it, once its id was typed again. */
export async function runDelete(exercise: string, options: { readonly yes?: boolean }): Promise<void> {
  if (!options.yes) await sure(exercise)
  await either(
    async (running) =>
      void (await askPlatform(
        running,
        `/api/exercises/${encodeURIComponent(exercise)}`,
        undefined,
        'DELETE',
      )),
    async (log) => accepted(await removeRecord(log, exercise)),
  )
  process.stderr.write(`${exercise} is deleted.\n`)
}

/** @throws UserError when it is not there, or somebody thinks better of it. */
async function sure(exercise: string): Promise<void> {
  const found = (await exercises()).find(({ id }) => id === exercise)
  if (!found) throw new UserError(`There is no exercise ${exercise}. kilp list says which there are.`)
  process.stderr.write(
    `${exercise} (${calledOf(found)}) goes with all that is kept of it: ledger, answers, files, links. There is no way back.\nTo keep it as a file first: kilp export ${exercise}\n`,
  )
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // Where nobody types anything the question would never end.
  const typed = await Promise.race([
    lines.question('Type its id to delete it: '),
    new Promise<string>((end) => lines.once('close', () => end(''))),
  ])
  lines.close()
  if (typed.trim() !== exercise)
    throw new UserError('\nThat is not its id: nothing was deleted. Scripts say --yes.')
}
