import type { Refusal } from '../../exercise/decide/commands.ts'
import type { EventLog } from '../ports/ports.ts'
import { putArchived } from './archived.ts'
import { readOpenList } from './open-list.ts'

export const STILL_OPEN: Refusal = {
  code: 'still-open',
  message: 'This exercise still has its enclaves. Close it first: kilp close, or the home page.',
  params: {},
}
export const NONE: Refusal = {
  code: 'no-such-exercise',
  message: 'There is no exercise of this id. kilp list says which there are.',
  params: {},
}

/** Why nothing is done with an exercise as a record; null where it is one. */
async function notARecord(log: EventLog, exerciseId: string): Promise<Refusal | null> {
  if ((await readOpenList(log)).some((entry) => entry.exerciseId === exerciseId)) return STILL_OPEN
  return (await log.lastPosition(exerciseId)) === 0 ? NONE : null
}

/** Puts a record aside, or back among the others. The refusal, or null. */
export async function archiveRecord(
  log: EventLog,
  exerciseId: string,
  archived: boolean,
): Promise<Refusal | null> {
  const why = await notARecord(log, exerciseId)
  if (!why) await putArchived(log, exerciseId, archived)
  return why
}

/** Removes a record with all that is kept of it. The refusal, or null. */
export async function removeRecord(log: EventLog, exerciseId: string): Promise<Refusal | null> {
  const why = await notARecord(log, exerciseId)
  if (why) return why
  await putArchived(log, exerciseId, false)
  await log.forget(exerciseId)
  return null
}
