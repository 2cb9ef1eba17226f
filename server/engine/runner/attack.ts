import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { attemptAttack, targetOf } from '../attempts.ts'
import { done, type TaskRun } from './task-run.ts'

/** Launches an attack, tries it, and says what came of it. */
export const runAttack: TaskRun<'attack'> = async ({ team, attack }, { engine, range, clock, insist }) => {
  const launched = await engine.submit({ type: 'launch-attack', data: { team, attack } }, PLATFORM)
  const event = launched.ok ? launched.events.find((e) => e.type === 'attack.launched') : undefined
  // Of a chain whose way in is closed it is known at once what comes of it.
  if (!launched.ok || !event || launched.events.at(-1) !== event) return done
  const { attempt } = event.data
  const target = targetOf(engine.state(), team, attack)
  const outcome = await attemptAttack(range, clock, engine.state().scenario, target)
  // Nobody would launch it again: what came of it is offered until the store takes it. Twice said changes nothing.
  await insist({ type: 'report-attack', data: { team, attack, attempt, ...outcome } })
  return done
}
