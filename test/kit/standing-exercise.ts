import type { Engine } from '../../server/engine/engine.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { smallScenario, smallTeams } from './small-scenario.ts'

/** Of which exercise; the small one with its teams unless given. */
interface Of {
  readonly teams?: typeof smallTeams
  readonly scenario?: typeof smallScenario
}

/** Creates the engine's exercise. */
export async function createExercise(
  engine: Engine,
  { teams = smallTeams, scenario = smallScenario }: Of = {},
): Promise<void> {
  const { exerciseId } = engine
  const data = { exerciseId, scenario, scenarioHash: 'h', seed: 's', teams, speed: 1 }
  await engine.submit({ type: 'create-exercise', data }, PLATFORM)
}

/** Brings it from there to `ready`, as a deploy that goes well. */
export async function deployed(engine: Engine): Promise<void> {
  const checks = [{ name: 'probe: the host out of reach', target: '10.0.0.1', ok: true, detail: 'silence' }]
  await engine.submit({ type: 'start-deploy', data: {} }, PLATFORM)
  for (const { id } of engine.state().teams)
    await engine.submit({ type: 'report-isolation', data: { team: id, checks } }, PLATFORM)
  await engine.submit({ type: 'finish-deploy', data: { ms: 1 } }, PLATFORM)
}

/** An exercise that is ready to begin. */
export async function standUp(engine: Engine, of: Of = {}): Promise<void> {
  await createExercise(engine, of)
  await deployed(engine)
}

export const startExercise = (engine: Engine) => engine.submit({ type: 'start-exercise', data: {} }, PLATFORM)
