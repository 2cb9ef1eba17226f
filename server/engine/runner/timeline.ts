import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { done, type TaskRun } from './task-run.ts'

/** A phase begins, or the exercise is over. */
export const runPassTime: TaskRun<'pass-time'> = async (_, { engine }) => {
  await engine.submit({ type: 'pass-time', data: {} }, PLATFORM)
  return done
}

/** A message comes to a team. */
export const runInject: TaskRun<'inject'> = async ({ team, inject }, { engine }) => {
  await engine.submit({ type: 'send-inject', data: { team, inject } }, PLATFORM)
  return done
}

/** The tutor tells a team something. */
export const runNote: TaskRun<'note'> = async ({ team, note }, { engine }) => {
  await engine.submit({ type: 'say-tutor', data: { team, note } }, PLATFORM)
  return done
}
