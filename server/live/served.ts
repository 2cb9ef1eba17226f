import { pastStart } from '../engine/planned-start.ts'
import type { Exercise } from '../engine/platform/exercise.ts'
import type { Exercises } from '../engine/platform/exercises.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import { openPages, type Pages } from './audience-feed.ts'
import { type Files, openFiles } from './files.ts'
import { type GiveCommand, openCommands } from './give-command.ts'
import { openRecordings, type Recordings } from './recordings.ts'
import { openSeats, type Seats } from './seats.ts'

/** An exercise with what HTTP and sockets share of it: its own seats, its own limits, its own pages of the ledger. */
export interface Served {
  readonly exercise: Exercise
  readonly seats: Seats
  readonly give: GiveCommand
  readonly pages: Pages
  readonly files: Files
  readonly recordings: Recordings
}

/** Finds the exercise that a request is about; null when there is none. */
export type FindServed = (exerciseId: string | undefined) => Promise<Served | null>

/** Each exercise is prepared when somebody first asks for it, and let go of together with the exercise. */
export function openServed(exercises: Exercises, store: EventLog): FindServed {
  const known = new WeakMap<Exercise, Promise<Served>>()
  const prepare = async (exercise: Exercise): Promise<Served> => {
    const files = openFiles(exercise.engine, store)
    return {
      exercise,
      seats: await openSeats(exercise.engine, store),
      give: openCommands(exercise.engine, async (command) =>
        command.type === 'plan-start'
          ? pastStart(command.data.atWall, Date.now())
          : files.checkCommand(command),
      ),
      pages: openPages(exercise.engine),
      files,
      recordings: openRecordings(exercise.engine, store),
    }
  }
  return async (exerciseId) => {
    const id = exerciseId ?? exercises.current
    // No database takes it.
    const exercise = id === null || id.includes('\0') ? null : await exercises.find(id)
    if (!exercise) return null
    const served =
      known.get(exercise) ??
      prepare(exercise).catch((error) => {
        known.delete(exercise)
        throw error
      })
    known.set(exercise, served)
    return served
  }
}
