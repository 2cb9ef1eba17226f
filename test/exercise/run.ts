import type {
  CheckResult,
  Command,
  CommandPayloads,
  CommandType,
  Refusal,
} from '#exercise/decide/commands.ts'
import { decide } from '#exercise/decide/decide.ts'
import { evolve } from '#exercise/fold/evolve.ts'
import { initialState, type State } from '#exercise/fold/state.ts'
import { type Actor, PLATFORM } from '#exercise/ledger/actor.ts'
import type { NewEvent, Recorded } from '#exercise/ledger/events.ts'
import type { Scenario, Team } from '#exercise/scenario/model.ts'
import { fixedMs } from '#exercise/scenario/trigger.ts'
import type { Verdict } from '#exercise/scenario/words.ts'
import { madeScenario, madeTeams } from './made-scenario.ts'

/** When event `position` was appended, in the runs of these tests. */
const WALL = 1_790_000_000_000

/** An exercise without an engine: commands go in, the ledger and its fold come out. */
export interface Run {
  readonly state: State
  readonly ledger: readonly Recorded[]
  /** Gives a command at exercise time `at`; returns its events. Throws when it is refused. */
  give<T extends CommandType>(type: T, data: CommandPayloads[T], at?: number, by?: Actor): readonly NewEvent[]
  /** Gives a command that must be refused; returns the refusal. Throws when it is accepted. */
  refused<T extends CommandType>(type: T, data: CommandPayloads[T], at?: number, by?: Actor): Refusal
  /** Gives any command; a refusal changes nothing. */
  try(command: Command): boolean
}

export function openRun(): Run {
  const ledger: Recorded[] = []
  let state = initialState
  const decideAt = <T extends CommandType>(type: T, data: CommandPayloads[T], at: number, by: Actor) =>
    decide(state, { type, at, by, data } as Command)
  const append = (events: readonly NewEvent[]) => {
    for (const event of events) {
      const position = ledger.length + 1
      const recorded: Recorded = { ...event, position, wall: WALL + position }
      ledger.push(recorded)
      state = evolve(state, recorded)
    }
    return events
  }
  return {
    get state() {
      return state
    },
    ledger,
    give(type, data, at = state.atMs, by = PLATFORM) {
      const decision = decideAt(type, data, at, by)
      if (!decision.ok)
        throw new Error(`${type} was refused: ${decision.refusal.code} ${decision.refusal.message}`)
      return append(decision.events)
    },
    refused(type, data, at = state.atMs, by = PLATFORM) {
      const decision = decideAt(type, data, at, by)
      if (decision.ok) throw new Error(`${type} was accepted`)
      return decision.refusal
    },
    try(command) {
      const decision = decide(state, command)
      if (decision.ok) append(decision.events)
      return decision.ok
    },
  }
}

/** Created, deployed, proven isolated. */
export function readyRun(scenario: Scenario = madeScenario, teams: readonly Team[] = madeTeams): Run {
  const run = openRun()
  run.give('create-exercise', {
    exerciseId: 'made',
    scenario,
    scenarioHash: 'hash',
    seed: 'seed',
    teams,
    speed: 1,
  })
  run.give('start-deploy', {})
  for (const { id } of teams) {
    run.give('report-deploy-progress', { team: id, done: 4, total: 4, what: 'plant tax/refund-iban' })
    const check = { name: 'host', target: '10.1.0.1', ok: true, detail: 'refused' }
    run.give('report-isolation', { team: id, checks: [check] })
  }
  run.give('finish-deploy', { ms: 1_000 })
  return run
}

export const look = (verdict: Verdict): CheckResult => ({
  verdict,
  evidence: {
    step: '1: http GET /secret-path',
    sent: 'GET /secret-path',
    received: `was ${verdict}`,
    expected: '200',
    ms: 3,
  },
})

/** A check whose second look confirms the first. */
export const seen = (run: Run, team: string, key: string, verdict: Verdict, at?: number) => {
  const [service = '', journey = ''] = key.split('/')
  return run.give('report-check', { team, service, journey, results: [look(verdict), look(verdict)] }, at)
}

/** All journeys of all services of a team. */
export function allSeen(run: Run, team: string, verdict: Verdict, at?: number) {
  for (const service of run.state.scenario.services)
    for (const { id } of service.journeys) seen(run, team, `${service.id}/${id}`, verdict, at)
}

/** Ready, everything up, started. */
export function runningRun(scenario?: Scenario, teams?: readonly Team[]): Run {
  const run = readyRun(scenario, teams)
  for (const team of run.state.teams) allSeen(run, team.id, 'up')
  run.give('start-exercise', {})
  return run
}

/** An attack from its launch to its result, at its moment in the timeline or at `at`. */
export function attacked(
  run: Run,
  team: string,
  attack: string,
  result: 'landed' | 'defended' | 'outage',
  at?: number,
) {
  const moment = at ?? plannedMs(run.state.scenario, attack)
  run.give('launch-attack', { team, attack }, moment)
  const attempt =
    run.state.teams.find((t) => t.id === team)?.attacks.find((a) => a.attack === attack)?.attempt ?? 0
  run.give(
    'report-attack',
    {
      team,
      attack,
      attempt,
      result: result === 'landed' ? 'landed' : 'failed',
      alive: result !== 'outage',
      evidence: look('up').evidence,
    },
    moment,
  )
}

/** The exploit of a landed attack no longer works while the service answers. */
export const fixed = (run: Run, team: string, attack: string, at: number, openMs = at) =>
  run.give(
    'report-foothold',
    { team, attack, result: 'failed', alive: true, evidence: look('up').evidence, openMs },
    at,
  )

/** Lets the exercise reach its end. */
export const finish = (run: Run) => run.give('pass-time', {}, run.state.scenario.durationMs)

/** The moment that the scenario names for an attack; 0 where it names none. */
export function plannedMs({ attacks }: Scenario, id: string): number {
  const attack = attacks.find((one) => one.id === id)
  return (attack && fixedMs(attack.trigger)) ?? 0
}
