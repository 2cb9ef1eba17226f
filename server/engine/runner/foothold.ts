import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { attemptFoothold, targetOf } from '../attempts.ts'
import { done, type TaskRun } from './task-run.ts'

/** Looks whether what landed still holds. */
export const runFoothold: TaskRun<'foothold'> = async ({ team, attack }, { engine, range }) => {
  const { result, alive, evidence } = await attemptFoothold(
    range,
    engine.state().scenario,
    targetOf(engine.state(), team, attack),
  )
  await engine.submit({ type: 'report-foothold', data: { team, attack, result, alive, evidence } }, PLATFORM)
  return done
}
