import fc from 'fast-check'
import type { CheckResult, Command, CommandPayloads, CommandType } from '#exercise/decide/commands.ts'
import type { Actor } from '#exercise/ledger/actor.ts'
import type { AnswerContent } from '#exercise/ledger/answer.ts'
import { CASE_STATES } from '#exercise/ledger/case-events.ts'
import type { WorkSubject } from '#exercise/ledger/work.ts'
import type { EntryChange } from '#exercise/scenario/entry-change.ts'
import { PILOTS, type Scenario } from '#exercise/scenario/model.ts'
import type { ReportMatch } from '#exercise/scenario/report.ts'
import type { EntryKind } from '#exercise/scenario/trigger.ts'
import { WALL_SCENES } from '#exercise/scenario/wall-scene.ts'
import { CATEGORIES, VERDICTS } from '#exercise/scenario/words.ts'
import { skipTarget } from '#exercise/schedule/skip.ts'
import {
  livedInScenario,
  madeScenario,
  madeTeams,
  peopledScenario,
  secretFile,
  text,
} from './made-scenario.ts'
import { look, type Run, readyRun } from './run.ts'

const TEAMS = [...madeTeams.map((t) => t.id), 'nobody']
const KEYS = madeScenario.services.flatMap((s) => s.journeys.map((j) => [s.id, j.id] as const))
const SERVICES = madeScenario.services.map((s) => s.id)
const ATTACKS = madeScenario.attacks.map((a) => a.id)
const VISITS = livedInScenario.citizens.personas.flatMap(({ id, journeys }) =>
  journeys.map(({ service, journey }) => ({ persona: id, service, journey })),
)
const WEAKNESSES = madeScenario.weaknesses.flatMap((w, i) => [w.id, `${w.service}-${(i % 2) + 1}`])

const CASES = ['C1', 'C2', 'C3', 'C4', 'C9']
const REPORTS = ['R1', 'R1', 'R2', 'R3', 'R4', 'R5', 'R9']

type Data = { readonly [T in CommandType]?: fc.Arbitrary<CommandPayloads[T]> }

const team = fc.constantFrom(...TEAMS)
const inject = fc.constantFrom(
  ...peopledScenario.injects.map(({ id }) => id),
  'no-such',
  'added-1',
  'added-2',
)
const ADDED = ['added-1', 'added-2', 'added-3']
const entry = fc.constantFrom<readonly [EntryKind, string]>(
  ...peopledScenario.attacks.map(({ id }) => ['attack', id] as const),
  ...peopledScenario.injects.map(({ id }) => ['inject', id] as const),
  ...peopledScenario.phases.map(({ id }) => ['phase', id] as const),
  ...ADDED.flatMap((id) => [['attack', id] as const, ['inject', id] as const]),
)
const change = fc.constantFrom<EntryChange>(
  { kind: 'hold' },
  { kind: 'release' },
  { kind: 'release' },
  { kind: 'move', byMs: 30_000 },
  { kind: 'move', byMs: -30_000 },
  { kind: 'cancel' },
  { kind: 'restore' },
  { kind: 'restore' },
  { kind: 'edit', title: text('Attack title that is new') },
)
const subject = fc.constantFrom<WorkSubject>(
  { kind: 'service', id: 'tax' },
  { kind: 'ticket', id: 'T1' },
  { kind: 'ticket', id: 'T2' },
  { kind: 'inject', id: 'press-asks' },
  { kind: 'inject', id: 'no-such' },
  { kind: 'case', id: 'C1' },
  { kind: 'case', id: 'C2' },
)
const evidence = fc.constantFrom(null, look('broken').evidence)
const result = fc.constantFrom('landed', 'landed', 'failed', 'fault')
const results: fc.Arbitrary<readonly CheckResult[]> = fc.oneof(
  // Often two alike, which is what changes a verdict.
  fc.constantFrom(...VERDICTS, 'up' as const, 'up' as const).map((v) => [look(v), look(v)]),
  fc.array(fc.constantFrom(...VERDICTS).map(look), { maxLength: 2 }),
)
const key = fc.constantFrom(...KEYS)
const attack = fc.constantFrom(...ATTACKS, ...ADDED)
const action = fc.constantFrom('fix', 'wrong-fix', 'undo-wrong-fix')
const terminal = fc.constantFrom('t1', 't2', 't3')
const follow = fc.constantFrom('f1', 'f2')

/** Data for every command that an exercise may see after its range stands; platform, white, blue and nonsense alike. */
const DATA: Data = {
  'fire-entry': fc
    .tuple(entry, fc.constantFrom(null, ...TEAMS))
    .map(([[kind, id], one]) => ({ kind, id, team: one })),
  'change-entry': fc
    .tuple(entry, fc.constantFrom(null, null, ...TEAMS), change, fc.constantFrom(0, 0, 1, 2))
    .map(([[kind, id], one, what, known]) => ({ kind, id, team: one, change: what, seen: known })),
  'add-entry': fc.record({
    id: fc.constantFrom(...ADDED),
    atMs: fc.constantFrom(null, 0, 0, 0, 50_000),
    teams: fc.constantFrom(null, null, ['meremaa']),
    entry: fc.oneof(
      fc.record({
        kind: fc.constant('attack' as const),
        weakness: fc.constantFrom(...madeScenario.weaknesses.map(({ id }) => id)),
        counts: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('inject' as const),
        like: fc.constantFrom(null, 'press-asks', 'press-asks', 'sitrep', 'no-such'),
        title: fc.constant(text('Secret title of what was added')),
        text: fc.constant(text('secret note')),
        from: fc.constant(text('The press')),
        channel: fc.constant('press' as const),
        roles: fc.constant([]),
        wants: fc.constantFrom('nothing', 'text', 'text'),
        withinMs: fc.constantFrom(null, 30_000),
        counts: fc.boolean(),
      }),
    ),
  }),
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
  'report-foothold': fc.record({
    team,
    attack,
    result,
    alive: fc.boolean(),
    evidence,
    openMs: fc.integer({ min: -1, max: 400_000 }),
  }),
  'report-visit': fc
    .tuple(team, fc.constantFrom(...VISITS), fc.constantFrom(...VERDICTS), evidence)
    .map(([id, visit, verdict, seenThere]) => ({ team: id, ...visit, verdict, evidence: seenThere })),
  'answer-ticket': fc.record({
    team,
    ticket: fc.constantFrom('T1', 'T2', 'T3', 'T4'),
    text: fc.constantFrom('We know, and we are at it.', ' '),
  }),
  'send-inject': fc.record({ team, inject }),
  'read-inject': fc.record({ team, inject }),
  'answer-inject': fc.record({
    team,
    inject,
    content: fc.constantFrom<AnswerContent>(
      { kind: 'text', text: 'secret-path words' },
      { kind: 'choice', chosen: ['gdpr'] },
      { kind: 'choice', chosen: ['none'] },
      { kind: 'form', fields: { impact: 'secret-path words' } },
      { kind: 'file', file: secretFile },
      { kind: 'file', file: { ...secretFile, type: 'image/png' } },
    ),
    seen: fc.constantFrom(0, 0, 1),
  }),
  'save-draft': fc.record({
    team,
    inject,
    field: fc.constantFrom('text', 'impact', 'file', 'nothing'),
    text: fc.constantFrom('secret-path a', 'secret-path b'),
  }),
  'grade-inject': fc.record({
    team,
    inject,
    criteria: fc.record({ true: fc.nat(3), calm: fc.nat(1) }),
    comment: fc.constant('secret-path comment'),
    final: fc.boolean(),
    seen: fc.constantFrom(0, 1, 1, 2),
  }),
  'try-question': fc.record({
    team,
    inject: fc.constantFrom('which-file', 'which-file', 'press-asks'),
    text: fc.constantFrom('secret-path a', 'secret-path b', 'secret-path c', 'secret-path d'),
    seen: fc.constantFrom(0, 0, 1, 2, 3),
    digest: fc.constantFrom('right-digest', 'wrong-digest', 'wrong-digest'),
  }),
  'take-question-hint': fc.record({
    team,
    inject: fc.constantFrom('which-file', 'press-asks'),
    level: fc.constantFrom(1, 1, 2, 3),
  }),
  'file-report': fc.record({
    team,
    report: fc.constantFrom(...REPORTS),
    fields: fc.record({
      service: fc.constantFrom(...SERVICES, 'nowhere'),
      noticedMs: fc.nat(300_000),
      technique: fc.constantFrom('', 'T1190', 'T1213', 'T1213.001', 'nonsense'),
      indicators: fc.constantFrom('', '/secret-path', '/secret-path 1.2.3.4'),
      actions: fc.constantFrom('', 'secret-path closed'),
      confidence: fc.constantFrom('low', 'medium', 'high'),
    }),
    seen: fc.constantFrom(0, 0, 0, 1, 2),
  }),
  'save-report-draft': fc.record({
    team,
    report: fc.constantFrom(...REPORTS),
    field: fc.constantFrom('indicators', 'actions', 'nothing'),
    text: fc.constantFrom('secret-path a', 'secret-path b'),
  }),
  'discard-report-draft': fc.record({ team, report: fc.constantFrom(...REPORTS) }),
  'grade-report': fc.record({
    team,
    report: fc.constantFrom(...REPORTS),
    match: fc.constantFrom<ReportMatch>(...ATTACKS, false, null),
    criteria: fc.record({
      service: fc.constantFrom(0, 25),
      technique: fc.constantFrom(0, 15, 25),
      time: fc.nat(20),
      indicators: fc.nat(15),
      completeness: fc.nat(15),
    }),
    comment: fc.constant('secret-path comment'),
    final: fc.boolean(),
    seen: fc.constantFrom(1, 1, 2),
  }),
  'make-appeal': fc.record({
    team,
    subject: fc.constantFrom(
      { kind: 'inject', id: 'press-asks' } as const,
      { kind: 'report', id: 'R1' } as const,
      { kind: 'line', id: 'defence/wave-1' } as const,
      { kind: 'line', id: 'nothing' } as const,
    ),
    text: fc.constantFrom('secret-path appeal', 'secret-path other'),
  }),
  'answer-appeal': fc.record({
    team,
    appeal: fc.constantFrom('A1', 'A2'),
    text: fc.constant('secret-path answer'),
    outcome: fc.constantFrom('upheld', 'changed'),
  }),
  'claim-work': fc.record({ team, subject, seen: fc.constantFrom(0, 0, 1, 2) }),
  'release-work': fc.record({ team, subject, seen: fc.constantFrom(1, 2, 3) }),
  'open-case': fc.record({
    team,
    title: fc.constantFrom('secret-path case', ' '),
    service: fc.constantFrom(null, ...SERVICES),
    sinceMs: fc.nat(100_000),
    seen: fc.constantFrom(0, 0, 1, 2),
  }),
  'note-case': fc.record({
    team,
    case: fc.constantFrom(...CASES),
    text: fc.constantFrom('secret-path found', 'secret-path gone'),
    seen: fc.constantFrom(0, 0, 1, 2),
  }),
  'set-case-state': fc.record({
    team,
    case: fc.constantFrom(...CASES),
    state: fc.constantFrom(...CASE_STATES),
    seen: fc.constantFrom(0, 0, 1, 2, 3),
  }),
  'begin-case-report': fc.record({ team, case: fc.constantFrom(...CASES) }),
  'write-handover': fc.record({
    team,
    text: fc.constantFrom('secret-path note', 'secret-path other note'),
    seen: fc.constantFrom(0, 0, 1, 2),
  }),
  'begin-world': fc.record({ team, entry: fc.constantFrom('power-cut', 'no-such') }),
  'end-world': fc.record({ team, entry: fc.constantFrom('power-cut', 'no-such') }),
  'act-on-service': fc.record({
    team,
    service: fc.constantFrom(...SERVICES),
    action: fc.constantFrom('restart', 'revert'),
    seen: fc.constantFrom(0, 0, 1, 2),
  }),
  'report-act': fc.record({
    team,
    act: fc.constantFrom(1, 2),
    ok: fc.boolean(),
    reason: fc.constant('secret-path reason'),
  }),
  'send-message': fc.record({
    message: fc.constantFrom('m1', 'm2'),
    teams: fc.constantFrom(null, [], [madeTeams[0]?.id ?? '']),
    guests: fc.boolean(),
    text: fc.constant('Lunch is at noon.'),
    wantsRead: fc.boolean(),
  }),
  'freeze-standings': fc.constant({}),
  'reveal-standings': fc.constant({}),
  'set-wall-page': fc.record({
    page: fc.constantFrom<CommandPayloads['set-wall-page']['page']>(
      null,
      { team: 'meremaa', service: 'tax', path: '/', lang: 'et' },
      { team: 'saareke', service: 'portal', path: '/?n=1', lang: 'en' },
    ),
  }),
  'share-terminal': fc.record({ team, terminal, access: fc.constantFrom('nobody', 'look', 'write') }),
  'plan-start': fc.record({ atWall: fc.constantFrom(null, 0, 1_800_000_000_000) }),
  'miss-start': fc.constant({}),
  'name-exercise': fc.record({ name: fc.constantFrom(null, 'Spring 2027', '\u202ebad') }),
  'set-wall-scene': fc.record({ scene: fc.constantFrom(null, ...WALL_SCENES) }),
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
  'follow-terminal': fc.record({ team, terminal, follow }),
  'help-terminal': fc.record({ team, follow, helps: fc.boolean() }),
  'unfollow-terminal': fc.record({ team, follow, reason: fc.constant('stopped') }),
  'save-source': fc.record({
    team,
    service: fc.constantFrom(...SERVICES),
    file: fc.constantFrom('main.ts', 'lib/sql.ts', '../out.ts'),
    gone: fc.boolean(),
  }),
  'restart-app': fc.record({ team, service: fc.constantFrom(...SERVICES), ok: fc.boolean() }),
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
  'record-observation': fc.record({
    observation: fc.constantFrom('o1', 'o2'),
    source: fc.constantFrom(null, 'open/wave-1'),
    kind: fc.constantFrom('strength', 'improvement'),
    text: fc.constant('secret observation'),
    recommendation: fc.constant(''),
    owner: fc.constant('secret owner'),
    due: fc.constantFrom('', '2026-11-30'),
  }),
  'change-observation': fc.record({
    observation: fc.constantFrom('o1', 'o2'),
    field: fc.constantFrom('text', 'recommendation', 'owner'),
    value: fc.constantFrom('secret recommendation', 'secret word'),
  }),
  'withdraw-observation': fc.record({ observation: fc.constantFrom('o1', 'o2') }),
  'add-note': fc.constantFrom<CommandPayloads['add-note']>(
    { text: 'secret note' },
    { text: 'secret note', about: { team: 'meremaa', entry: { kind: 'attack', id: 'wave-1' } } },
  ),
  'pause-exercise': fc.constant({ reason: 'coffee' }),
  'resume-exercise': fc.constant({}),
  'change-preparation': fc.record({ open: fc.boolean() }),
  'skip-quiet-time': fc.constant({ toMs: 0 }),
  'change-speed': fc.constantFrom({ speed: 0.5 }, { speed: 4 }, { speed: 0 }),
  'report-isolation-lost': fc.record({
    team: fc.constantFrom(null, ...madeTeams.map(({ id }) => id)),
    what: fc.constantFrom('secret-path a', 'secret-path b'),
  }),
  'report-isolation-restored': fc.record({ lostMs: fc.nat(5_000) }),
  'report-machine-lost': fc.constantFrom(
    { machine: 'm1', name: 'secret-path m1', teams: madeTeams.slice(0, 1).map(({ id }) => id) },
    { machine: 'm2', name: 'secret-path m2', teams: madeTeams.slice(1).map(({ id }) => id) },
  ),
  'report-moved': team.map((id) => ({
    ...{ team: id, ok: true, name: 'secret-path m3', reason: 'secret-path' },
    changes: [{ service: 'secret-path', savedWall: null }],
  })),
  'report-machine-returned': fc.constantFrom({ machine: 'm1' }, { machine: 'm2' }),
  'report-isolation': team.map((id) => ({
    team: id,
    checks: [{ name: 'host', target: '10.0.0.1', ok: true, detail: 'secret-path' }],
  })),
  'recover-platform': fc.record({ awayMs: fc.nat(60_000) }),
  'pass-time': fc.constant({}),
}

/** How often each comes, where not twice. */
const WEIGHTS: { readonly [T in CommandType]?: number } = {
  'report-check': 40,
  'launch-attack': 40,
  'report-attack': 48,
  'report-foothold': 60,
  'report-container': 6,
  'send-inject': 16,
  'answer-inject': 8,
  'grade-inject': 8,
  'file-report': 12,
  'grade-report': 12,
  'try-question': 6,
  'report-visit': 10,
  'fire-entry': 3,
  'change-entry': 5,
  'begin-world': 4,
  'end-world': 8,
  'report-act': 6,
  'add-entry': 6,
  'resume-exercise': 6,
  'recover-platform': 1,
  'report-isolation-lost': 1,
  'report-isolation-restored': 4,
  'report-machine-lost': 1,
  'report-machine-returned': 3,
  'report-moved': 3,
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

/** A new report under the next number, or one that was filed and what it can be about. */
function reportMeant(run: Run, { type, aim }: Move, at: number): object {
  const team = run.state.teams[aim % run.state.teams.length]
  if (!team) return {}
  if (type === 'file-report') {
    const fields = { service: SERVICES[aim % SERVICES.length], noticedMs: Math.max(0, at - aim * 100) }
    const known = {
      technique: 'T1190',
      indicators: '/secret-path',
      actions: 'secret-path',
      confidence: 'low',
    }
    return { team: team.id, report: `R${team.reports.length + 1}`, fields: { ...fields, ...known }, seen: 0 }
  }
  const filed = team.reports.filter(({ versions }) => versions.length > 0)
  const report = filed[aim % Math.max(1, filed.length)]
  const matches = [...team.attacks.map((one) => one.attack), false, null]
  const seen = report?.versions.length ?? 0
  return { team: team.id, report: report?.report ?? 'R1', match: matches[aim % matches.length], seen }
}

/** A report on an attack, aimed at one that is under way or holds, or a skip to where it leads; every tenth as it came, stale or nonsense. */
function aimed(run: Run, one: Move, at: number): Move {
  if (one.aim < 90 && (one.type === 'file-report' || one.type === 'grade-report'))
    return { ...one, data: { ...one.data, ...reportMeant(run, one, at) } }
  if (one.aim < 90 && one.type === 'skip-quiet-time')
    return { ...one, data: { toMs: skipTarget(run.state, at) ?? 0 } }
  if (one.aim >= 90 || (one.type !== 'report-attack' && one.type !== 'report-foothold')) return one
  const there = targets(run, one.type === 'report-attack' ? 'under-way' : 'landed')
  const target = there[one.aim % Math.max(1, there.length)]
  return target ? { ...one, data: { ...one.data, ...target } } : one
}

/** One attack is on some teams only. */
const scenario: Scenario = {
  ...peopledScenario,
  attacks: peopledScenario.attacks.map((one) =>
    one.id === 'wave-4' ? { ...one, teams: TEAMS.slice(0, 1) } : one,
  ),
}

/** Plays moves on a range that stands; what is refused changes nothing. Exercise time goes on while it runs. */
function play(list: readonly Move[]): Run {
  const run = readyRun(scenario)
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
