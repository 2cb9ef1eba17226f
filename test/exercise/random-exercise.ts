import fc from 'fast-check'
import type { CheckResult, Command, CommandPayloads, CommandType } from '#exercise/decide/commands.ts'
import type { Actor } from '#exercise/ledger/actor.ts'
import { CATEGORIES, PILOTS, VERDICTS } from '#exercise/scenario/model.ts'
import { skipTarget } from '#exercise/schedule/skip.ts'
import { livedInScenario, madeScenario, madeTeams } from './made-scenario.ts'
import { look, type Run, readyRun } from './run.ts'

const TEAMS = [...madeTeams.map((t) => t.id), 'nobody']
const KEYS = madeScenario.services.flatMap((s) => s.journeys.map((j) => [s.id, j.id] as const))
const SERVICES = madeScenario.services.map((s) => s.id)
const ATTACKS = madeScenario.attacks.map((a) => a.id)
const VISITS = livedInScenario.citizens.personas.flatMap(({ id, journeys }) =>
  journeys.map(({ service, journey }) => ({ persona: id, service, journey })),
)
const WEAKNESSES = madeScenario.weaknesses.flatMap((w, i) => [w.id, `${w.service}-${(i % 2) + 1}`])

type Data = { readonly [T in CommandType]?: fc.Arbitrary<CommandPayloads[T]> }

const team = fc.constantFrom(...TEAMS)
const evidence = fc.constantFrom(null, look('broken').evidence)
const result = fc.constantFrom('landed', 'landed', 'failed', 'fault')
const results: fc.Arbitrary<readonly CheckResult[]> = fc.oneof(
  // Often two alike, which is what changes a verdict.
  fc.constantFrom(...VERDICTS, 'up' as const, 'up' as const).map((v) => [look(v), look(v)]),
  fc.array(fc.constantFrom(...VERDICTS).map(look), { maxLength: 2 }),
)
const key = fc.constantFrom(...KEYS)
const attack = fc.constantFrom(...ATTACKS)
const action = fc.constantFrom('fix', 'wrong-fix', 'undo-wrong-fix')
const terminal = fc.constantFrom('t1', 't2', 't3')

/** Data for every command that an exercise may see after its range stands; platform, white, blue and nonsense alike. */
const DATA: Data = {
  'report-check': fc
    .tuple(team, key, results)
    .map(([id, [service, journey], seen]) => ({ team: id, service, journey, results: seen })),
  'launch-attack': fc.record({ team, attack }),
  'report-attack': fc.record({
    team,
    attack,
    attempt: fc.constantFrom(1, 2),
    result,
    alive: fc.boolean(),
    evidence,
    loot: fc.constantFrom({}, { key: 'secret-loot' }),
  }),
  'report-foothold': fc.record({ team, attack, result, alive: fc.boolean(), evidence }),
  'report-visit': fc
    .tuple(team, fc.constantFrom(...VISITS), fc.constantFrom(...VERDICTS), evidence)
    .map(([id, visit, verdict, seenThere]) => ({ team: id, ...visit, verdict, evidence: seenThere })),
  'answer-ticket': fc.record({
    team,
    ticket: fc.constantFrom('T1', 'T2', 'T3', 'T4'),
    text: fc.constantFrom('We know, and we are at it.', ' '),
  }),
  'report-container': fc.record({
    team,
    service: fc.constantFrom(...SERVICES),
    happened: fc.constantFrom('died', 'started', 'started'),
    exitCode: fc.constantFrom(0, 137),
    oom: fc.boolean(),
  }),
  'take-hint': fc.record({
    team,
    weakness: fc.constantFrom(...WEAKNESSES),
    level: fc.constantFrom(1, 2, 3),
  }),
  'report-pilot': fc.record({ team, weakness: fc.constantFrom(...WEAKNESSES), action, ok: fc.boolean() }),
  'change-pilot': fc.record({ team, pilot: fc.constantFrom(...PILOTS) }),
  'open-terminal': fc.record({ team, service: fc.constantFrom(...SERVICES), terminal }),
  'close-terminal': fc.record({ team, terminal, reason: fc.constant('done') }),
  'adjust-score': fc.record({
    team,
    category: fc.constantFrom(...CATEGORIES),
    points: fc.integer({ min: -300, max: 300 }),
    reason: fc.constant('a reason'),
    seen: fc.constantFrom(0, 1, 2),
  }),
  'issue-seat': fc.record({
    seatId: fc.constantFrom('s1', 's2'),
    seat: fc.constantFrom('white', 'blue', 'observer', 'guest'),
    team: fc.constantFrom(null, ...TEAMS),
    label: fc.constant('secret label'),
  }),
  'revoke-seat': fc.record({ seatId: fc.constantFrom('s1', 's2') }),
  'add-note': fc.constant({ text: 'secret note' }),
  'pause-exercise': fc.constant({ reason: 'coffee' }),
  'resume-exercise': fc.constant({}),
  'skip-quiet-time': fc.constant({ toMs: 0 }),
  'change-speed': fc.constantFrom({ speed: 0.5 }, { speed: 4 }, { speed: 0 }),
  'report-isolation-lost': fc.record({
    team: fc.constantFrom(null, ...madeTeams.map(({ id }) => id)),
    what: fc.constantFrom('secret-path a', 'secret-path b'),
  }),
  'report-isolation-restored': fc.record({ lostMs: fc.nat(5_000) }),
  'report-isolation': team.map((id) => ({
    team: id,
    checks: [{ name: 'host', target: '10.0.0.1', ok: true, detail: 'secret-path' }],
  })),
  'recover-platform': fc.record({ awayMs: fc.nat(60_000) }),
  'pass-time': fc.constant({}),
}

/** How often each comes, where not twice. */
const WEIGHTS: { readonly [T in CommandType]?: number } = {
  'report-check': 24,
  'launch-attack': 20,
  'report-attack': 24,
  'report-foothold': 24,
  'report-container': 6,
  'report-visit': 10,
  'resume-exercise': 6,
  'recover-platform': 1,
  'report-isolation-lost': 1,
  'report-isolation-restored': 4,
  'pause-exercise': 1,
  'change-speed': 1,
}

interface Move {
  readonly type: CommandType
  readonly data: object
  readonly waitMs: number
  /** Picks what a report is about: mostly something that is under way. */
  readonly aim: number
}

const moves = (Object.entries(DATA) as [CommandType, fc.Arbitrary<object>][]).map(([type, data]) => ({
  weight: WEIGHTS[type] ?? 2,
  arbitrary: fc.record({
    type: fc.constant(type),
    data,
    aim: fc.nat(99),
    // Often nothing: many things happen within one instant.
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
  }),
}))

const move: fc.Arbitrary<Move> = fc.oneof(...moves)

/** Who gives every command: nobody outside may learn of them. */
const by: Actor = { kind: 'seat', seatId: 'white-secret', seat: 'white', name: 'secret name' }

const commandAt = ({ type, data }: Move, at: number) => ({ type, data, at, by }) as Command

/** Attacks that a report can be about now. */
const targets = (run: Run, state: 'under-way' | 'landed') =>
  run.state.teams.flatMap((t) =>
    t.attacks
      .filter((a) => a.state === state && a.closedMs === null)
      .map(({ attack: id, attempt }) => ({ team: t.id, attack: id, attempt })),
  )

/** A report on an attack, aimed at one that is under way or holds, or a skip to where it leads; every tenth as it came, stale or nonsense. */
function aimed(run: Run, one: Move, at: number): Move {
  if (one.aim < 90 && one.type === 'skip-quiet-time')
    return { ...one, data: { toMs: skipTarget(run.state, at) ?? 0 } }
  if (one.aim >= 90 || (one.type !== 'report-attack' && one.type !== 'report-foothold')) return one
  const there = targets(run, one.type === 'report-attack' ? 'under-way' : 'landed')
  const target = there[one.aim % Math.max(1, there.length)]
  return target ? { ...one, data: { ...one.data, ...target } } : one
}

/** Plays moves on a range that stands; what is refused changes nothing. Exercise time goes on while it runs. */
function play(list: readonly Move[]): Run {
  const run = readyRun(livedInScenario)
  let at = 0
  for (const [index, one] of list.entries()) {
    if (index === Math.min(12, list.length - 1)) {
      run.give('report-isolation-restored', { lostMs: 0 })
      run.give('start-exercise', {})
    }
    at = run.state.phase === 'running' ? Math.max(at, run.state.atMs) + one.waitMs : run.state.atMs
    run.try(commandAt(aimed(run, one, at), at))
  }
  return run
}

/** A random exercise, up to some hundred commands long. */
export const randomExercise: fc.Arbitrary<Run> = fc.array(move, { minLength: 120, maxLength: 300 }).map(play)

/** Attacks landed, footholds closed and services restored in a run: a property over runs without them would prove little. */
export const eventful = (run: Run): boolean =>
  run.state.teams.some((t) => t.attacks.some((a) => a.restoredMs !== null))
