import type { Command, CommandPayloads, CommandType } from '../../server/exercise/decide/commands.ts'
import { decide } from '../../server/exercise/decide/decide.ts'
import { evolve, fold } from '../../server/exercise/fold/evolve.ts'
import { initialState } from '../../server/exercise/fold/state.ts'
import { type Actor, PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Evidence, Scenario, Team } from '../../server/exercise/scenario/model.ts'
import { fixedMs } from '../../server/exercise/scenario/trigger.ts'
import type { Verdict } from '../../server/exercise/scenario/words.ts'
import { blue, white } from './actors.ts'
import { demoScenario, demoTeams } from './demo-scenario.ts'

const WALL = Date.UTC(2026, 10, 23, 9, 0, 0)

const evidence = (step: string, received: string): Evidence => ({
  step,
  sent: 'POST /declarations HTTP/1.1\nhost: tax\ncontent-type: application/json\n\n{"year":2025,"confirm":true}',
  received,
  expected: 'status 201 and a declaration with its number',
  ms: 41.7,
})

/** One moment of the script: a command at an exercise time. */
interface Moment {
  readonly at: number
  readonly run: () => void
}

/**
 * Writes the ledger of a scripted ten-minute exercise with the real `decide`, as far as `untilMs` of exercise time;
 * then, if asked for, every service of every team becomes `wholesale`.
 */
export function recordLedger(
  untilMs: number,
  wholesale: Verdict | null = null,
  scenario: Scenario = demoScenario,
  teams: readonly Team[] = demoTeams,
): readonly Recorded[] {
  const ledger: Recorded[] = []
  let state = initialState
  const give = <T extends CommandType>(
    type: T,
    data: CommandPayloads[T],
    at: number,
    by: Actor = PLATFORM,
  ) => {
    const decision = decide(state, { type, at, by, data } as Command)
    if (!decision.ok) throw new Error(`${type}: ${decision.refusal.message}`)
    for (const event of decision.events) {
      const position = ledger.length + 1
      const recorded: Recorded = { ...event, position, wall: WALL + at }
      ledger.push(recorded)
      state = evolve(state, recorded)
    }
  }
  const check = (
    team: string,
    service: string,
    journey: string,
    verdict: Verdict,
    at: number,
    why: Evidence | null,
  ) =>
    give(
      'report-check',
      { team, service, journey, results: [1, 2].map(() => ({ verdict, evidence: why })) },
      at,
    )

  const journeyOf = (service: string, alive: boolean) =>
    scenario.services.find(({ id }) => id === service)?.journeys.find((journey) => journey.alive === alive)
      ?.id ?? ''

  give(
    'create-exercise',
    { exerciseId: 'demo', scenario, scenarioHash: 'ab12', seed: 's', teams, speed: 1 },
    0,
  )
  for (const seat of ['white', 'observer', 'guest'] as const)
    give('issue-seat', { seatId: seat, seat, team: null, label: seat }, 0)
  for (const { id } of teams)
    give('issue-seat', { seatId: `blue-${id}`, seat: 'blue', team: id, label: id }, 0)
  give('start-deploy', {}, 0)
  for (const [index, { id }] of teams.entries())
    give(
      'report-deploy-progress',
      { team: id, done: Math.min(18, 9 + index * 3), total: 18, what: 'starting tax' },
      0,
    )
  if (untilMs < 0) return ledger
  for (const { id } of teams) {
    const checks = [{ name: 'host', target: '10.0.0.1', ok: true, detail: 'no answer' }]
    give('report-isolation', { team: id, checks }, 0)
  }
  give('finish-deploy', { ms: 42_000 }, 0)
  for (const { id } of teams)
    for (const service of scenario.services)
      for (const journey of service.journeys) check(id, service.id, journey.id, 'up', 0, null)
  give('start-exercise', {}, 0)

  const moments: Moment[] = scenario.phases.map(({ trigger }) => {
    const fromMs = fixedMs(trigger) ?? 0
    return { at: fromMs, run: () => give('pass-time', {}, fromMs) }
  })
  const later = (at: number, run: (at: number) => void) => moments.push({ at, run: () => run(at) })

  for (const [nth, attack] of scenario.attacks.entries()) {
    for (const [index, { id: team }] of teams.entries()) {
      const landed =
        nth < 5 ? index === 2 || (index === 1 && nth % 2 === 0) || (index === 0 && nth === 0) : index === 2
      const begin = (fixedMs(attack.trigger) ?? 0) + index * 300
      const { id } = attack
      later(begin, (at) => give('launch-attack', { team, attack: id }, at))
      const fact = { team, attack: id, attempt: 1, alive: true }
      const proof = evidence('4: http GET /declarations/{{victim}}', '200 OK\n\n{"canary":"7f3a91"}')
      later(begin + 2_000, (at) =>
        give('report-attack', { ...fact, result: landed ? 'landed' : 'failed', evidence: proof }, at),
      )
      if (!landed) continue
      const close = begin + 40_000 + index * 35_000
      later(close, (at) => give('report-foothold', { ...fact, result: 'failed', evidence: proof }, at))
      if (index === 0) continue
      const failing: Verdict = nth % 3 === 0 ? 'slow' : nth % 3 === 1 ? 'down' : 'broken'
      const why = evidence(
        '3: http POST /declarations',
        '500 Internal Server Error\n\n{"error":"relation is locked"}',
      )
      const journey = journeyOf(attack.service, failing === 'down')
      later(begin + 8_000, (at) => check(team, attack.service, journey, failing, at, why))
      later(close + 9_000, (at) => check(team, attack.service, journey, 'up', at, null))
    }
  }
  const plays = (team: string) => teams.some(({ id }) => id === team)
  const hints = plays('finland')
    ? ([
        [150_000, 1],
        [210_000, 2],
      ] as const)
    : []
  for (const [moment, level] of hints)
    later(moment, (at) =>
      give('take-hint', { team: 'finland', weakness: 'tax-1', level }, at, blue('blue-finland')),
    )
  later(305_000, (at) => give('add-note', { text: 'Finland asked for a longer break.' }, at, white()))
  const adjustment = {
    team: 'japan',
    category: 'defence',
    points: 25,
    reason: 'Good report',
    seen: 0,
  } as const
  if (plays('japan')) later(310_000, (at) => give('adjust-score', adjustment, at, white()))
  later(600_000, (at) => give('pass-time', {}, at))
  for (const moment of moments.toSorted((a, b) => a.at - b.at)) if (moment.at <= untilMs) moment.run()
  if (wholesale)
    for (const { id: team } of teams)
      for (const { id } of scenario.services)
        check(team, id, journeyOf(id, false), wholesale, untilMs, evidence('1: http GET /', ''))
  return ledger
}

/** A ledger with what follows from commands that are given at a moment of exercise time, one after the other. @throws when one is refused. */
export function continued(
  ledger: readonly Recorded[],
  at: number,
  given: readonly {
    [T in CommandType]: readonly [type: T, data: CommandPayloads[T], by?: Actor]
  }[CommandType][],
): readonly Recorded[] {
  const longer = [...ledger]
  for (const [type, data, by = PLATFORM] of given) {
    const decision = decide(fold(longer), { type, data, at, by } as Command)
    if (!decision.ok) throw new Error(`${type}: ${decision.refusal.message}`)
    for (const event of decision.events)
      longer.push({ ...event, position: longer.length + 1, wall: WALL + at })
  }
  return longer
}

/** The first of the demo's teams was taken by people, handed back at `at`, and its pilot has mended two weaknesses and played for 72 seconds since. */
export function handBack(ledger: readonly Recorded[], at: number): readonly Recorded[] {
  const team = demoTeams[0]?.id ?? ''
  const taken = continued(ledger, at, [
    ['change-pilot', { team, pilot: 'person' }, white()],
    ['change-pilot', { team, pilot: 'swift' }, white()],
  ])
  const [one, other] = demoScenario.weaknesses.map(({ id }) => id)
  return continued(taken, at + 72_000, [
    ['report-pilot', { team, weakness: one ?? '', action: 'fix', ok: true }],
    ['report-pilot', { team, weakness: other ?? '', action: 'fix', ok: true }],
  ])
}
