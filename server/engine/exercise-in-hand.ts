import { randomBytes, randomUUID } from 'node:crypto'
import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { Team } from '../exercise/scenario/model.ts'
import { type Engine, openEngine } from './engine.ts'
import type { Clock, EventLog, LoadedScenario } from './ports.ts'

export interface InHand {
  readonly log: EventLog
  readonly clock: Clock
  readonly loaded: LoadedScenario
  readonly speed: number
  /** Give up an unfinished exercise. */
  readonly fresh: boolean
  readonly tell: (line: string) => void
}

/** Setting that names the exercise in hand and the scenario it was made from. */
const CURRENT = 'current-exercise'

interface Current {
  readonly exerciseId: string
  readonly scenarioHash: string
}

/**
 * The exercise in hand, to be taken up again when it has not ended and was made from the same scenario. One that is not taken up is ended,
 * so that the ledger says so.
 */
async function openCurrent(options: InHand): Promise<Engine | null> {
  const { log, clock } = options
  const current = (await log.getSetting(CURRENT)) as Current | null | undefined
  if (!current) return null
  const engine = await openEngine({ log, clock, exerciseId: current.exerciseId })
  const { phase, exerciseId } = engine.state()
  if (exerciseId === '' || phase === 'ended') return null
  if (current.scenarioHash === options.loaded.hash && !options.fresh) return engine
  options.tell(
    options.fresh
      ? `Giving up the unfinished exercise ${exerciseId}`
      : `The scenario is another than that of the unfinished exercise ${exerciseId}, which ends here`,
  )
  await engine.submit({ type: 'end-exercise', data: { reason: 'replaced' } }, PLATFORM)
  return null
}

async function createExercise({ log, clock, loaded, speed }: InHand): Promise<Engine> {
  const exerciseId = randomBytes(4).toString('hex')
  const { scenario, teams, hash } = loaded
  // First, so that a crash in between leaves an exercise without a ledger, which the next start passes over.
  await log.putSetting(CURRENT, { exerciseId, scenarioHash: hash } satisfies Current)
  const engine = await openEngine({ log, clock, exerciseId })
  const created = await engine.submit(
    {
      type: 'create-exercise',
      data: {
        exerciseId,
        scenario,
        scenarioHash: hash,
        seed: randomBytes(16).toString('hex'),
        teams,
        speed,
      },
    },
    PLATFORM,
  )
  if (!created.ok) throw new Error(`the exercise can not be created: ${created.refusal.message}`)
  return engine
}

/** Issues the seats that every exercise has and this one has not yet; one that was revoked stays so. */
async function issueSeats(engine: Engine): Promise<void> {
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

/** One exercise at a time for a store: the unfinished one, or a new one with its seats. `resumed` tells which. */
export async function openExerciseInHand(
  options: InHand,
): Promise<{ readonly engine: Engine; readonly resumed: boolean }> {
  const current = await openCurrent(options)
  const engine = current ?? (await createExercise(options))
  await issueSeats(engine)
  if (current)
    options.tell(
      `Taking up exercise ${engine.exerciseId} where it was; its teams and speed stay. A new one: --fresh`,
    )
  return { engine, resumed: current !== null }
}
