import fc from 'fast-check'
import type { CommandPayloads } from '#exercise/decide/commands.ts'
import { PLATFORM } from '#exercise/ledger/actor.ts'
import type { EntryChange } from '#exercise/scenario/entry-change.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import {
  at,
  type Condition,
  type EntryKind,
  type EntryRef,
  type Trigger,
} from '#exercise/scenario/trigger.ts'
import { type TimelineDue, timelineDue } from '#exercise/schedule/timeline.ts'
import type { TimelineCell } from '#exercise/views/timeline-cell.ts'
import { timelineView } from '#exercise/views/timeline-view.ts'
import { white } from '../kit/actors.ts'
import { attack, inject, madeScenario, madeTeams, peopledScenario, powerCut, text } from './made-scenario.ts'
import { look, type Run, readyRun } from './run.ts'

/**
 * A timeline of random triggers, played tick by tick as the engine plays it, with an instructor who does whatever comes to mind. After every step the view is held against what
 * the schedule says, and against what comes then.
 */

const END_MS = 120_000
const TEAMS = madeTeams.slice(0, 2)
const WEAKNESSES = madeScenario.weaknesses.map(({ id }) => id)
const ATTACKS = ['a0', 'a1', 'a2', 'a3']
const INJECTS = ['i0', 'i1', 'i2', 'i3', 'i4']
const NOTES = ['n0', 'n1']
const PHASES = ['p0', 'p1', 'p2']
const WORLD = ['e0']
const ADDED = ['x0', 'x1', 'x2']

const span = fc.integer({ min: 0, max: 30_000 })
const outcome = fc.constantFrom('landed', 'open', 'blocked', 'concluded')
const answer = fc.constantFrom('sent', 'answered', 'unanswered', 'unanswered', 'graded')
const came = fc.oneof(
  fc.record({ kind: fc.constant('attack' as const), id: fc.constantFrom(...ATTACKS), outcome }),
  fc.record({ kind: fc.constant('inject' as const), id: fc.constantFrom(...INJECTS), outcome: answer }),
  fc.record({
    kind: fc.constant('note' as const),
    id: fc.constantFrom(...NOTES),
    outcome: fc.constant('said' as const),
  }),
  fc.record({
    kind: fc.constant('world' as const),
    id: fc.constantFrom(...WORLD),
    outcome: fc.constantFrom('began', 'ended'),
  }),
)
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('verdict' as const),
    service: fc.constantFrom('tax', 'portal'),
    is: fc.constantFrom(['down'] as const, ['up', 'slow'] as const),
  }),
  fc.constant({ kind: 'foothold' } as const),
  fc.record({ kind: fc.constant('foothold' as const), attack: fc.constantFrom(...ATTACKS) }),
  came.map((after) => ({ kind: 'came-out', after }) as const),
  fc
    .constantFrom({}, { service: 'tax' }, ...ATTACKS.map((id) => ({ attack: id })))
    .map((about) => ({ kind: 'report', ...about }) as const),
  fc.record({ kind: fc.constant('phase' as const), phase: fc.constantFrom(...PHASES) }),
)
const condition: fc.Arbitrary<Condition> = fc.oneof(
  leaf,
  leaf.map((of) => ({ kind: 'not', of }) as const),
  fc
    .tuple(fc.constantFrom('and', 'or'), leaf, leaf)
    .map(([kind, one, other]) => ({ kind, of: [one, { kind: 'not', of: other }] }) as const),
)
const moment = fc.integer({ min: 0, max: END_MS + 10_000 }).map(at)
const trigger: fc.Arbitrary<Trigger> = fc.oneof(
  moment,
  fc.record({ kind: fc.constant('after' as const), after: came, delayMs: span }),
  fc.record({
    kind: fc.constant('when' as const),
    when: condition,
    forMs: span,
    once: fc.constantFrom('team', 'all'),
  }),
  fc.constant({ kind: 'manual' } as const),
)

const scenarioOf = (triggers: readonly Trigger[], chained: boolean, some: boolean): Scenario => {
  const next = triggers.values()
  const take = (): Trigger => next.next().value ?? { kind: 'manual' }
  return {
    ...peopledScenario,
    durationMs: END_MS,
    attacks: ATTACKS.map((id, index) => ({
      ...attack(id, WEAKNESSES[index] ?? '', 0),
      trigger: take(),
      ...(chained && id === 'a3' && { after: 'a0' }),
      ...(some && id === 'a2' && { teams: [TEAMS[0]?.id ?? ''] }),
    })),
    injects: INJECTS.map((id, index) =>
      inject(id, 0, {
        number: index + 1,
        trigger: take(),
        withinMs: index % 2 === 0 ? 20_000 : null,
        teams: some && id === 'i4' ? [TEAMS[1]?.id ?? ''] : null,
        weightBefore: index,
      }),
    ),
    world: WORLD.map((id) => ({ ...powerCut(id, 0), trigger: take() })),
    tutor: NOTES.map((id) => ({ id, text: text(id), trigger: take() })),
    phases: PHASES.map((id) => ({ id, title: text(id), trigger: id === 'p0' ? at(0) : take() })),
  }
}

const scenario = fc
  .tuple(fc.array(trigger, { minLength: 14, maxLength: 14 }), fc.boolean(), fc.boolean())
  .map(([triggers, chained, some]) => scenarioOf(triggers, chained, some))

const ref: fc.Arbitrary<EntryRef> = fc.constantFrom(
  ...(
    [
      ['attack', [...ATTACKS, ...ADDED]],
      ['inject', [...INJECTS, ...ADDED]],
      ['note', NOTES],
      ['world', WORLD],
      ['phase', PHASES],
    ] as const satisfies readonly (readonly [EntryKind, readonly string[]])[]
  ).flatMap(([kind, ids]) => ids.map((id) => ({ kind, id }))),
)
const team = fc.constantFrom(null, ...TEAMS.map(({ id }) => id))
const oneTeam = fc.constantFrom(...TEAMS.map(({ id }) => id))
const change = fc.constantFrom<EntryChange>(
  { kind: 'hold' },
  { kind: 'release' },
  { kind: 'move', byMs: 7_000 },
  { kind: 'move', byMs: 25_000 },
  { kind: 'move', byMs: -15_000 },
  { kind: 'cancel' },
  { kind: 'restore' },
  { kind: 'edit', teams: [TEAMS[0]?.id ?? ''] },
  { kind: 'edit', teams: null },
)

type Step =
  | { readonly do: 'fire'; readonly ref: EntryRef; readonly team: string | null }
  | {
      readonly do: 'change'
      readonly ref: EntryRef
      readonly team: string | null
      readonly change: EntryChange
    }
  | { readonly do: 'add'; readonly id: string; readonly atMs: number | null; readonly attack: boolean }
  | { readonly do: 'answer' | 'grade'; readonly team: string; readonly inject: string }
  | { readonly do: 'verdict'; readonly team: string; readonly service: string; readonly down: boolean }
  | { readonly do: 'mend'; readonly team: string; readonly attack: string }
  | { readonly do: 'report'; readonly team: string; readonly service: string }
  | { readonly do: 'judge'; readonly team: string; readonly match: string | null }
  /** What the world event took away is back. */
  | { readonly do: 'undo'; readonly team: string }
  | { readonly do: 'skip' | 'pause' }
  /** To what the view says is next, or so far. */
  | { readonly do: 'wait'; readonly ms: number | null }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fire' as const), ref, team }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('change' as const), ref, team, change }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      id: fc.constantFrom(...ADDED),
      atMs: fc.constantFrom(null, 0, 40_000),
      attack: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('answer', 'answer', 'grade'),
      team: oneTeam,
      inject: fc.constantFrom(...INJECTS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('verdict' as const),
      team: oneTeam,
      service: fc.constantFrom('tax', 'portal'),
      down: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mend' as const),
      team: oneTeam,
      attack: fc.constantFrom(...ATTACKS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      team: oneTeam,
      service: fc.constantFrom('tax', 'population', 'portal'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('judge' as const),
      team: oneTeam,
      match: fc.constantFrom(null, ...ATTACKS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), team: oneTeam }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('skip', 'pause') }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(null, null, null, 1, 3_000, 20_000),
    }),
  },
)

/** A timeline, what an instructor does with it, and how each attack comes out, drawn from `luck`. */
export const randomTimeline = fc.record({
  scenario,
  steps: fc.array(step, { minLength: 5, maxLength: 25 }),
  luck: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
})
export type RandomTimeline = typeof randomTimeline extends fc.Arbitrary<infer T> ? T : never

export interface PlayedTimeline {
  readonly run: Run
  /** How often the view said what comes next, and it came. */
  readonly foretold: number
  /** What was found untrue, in words; empty when nothing was. */
  readonly untrue: readonly string[]
}

const nameOf = (kind: string, id: string, of: string | null) => `${kind} ${id} ${of ?? ''}`

/** What the schedule wants at a moment, by name. */
function wantedAt(run: Run, due: TimelineDue, atMs: number): ReadonlySet<string> {
  const entered = new Set(run.state.phasesEntered.map(({ id }) => id))
  const phases = due.passTime
    ? timelineView(run.state, atMs).rows.flatMap(({ kind, id, cells }) =>
        kind === 'phase' && !entered.has(id) && cells.some(({ state }) => state === 'due')
          ? [nameOf(kind, id, null)]
          : [],
      )
    : []
  return new Set([
    ...phases,
    ...due.attacks.map((one) => nameOf('attack', one.attack, one.team)),
    ...due.injects.map((one) => nameOf('inject', one.inject, one.team)),
    ...due.notes.map((one) => nameOf('note', one.note, one.team)),
    ...due.world.map((one) => nameOf('world', one.entry, one.team)),
  ])
}

const cellsOf = (run: Run, atMs: number): readonly (readonly [string, TimelineCell])[] =>
  timelineView(run.state, atMs).rows.flatMap(({ kind, id, cells }) =>
    cells.map((cell) => [nameOf(kind, id, cell.team), cell] as const),
  )

export function playTimeline({ scenario: made, steps, luck }: RandomTimeline): PlayedTimeline {
  const run = readyRun(made, TEAMS)
  const untrue: string[] = []
  let foretold = 0
  let now = 0
  let drawn = 0
  run.give('start-exercise', {})

  /** All that is due is done, as the engine does it, until nothing is. */
  const settle = () => {
    for (let round = 0; run.state.phase === 'running' && round < 40; round += 1) {
      const due = timelineDue(run.state, now)
      if (due.passTime) run.give('pass-time', {}, now)
      for (const { team: one, inject: id } of due.injects)
        run.give('send-inject', { team: one, inject: id }, now)
      for (const { team: one, note } of due.notes) run.give('say-tutor', { team: one, note }, now)
      for (const data of due.world) run.give('begin-world', data, now)
      for (const { team: one, attack: id } of due.attacks) {
        // What another of the same moment has made untrue no longer comes.
        const data = { team: one, attack: id }
        if (!run.try({ type: 'launch-attack', data, at: now, by: PLATFORM })) continue
        const landed = luck[drawn++ % luck.length] ?? false
        const report = { team: one, attack: id, attempt: 1, alive: true, evidence: look('up').evidence }
        run.give('report-attack', { ...report, result: landed ? 'landed' : 'failed' }, now)
      }
      const { attacks, injects, notes, world } = due
      if (!due.passTime && attacks.length + injects.length + notes.length + world.length === 0) return
    }
  }
  /** What is settled leaves nothing behind: what is neither waiting nor to come has come. */
  const check = () => {
    if (run.state.phase !== 'running') return
    for (const [name, cell] of cellsOf(run, now)) {
      if (cell.state === 'due') untrue.push(`${name} is due at ${now} and does not come`)
      if (!cell.came && cell.atMs !== null && cell.atMs <= now)
        untrue.push(`${name} was lost: it is ${cell.state} for ${cell.atMs} at ${now}`)
      if (!cell.came && cell.atMs === null && cell.why === null) untrue.push(`${name}: nobody knows why not`)
    }
  }
  const wait = (ms: number | null) => {
    if (run.state.phase !== 'running') return
    const view = timelineView(run.state, now)
    const nextMs = Math.min(view.next?.atMs ?? END_MS, END_MS)
    const to = Math.min(END_MS, ms === null ? nextMs : now + ms)
    // Until then nothing comes.
    for (const between of [now, Math.floor((now + Math.min(to, nextMs)) / 2), Math.min(to, nextMs - 1)])
      if (between >= now && between < nextMs) {
        const early = wantedAt(run, timelineDue(run.state, between), between)
        if (early.size > 0) untrue.push(`${[...early]} at ${between}, before ${nextMs}`)
      }
    if (view.next && to >= nextMs && nextMs < END_MS) {
      const said = view.next.entries.map((one) => nameOf(one.kind, one.id, one.team))
      const waits = new Set(
        cellsOf(run, nextMs).flatMap(([name, { state, why }]) =>
          state === 'waiting' && (why?.code === 'chain-waits' || why?.code === 'service-away') ? [name] : [],
        ),
      )
      const comes = wantedAt(run, timelineDue(run.state, nextMs), nextMs)
      const then = said.filter((name) => !waits.has(name))
      if (then.some((name) => !comes.has(name)) || comes.size !== then.length)
        untrue.push(`said ${then} at ${nextMs}, came ${[...comes]}`)
      foretold += then.length
      now = nextMs
      settle()
      check()
    } else now = to
    settle()
    check()
  }
  const act = (one: Step) => {
    const { state } = run
    const by = white('w1')
    switch (one.do) {
      case 'fire':
        run.try({ type: 'fire-entry', data: { ...one.ref, team: one.team }, at: now, by })
        return
      case 'change': {
        const seen = state.entries[`${one.ref.kind}/${one.ref.id}`]?.count ?? 0
        const editing = one.change.kind === 'edit' ? null : one.team
        run.try({
          type: 'change-entry',
          data: { ...one.ref, team: editing, change: one.change, seen },
          at: now,
          by,
        })
        return
      }
      case 'add':
        run.try({ type: 'add-entry', data: added(one), at: now, by })
        return
      case 'answer': {
        const seen =
          state.teams.find(({ id }) => id === one.team)?.injects.find(({ inject: id }) => id === one.inject)
            ?.answers.length ?? 0
        const content = { kind: 'text', text: 'Yes.' } as const
        run.try({
          type: 'answer-inject',
          data: { team: one.team, inject: one.inject, content, seen },
          at: now,
          by,
        })
        return
      }
      case 'grade': {
        const data = {
          team: one.team,
          inject: one.inject,
          criteria: { true: 1, calm: 1 },
          comment: '',
          final: false,
          seen: 1,
        }
        run.try({ type: 'grade-inject', data, at: now, by })
        return
      }
      case 'verdict': {
        const result = look(one.down ? 'down' : 'up')
        const data = { team: one.team, service: one.service, journey: 'alive', results: [result, result] }
        run.try({ type: 'report-check', data, at: now, by })
        return
      }
      case 'mend': {
        const data = {
          team: one.team,
          attack: one.attack,
          result: 'failed',
          alive: true,
          evidence: null,
          openMs: now,
        } as const
        run.try({ type: 'report-foothold', data, at: now, by })
        return
      }
      case 'report': {
        const known = state.teams.find(({ id }) => id === one.team)?.reports.length ?? 0
        const fields = { service: one.service, noticedMs: now, technique: '', indicators: '', actions: '' }
        const data = {
          team: one.team,
          report: `R${known + 1}`,
          fields: { ...fields, confidence: 'low' },
          seen: 0,
        } as const
        run.try({ type: 'file-report', data, at: now, by })
        return
      }
      case 'judge': {
        const report = state.teams.find(({ id }) => id === one.team)?.reports.at(-1)
        const criteria = { service: 25, technique: 0, time: 0, indicators: 0, completeness: 0 }
        const data = {
          team: one.team,
          report: report?.report ?? 'R1',
          match: one.match,
          criteria,
          comment: '',
          final: false,
          seen: report?.versions.length ?? 0,
        }
        run.try({ type: 'grade-report', data, at: now, by })
        return
      }
      case 'undo':
        run.try({ type: 'end-world', data: { team: one.team, entry: WORLD[0] ?? '' }, at: now, by: PLATFORM })
        return
      case 'pause':
        run.try({ type: 'pause-exercise', data: { reason: '' }, at: now, by })
        run.try({ type: 'resume-exercise', data: {}, at: now, by })
        return
      case 'skip': {
        const view = timelineView(state, now)
        const toMs = Math.min(view.next?.atMs ?? END_MS, END_MS) - 10_000
        if (run.try({ type: 'skip-quiet-time', data: { toMs }, at: now, by })) now = run.state.atMs
        return
      }
      case 'wait':
        wait(one.ms)
    }
  }
  settle()
  check()
  for (const one of steps) {
    act(one)
    settle()
    check()
  }
  for (let i = 0; i < 60 && run.state.phase === 'running'; i += 1) wait(null)
  return { run, foretold, untrue }
}

function added({ id, atMs, attack: isAttack }: Extract<Step, { do: 'add' }>): CommandPayloads['add-entry'] {
  if (isAttack)
    return { id, atMs, teams: null, entry: { kind: 'attack', weakness: WEAKNESSES[0] ?? '', counts: true } }
  return {
    id,
    atMs,
    teams: [TEAMS[0]?.id ?? ''],
    entry: {
      kind: 'inject',
      like: 'i0',
      title: text('t'),
      text: text('t'),
      from: text('f'),
      channel: 'mail',
      roles: [],
      wants: 'text',
      withinMs: 20_000,
      counts: true,
    },
  }
}

/** What came to somebody, by name; twice where it came twice. */
export function cameIn(run: Run): readonly string[] {
  const came: string[] = []
  for (const event of run.ledger) {
    if (event.type === 'inject.sent') came.push(nameOf('inject', event.data.inject, event.data.team))
    if (event.type === 'attack.launched') came.push(nameOf('attack', event.data.attack, event.data.team))
    if (event.type === 'tutor.said') came.push(nameOf('note', event.data.note, event.data.team))
    if (event.type === 'world.began') came.push(nameOf('world', event.data.entry, event.data.team))
    if (event.type === 'phase.entered') came.push(nameOf('phase', event.data.phase, null))
    // What white took back has not come, and may once more.
    if (event.type === 'tutor.withdrawn')
      came.splice(came.indexOf(nameOf('note', event.data.note, event.data.team)), 1)
  }
  return came
}
