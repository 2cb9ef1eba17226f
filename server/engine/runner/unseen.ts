import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { done, type TaskRun } from './task-run.ts'

/** What nobody could look after for too long is no longer known. */
export const runUnseen: TaskRun<'unseen'> = async ({ kind: _, ...data }, { engine }) => {
  await engine.submit({ type: 'report-unseen', data }, PLATFORM)
  return done
}
