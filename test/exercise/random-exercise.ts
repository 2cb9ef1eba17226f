import fc from 'fast-check'
import type { Command, CommandPayloads, CommandType, Look } from '#exercise/commands.ts'
import { CATEGORIES, PILOTS, VERDICTS } from '#exercise/model.ts'
import { teamOf } from '#exercise/state.ts'
import { madeScenario, madeTeams } from './made-scenario.ts'
import { look, type Run, readyRun } from './run.ts'

const TEAMS = [...madeTeams.map((t) => t.id), 'nobody']
const KEYS = madeScenario.services.flatMap((s) => s.journeys.map((j) => [s.id, j.id] as const))
const SERVICES = madeScenario.services.map((s) => s.id)
const ATTACKS = madeScenario.attacks.map((a) => a.id)
const WEAKNESSES = madeScenario.weaknesses.flatMap((w, i) => [w.id, `${w.service}-${(i % 2) + 1}`])

type Data = { readonly [T in CommandType]?: fc.Arbitrary<CommandPayloads[T]> }

const team = fc.constantFrom(...TEAMS)
const evidence = fc.constantFrom(null, look('broken').evidence)
const result = fc.constantFrom('landed', 'landed', 'failed', 'fault')
const looks: fc.Arbitrary<readonly Look[]> = fc.oneof(
  // Often two alike, which is what changes a verdict.
  fc.constantFrom(...VERDICTS).map((v) => [look(v), look(v)]),
  fc.array(fc.constantFrom(...VERDICTS).map(look), { maxLength: 2 }),
)
const key = fc.constantFrom(...KEYS)
const attack = fc.constantFrom(...ATTACKS)
const action = fc.constantFrom('fix', 'wrong-fix', 'undo-wrong-fix')
const terminal = fc.constantFrom('t1', 't2', 't3')

/** Data for every command that an exercise may see after its range stands; platform, white, blue and nonsense alike. */
const DATA: Data = {
  'report-check': fc
    .tuple(team, key, looks)
    .map(([id, [service, journey], seen]) => ({ team: id, service, journey, looks: seen })),
  'launch-attack': fc.record({ team, attack }),
  'report-attack': fc.record({
    team,
    attack,
    attempt: fc.constantFrom(1, 2),
    result,
    alive: fc.boolean(),
    evidence,
  }),
  'report-foothold': fc.record({ team, attack, result, alive: fc.boolean(), evidence }),
  'report-container': fc.record({
    team,
    service: fc.constantFrom(...SERVICES),
    happened: fc.constantFrom('died', 'started'),
    exitCode: fc.constantFrom(0, 137),
    oom: fc.boolean(),
  }),
  'take-hint': fc.record({ team, weakness: fc.constantFrom(...WEAKNESSES) }),
  'report-pilot': fc.record({ team, weakness: fc.constantFrom(...WEAKNESSES), action, ok: fc.boolean() }),
  'change-pilot': fc.record({ team, pilot: fc.constantFrom(...PILOTS) }),
  'open-terminal': fc.record({ team, service: fc.constantFrom(...SERVICES), terminal }),
  'close-terminal': fc.record({ team, terminal, reason: fc.constant('done') }),
  'adjust-score': fc.record({
    team,
    category: fc.constantFrom(...CATEGORIES),
    points: fc.integer({ min: -300, max: 300 }),
    reason: fc.constant('a reason'),
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
  'recover-platform': fc.record({ awayMs: fc.nat(60_000) }),
  'pass-time': fc.constant({}),
}

/** How often each comes, where not once. */
const WEIGHTS: { readonly [T in CommandType]?: number } = {
  'report-check': 12,
  'launch-attack': 8,
  'report-attack': 8,
  'report-foothold': 4,
  'report-container': 2,
  'resume-exercise': 3,
}

interface Move {
  readonly type: CommandType
  readonly data: object
  readonly waitMs: number
}

const moves = (Object.entries(DATA) as [CommandType, fc.Arbitrary<object>][]).map(([type, data]) => ({
  weight: WEIGHTS[type] ?? 1,
  arbitrary: fc.record({
    type: fc.constant(type),
    data,
    // Often nothing: many things happen within one instant.
    waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20_000 })),
  }),
}))

const move: fc.Arbitrary<Move> = fc.oneof(...moves)

const commandAt = ({ type, data }: Move, at: number) => ({ type, data, at, by: 'white-secret' }) as Command

/** Plays moves on a range that stands; what is refused changes nothing. Exercise time goes on while it runs. */
export function play(list: readonly Move[], until?: (run: Run) => boolean): Run {
  const run = readyRun()
  let at = 0
  for (const [index, one] of list.entries()) {
    if (index === Math.min(12, list.length - 1)) run.give('start-exercise', {})
    at = run.state.phase === 'running' ? Math.max(at, run.state.atMs) + one.waitMs : run.state.atMs
    run.try(commandAt(one, at))
    if (until?.(run)) break
  }
  return run
}

/** A random exercise, up to some hundred commands long. */
export const randomExercise: fc.Arbitrary<Run> = fc
  .array(move, { minLength: 1, maxLength: 250, size: 'max' })
  .map((list) => play(list))

/** How far a fuzzed run went: a property over runs in which nothing happens would prove nothing. */
export const busy = (run: Run): boolean =>
  madeTeams.some((t) => (teamOf(run.state, t.id)?.attacks.length ?? 0) > 0)
