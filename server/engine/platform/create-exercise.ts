import { randomBytes, randomUUID } from 'node:crypto'
import { PLATFORM } from '../../exercise/ledger/actor.ts'
import type { Team } from '../../exercise/scenario/model.ts'
import { type Engine, openEngine } from '../engine.ts'
import type { LoadedScenario } from '../ports/loaded-scenario.ts'
import type { Clock, EventLog } from '../ports/ports.ts'
import { keepBrought } from './brought.ts'
import { keepFiles, type ScenarioPlace } from './open-list.ts'
import { surprised } from './surprise.ts'

export const newExerciseId = (): string => randomBytes(4).toString('hex')

/** Begins the ledger of a new exercise and issues the seats that every one has. */
export async function createExercise(of: {
  readonly log: EventLog
  readonly clock: Clock
  readonly exerciseId: string
  readonly loaded: LoadedScenario
  readonly place: ScenarioPlace
  readonly speed: number
  /** What this exercise is called; as the scenario when not given. */
  readonly name?: string | undefined
}): Promise<Engine> {
  const { log, clock, exerciseId, loaded, place, speed, name } = of
  const { teams, hash } = loaded
  await keepFiles(log, exerciseId, loaded.files, place)
  await keepBrought(log, exerciseId, loaded, clock.now())
  const engine = await openEngine({ log, clock, exerciseId })
  const seed = randomBytes(16).toString('hex')
  const scenario = surprised(loaded.scenario, seed)
  const created = await engine.submit(
    { type: 'create-exercise', data: { exerciseId, scenario, scenarioHash: hash, seed, teams, speed } },
    PLATFORM,
  )
  if (!created.ok) throw new Error(`the exercise can not be created: ${created.refusal.message}`)
  if (name !== undefined) {
    const named = await engine.submit({ type: 'name-exercise', data: { name } }, PLATFORM)
    if (!named.ok) throw new Error(`the exercise can not be created: ${named.refusal.message}`)
  }
  await issueSeats(engine)
  return engine
}

/** Issues the seats that every exercise has and this one has not yet; one that was revoked stays so. */
export async function issueSeats(engine: Engine): Promise<void> {
  const { seats, teams } = engine.state()
  for (const wanted of seatsFor(teams))
    if (!seats.some(({ seat, team }) => seat === wanted.seat && team === wanted.team))
      await engine.submit({ type: 'issue-seat', data: { seatId: randomUUID(), ...wanted } }, PLATFORM)
}

const seatsFor = (teams: readonly { readonly id: string; readonly name: Team['name'] }[]) => [
  { seat: 'white' as const, team: null, label: 'Instructor' },
  ...teams.map((team) => ({ seat: 'blue' as const, team: team.id, label: team.name.en })),
  { seat: 'observer' as const, team: null, label: 'Observer' },
  { seat: 'guest' as const, team: null, label: 'Guest' },
]
