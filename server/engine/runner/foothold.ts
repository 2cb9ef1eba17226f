import { teamOf } from '../../exercise/fold/state.ts'
import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { attackWaits } from '../../exercise/schedule/launch.ts'
import { attemptFoothold, targetOf } from '../attempts.ts'
import { done, type TaskRun } from './task-run.ts'

/** Looks whether what landed still holds. An attack on the same weakness that comes due meanwhile waits for the end of the look, so the look does not tarry then. */
export const runFoothold: TaskRun<'foothold'> = async ({ team, attack, openMs }, { engine, range }) => {
  const target = targetOf(engine.state(), team, attack)
  const hurried = () => {
    const now = teamOf(engine.state(), team)
    return now !== undefined && attackWaits(engine.state(), now, target.weakness, engine.atMs())
  }
  const { result, alive, evidence } = await attemptFoothold(range, engine.state().scenario, target, hurried)
  await engine.submit(
    { type: 'report-foothold', data: { team, attack, result, alive, evidence, openMs } },
    PLATFORM,
  )
  return done
}
