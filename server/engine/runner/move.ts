import type { Moved } from '../ports/range-news.ts'
import { done, type TaskRun } from './task-run.ts'

/** The enclave of a team comes up on another machine. What fails is said, and is not tried again: white may ask once more. */
export const runMove: TaskRun<'move'> = async ({ team }, { range, insist }) => {
  const said = await range.move(team).then(
    ({ name, changes }: Moved) => ({ team, ok: true, name, reason: '', changes }),
    (error: unknown) => ({
      ...{ team, ok: false, name: '', changes: [] },
      reason: error instanceof Error ? error.message : String(error),
    }),
  )
  await insist({ type: 'report-moved', data: said })
  return done
}
