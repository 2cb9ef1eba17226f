import { describe, expect, test } from 'vitest'
import type { CommandPayloads } from '#exercise/decide/commands.ts'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { upcast } from '#exercise/ledger/upcast.ts'
import type { EntryChange } from '#exercise/scenario/entry-change.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { at, type EntryRef, type Trigger } from '#exercise/scenario/trigger.ts'
import { skipTarget } from '#exercise/schedule/skip.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { ownStory } from '#exercise/views/own-story/own-story.ts'
import { timelineView } from '#exercise/views/timeline-view.ts'
import { white } from '../kit/actors.ts'
import { inject, madeScenario, peopledScenario, text } from './made-scenario.ts'
import { attacked, type Run, runningRun, seen } from './run.ts'

const TEAM = 'meremaa'
const anna = white('w1')
const PRESS = { kind: 'inject', id: 'press-asks' } as const
const WAVE = { kind: 'attack', id: 'wave-1' } as const

const change = (
  run: Run,
  ref: EntryRef,
  what: EntryChange,
  team: string | null = null,
  more: { at?: number; seen?: number } = {},
) =>
  run.give('change-entry', { ...ref, team, change: what, seen: more.seen ?? seenOf(run, ref) }, more.at, anna)
const refused = (
  run: Run,
  ref: EntryRef,
  what: EntryChange,
  team: string | null = null,
  seenBefore?: number,
) => run.refused('change-entry', { ...ref, team, change: what, seen: seenBefore ?? seenOf(run, ref) }).code
const seenOf = (run: Run, { kind, id }: EntryRef) => run.state.entries[`${kind}/${id}`]?.count ?? 0
const row = (run: Run, { kind, id }: EntryRef, atMs = run.state.atMs) => {
  const found = timelineView(run.state, atMs).rows.find((one) => one.kind === kind && one.id === id)
  if (!found) throw new Error(`no row ${id}`)
  return found
}
const cell = (run: Run, ref: EntryRef, team: string | null = TEAM, atMs = run.state.atMs) =>
  row(run, ref, atMs).cells.find((one) => one.team === team)
const dueInjects = (run: Run, atMs: number) =>
  timelineDue(run.state, atMs).injects.map(({ team, inject: id }) => `${team}/${id}`)
const peopled = () => runningRun(peopledScenario)
const withInject = (trigger: Trigger, more: Partial<Scenario> = {}) =>
  runningRun({
    ...peopledScenario,
    injects: [...peopledScenario.injects, inject('late-one', 0, { number: 9, trigger })],
    ...more,
  })

describe('an entry that is held', () => {
  test('does not come, says who holds it, and comes at once when it is released after its moment', () => {
    const run = peopled()
    change(run, PRESS, { kind: 'hold' }, null, { at: 5_000 })
    expect(dueInjects(run, 20_000)).toEqual([])
    expect(cell(run, PRESS)).toMatchObject({ state: 'held', atMs: null, held: { by: anna, atMs: 5_000 } })
    change(run, PRESS, { kind: 'release' }, TEAM, { at: 15_000 })
    expect(dueInjects(run, 15_000)).toEqual(['meremaa/press-asks'])
    expect(cell(run, PRESS)).toMatchObject({ state: 'due', atMs: 15_000 })
    expect(cell(run, PRESS, 'saareke')).toMatchObject({ state: 'held' })
  })

  test('a task that was on its way when it was held sends nothing', () => {
    const run = peopled()
    expect(dueInjects(run, 10_000)).toContain('meremaa/press-asks')
    change(run, PRESS, { kind: 'hold' }, null, { at: 10_000 })
    expect(run.give('send-inject', { team: TEAM, inject: 'press-asks' }, 10_000)).toEqual([])
    expect(() => run.give('launch-attack', { team: TEAM, attack: 'wave-1' }, 20_000)).toThrow('not-due')
  })

  test('a skip does not stop for it', () => {
    const run = runningRun()
    expect(skipTarget(run.state, 1_000)).toBe(50_000)
    change(run, { kind: 'attack', id: 'wave-1' }, { kind: 'hold' })
    change(run, { kind: 'phase', id: 'storm' }, { kind: 'cancel' })
    expect(skipTarget(run.state, 1_000)).toBe(110_000)
    change(run, { kind: 'attack', id: 'wave-2' }, { kind: 'move', byMs: 30_000 })
    expect(skipTarget(run.state, 1_000)).toBe(140_000)
  })
})

describe('a tutor’s note that was told', () => {
  const NOTE = { kind: 'note', id: 'hello' } as const
  const noted = () => {
    const run = runningRun({
      ...peopledScenario,
      tutor: [{ id: 'hello', text: text('Somebody has written to you.'), trigger: at(10_000) }],
    })
    run.give('say-tutor', { team: TEAM, note: 'hello' }, 10_000)
    return run
  }
  const notes = (run: Run, seat: 'white' | 'blue') => {
    const audience = seat === 'blue' ? ({ seat, team: TEAM } as const) : ({ seat } as const)
    const state = fold(run.ledger.flatMap((event) => redact(event, audience) ?? []))
    return exerciseView(state, 20_000, audience)
      .teams.find(({ id }) => id === TEAM)
      ?.tutor.map(({ note }) => note)
  }

  test('goes when white cancels it, for whom it has come and for whom it has not, and comes again when it is restored', () => {
    const run = noted()
    expect(notes(run, 'blue')).toEqual(['hello'])
    change(run, NOTE, { kind: 'cancel' }, null, { at: 12_000 })
    expect(notes(run, 'blue')).toEqual([])
    expect(notes(run, 'white')).toEqual([])
    expect(ownStory(run.state, 20_000, TEAM, { seat: 'white' }).map(({ code }) => code)).not.toContain(
      'tutor.said',
    )
    expect(cell(run, NOTE)).toMatchObject({ state: 'cancelled', came: true })
    expect(cell(run, NOTE, 'saareke')).toMatchObject({ state: 'cancelled', came: false })
    expect(timelineDue(run.state, 20_000).notes).toEqual([])
    expect(row(run, NOTE).changes.at(-1)).toMatchObject({ what: { kind: 'cancel' }, by: anna })
    change(run, NOTE, { kind: 'restore' }, TEAM, { at: 15_000 })
    expect(notes(run, 'blue')).toEqual(['hello'])
    expect(cell(run, NOTE)).toMatchObject({ state: 'said', atMs: 15_000 })
    expect(cell(run, NOTE, 'saareke')).toMatchObject({ state: 'cancelled' })
  })

  test('is not cancelled twice, nor for a team that has not got it', () => {
    const run = noted()
    change(run, NOTE, { kind: 'cancel' }, 'saareke')
    expect(notes(run, 'blue')).toEqual(['hello'])
    change(run, NOTE, { kind: 'cancel' }, TEAM)
    expect(refused(run, NOTE, { kind: 'cancel' }, TEAM)).toBe('already-came')
    expect(refused(run, NOTE, { kind: 'hold' }, TEAM)).toBe('already-came')
  })
})

describe('the order of the timeline', () => {
  const order = (run: Run, atMs = run.state.atMs) =>
    timelineView(run.state, atMs).rows.map(({ kind, id }) => `${kind}/${id}`)

  test('what is held or cancelled, for one team or all, stays where it stood, also when its moment passes', () => {
    const run = peopled()
    const before = order(run)
    change(run, PRESS, { kind: 'hold' }, null, { at: 5_000 })
    expect(order(run)).toEqual(before)
    change(run, WAVE, { kind: 'hold' }, TEAM)
    change(run, { kind: 'phase', id: 'storm' }, { kind: 'cancel' })
    change(run, { kind: 'attack', id: 'wave-2' }, { kind: 'cancel' })
    expect(order(run)).toEqual(before)
    expect(order(run, 15_000)).toEqual(before)
    expect(row(run, PRESS)).toMatchObject({ atMs: null })
  })

  test('what is held after its moment has come goes nowhere either, and what is moved goes where it comes', () => {
    const run = peopled()
    const before = order(run, 11_000)
    change(run, PRESS, { kind: 'hold' }, null, { at: 11_000 })
    expect(order(run, 12_000)).toEqual(before)
    change(run, PRESS, { kind: 'move', byMs: 70_000 })
    const moved = order(run)
    expect(moved.indexOf('inject/press-asks')).toBeGreaterThan(moved.indexOf('attack/wave-1'))
  })
})

describe('an entry that is moved, cancelled, restored', () => {
  test('moves add up, for one team or all, and each is undone by its contrary', () => {
    const run = peopled()
    change(run, PRESS, { kind: 'move', byMs: 60_000 })
    change(run, PRESS, { kind: 'move', byMs: 60_000 }, TEAM)
    expect(cell(run, PRESS)).toMatchObject({ state: 'planned', atMs: 130_000, byMs: 120_000 })
    expect(cell(run, PRESS, 'saareke')).toMatchObject({ atMs: 70_000 })
    const undo = row(run, PRESS).changes.at(-1)?.undo
    expect(undo).toEqual({ kind: 'move', byMs: -60_000 })
    if (undo) change(run, PRESS, undo, TEAM)
    expect(cell(run, PRESS)).toMatchObject({ atMs: 70_000 })
  })

  test('what is moved into the past comes now, and no sooner', () => {
    const run = peopled()
    change(run, { kind: 'inject', id: 'sitrep' }, { kind: 'move', byMs: -60_000 }, null, { at: 4_000 })
    expect(dueInjects(run, 4_000)).toContain('meremaa/sitrep')
    expect(cell(run, { kind: 'inject', id: 'sitrep' })).toMatchObject({ state: 'due', atMs: 4_000 })
  })

  test('a second press, or somebody else’s move in between, moves nothing', () => {
    const run = peopled()
    change(run, PRESS, { kind: 'move', byMs: 60_000 }, null, { seen: 0 })
    expect(refused(run, PRESS, { kind: 'move', byMs: 60_000 }, null, 0)).toBe('no-longer-so')
  })

  test('cancelled and restored; a phase for all, and everybody’s picture of the day follows', () => {
    const run = peopled()
    change(run, PRESS, { kind: 'cancel' })
    expect(cell(run, PRESS)).toMatchObject({ state: 'cancelled', cancelled: { by: anna } })
    expect(run.refused('fire-entry', { ...PRESS, team: null }).code).toBe('entry-cancelled')
    change(run, PRESS, { kind: 'restore' })
    expect(cell(run, PRESS)).toMatchObject({ state: 'planned', atMs: 10_000 })
    change(run, { kind: 'phase', id: 'storm' }, { kind: 'move', byMs: 30_000 })
    const guest = { seat: 'guest' } as const
    const own = fold(run.ledger.flatMap((event) => redact(event, guest) ?? []))
    for (const state of [run.state, own])
      expect(exerciseView(state, 0, guest).phases.find(({ id }) => id === 'storm')?.fromMs).toBe(90_000)
    expect(JSON.stringify(run.ledger.flatMap((event) => redact(event, guest) ?? []))).not.toContain(
      'press-asks',
    )
    expect(timelineDue(run.state, 80_000).passTime).toBe(false)
    expect(timelineDue(run.state, 90_000).passTime).toBe(true)
  })

  test('what has reached a team can no longer be changed for it, and for all only for the others', () => {
    const run = peopled()
    run.give('send-inject', { team: TEAM, inject: 'press-asks' }, 10_000)
    for (const kind of ['hold', 'cancel', 'release', 'restore'] as const)
      expect(refused(run, PRESS, { kind }, TEAM)).toBe('already-came')
    expect(run.refused('fire-entry', { ...PRESS, team: TEAM }).code).toBe('already-came')
    change(run, PRESS, { kind: 'cancel' })
    expect(cell(run, PRESS)).toMatchObject({ state: 'sent', came: true, cancelled: null })
    expect(row(run, PRESS)).toMatchObject({ some: true })
    run.give('launch-attack', { team: TEAM, attack: 'wave-1' }, 60_000)
    expect(refused(run, WAVE, { kind: 'move', byMs: 1_000 }, TEAM)).toBe('already-came')
  })

  test('refused with a reason: nothing to move, past the end, nonsense, one team’s phase, no such team', () => {
    const run = withInject({ kind: 'manual' })
    const held = { kind: 'inject', id: 'late-one' } as const
    expect(refused(run, held, { kind: 'move', byMs: 1_000 })).toBe('moves-nothing')
    expect(refused(run, PRESS, { kind: 'move', byMs: 590_000 })).toBe('after-the-end')
    expect(refused(run, PRESS, { kind: 'move', byMs: 0 })).toBe('bad-change')
    expect(refused(run, PRESS, { kind: 'move', byMs: Number.NaN })).toBe('bad-change')
    expect(refused(run, { kind: 'phase', id: 'storm' }, { kind: 'hold' }, TEAM)).toBe('phase-for-all')
    expect(refused(run, PRESS, { kind: 'hold' }, 'nobody')).toBe('unknown-team')
    expect(refused(run, { kind: 'inject', id: 'constructor' }, { kind: 'hold' })).toBe('unknown-entry')
    run.give('end-exercise', { reason: '' })
    expect(refused(run, PRESS, { kind: 'hold' })).toBe('wrong-phase')
  })
})

describe('an entry that is fired before its time', () => {
  test.each<[string, Trigger]>([
    ['at a moment', at(500_000)],
    [
      'after another',
      { kind: 'after', after: { kind: 'attack', id: 'wave-5', outcome: 'landed' }, delayMs: 0 },
    ],
    [
      'when something is so',
      { kind: 'when', when: { kind: 'phase', phase: 'after' }, forMs: 0, once: 'team' },
    ],
    ['by hand', { kind: 'manual' }],
  ])('one that comes %s: for one team, then for the rest, and no more', (_, trigger) => {
    const run = withInject(trigger)
    const ref = { kind: 'inject', id: 'late-one' } as const
    run.give('fire-entry', { ...ref, team: TEAM }, 1_000, anna)
    expect(dueInjects(run, 1_000)).toEqual(['meremaa/late-one'])
    run.give('send-inject', { team: TEAM, inject: 'late-one' }, 1_000)
    run.give('fire-entry', { ...ref, team: null }, 2_000, anna)
    expect(dueInjects(run, 2_000)).toEqual(['saareke/late-one', 'laanemets/late-one'])
    expect(run.refused('fire-entry', { ...ref, team: null }, 2_000).code).toBe('already-fired')
  })

  test('firing lets go what was held, and a hold stops what was fired and has not come', () => {
    const run = peopled()
    change(run, PRESS, { kind: 'hold' })
    run.give('fire-entry', { ...PRESS, team: null }, 2_000, anna)
    expect(dueInjects(run, 2_000)).toHaveLength(3)
    change(run, PRESS, { kind: 'hold' }, null, { at: 2_000 })
    expect(dueInjects(run, 20_000)).toEqual([])
    run.give('fire-entry', { ...PRESS, team: null }, 21_000, anna)
    expect(dueInjects(run, 21_000)).toHaveLength(3)
    expect(run.state.fired).toHaveLength(1)
    expect(run.refused('fire-entry', { ...PRESS, team: null }, 21_000).code).toBe('already-fired')
  })
})

describe('what an answer is graded by', () => {
  const RUBRIC = [
    { id: 'true', title: text('It is true'), points: 2 },
    { id: 'criterion-3', title: text('It is short'), points: 4 },
  ]
  const edit = (run: Run, rubric = RUBRIC) => change(run, PRESS, { kind: 'edit', rubric })

  test('is edited as long as nobody has got the message, and goes out and is undone so', () => {
    const run = peopled()
    const before = run.state.scenario.injects.find(({ id }) => id === PRESS.id)?.rubric
    edit(run)
    expect(row(run, PRESS).changes.at(-1)?.undo).toEqual({ kind: 'edit', rubric: before })
    run.give('send-inject', { team: TEAM, inject: PRESS.id }, 10_000)
    const [event] = run.ledger.filter(({ type }) => type === 'inject.sent')
    expect(event?.data).toMatchObject({ info: { rubric: RUBRIC } })
  })

  test('is no longer edited when one team has got it; the words still are, for the others', () => {
    const run = peopled()
    run.give('send-inject', { team: TEAM, inject: PRESS.id }, 10_000)
    expect(refused(run, PRESS, { kind: 'edit', rubric: RUBRIC })).toBe('bad-change')
    change(run, PRESS, { kind: 'edit', title: text('Another title') })
  })

  test('is something that can be given: points, titles, ids of their own, of a message that people grade', () => {
    const run = peopled()
    const [one = { id: 'x', title: text('x'), points: 1 }] = RUBRIC
    for (const rubric of [
      [],
      [one, one],
      [{ ...one, points: 0 }],
      [{ ...one, points: 1_001 }],
      [{ ...one, title: text('') }],
    ])
      expect(refused(run, PRESS, { kind: 'edit', rubric })).toBe('bad-change')
    expect(refused(run, WAVE, { kind: 'edit', rubric: RUBRIC })).toBe('bad-change')
    const notice = runningRun({
      ...peopledScenario,
      injects: [inject('told', 10_000, { expects: null, rubric: [] })],
    })
    expect(refused(notice, { kind: 'inject', id: 'told' }, { kind: 'edit', rubric: RUBRIC })).toBe(
      'bad-change',
    )
  })

  test('an edit of before goes on folding', () => {
    const earlier = { kind: 'edit', title: text('Another title') } as const
    const data = { ...PRESS, team: null, change: earlier, by: anna }
    const old = { type: 'entry.changed', version: 1, at: 0, position: 1, wall: 0, data } as const
    expect(upcast(old)).toMatchObject({ version: 2, data })
  })
})

describe('an entry that is edited', () => {
  test('comes with its new words, deadline and addressees; what came before keeps its own', () => {
    const run = peopled()
    run.give('send-inject', { team: TEAM, inject: 'press-asks' }, 10_000)
    const before = run.state.scenario.injects[0]
    change(run, PRESS, { kind: 'edit', title: text('Another title'), withinMs: 60_000, roles: ['legal'] })
    run.give('send-inject', { team: 'saareke', inject: 'press-asks' }, 11_000)
    const [own, other] = run.state.teams.map(({ injects }) => injects[0])
    expect(own?.info.title).toEqual(before?.title)
    expect(other).toMatchObject({
      info: { title: text('Another title'), roles: ['legal'] },
      deadlineMs: 71_000,
    })
    const undo = row(run, PRESS).changes.at(-1)?.undo
    if (undo) change(run, PRESS, undo)
    expect(run.state.scenario.injects[0]).toEqual(before)
  })

  test('for some teams only, for all at once, and not with words that do not fit', () => {
    const run = peopled()
    change(run, PRESS, { kind: 'edit', teams: [TEAM] })
    expect(dueInjects(run, 10_000)).toEqual(['meremaa/press-asks'])
    expect(cell(run, PRESS, 'saareke')).toMatchObject({ state: 'not-for', why: { code: 'not-for-team' } })
    expect(refused(run, PRESS, { kind: 'hold' }, 'saareke')).toBe('not-for-team')
    expect(refused(run, PRESS, { kind: 'edit', title: text('x') }, TEAM)).toBe('bad-change')
    expect(refused(run, PRESS, { kind: 'edit', teams: ['nobody'] })).toBe('unknown-team')
    expect(refused(run, PRESS, { kind: 'edit', teams: [] })).toBe('bad-change')
    expect(refused(run, PRESS, { kind: 'edit', text: text('x'.repeat(10_001)) })).toBe('bad-change')
    expect(refused(run, PRESS, { kind: 'edit', text: { en: ' ', et: 'x', ja: 'x' } })).toBe('bad-change')
    expect(refused(run, WAVE, { kind: 'edit', teams: [TEAM] })).toBe('bad-change')
    expect(refused(run, PRESS, { kind: 'edit' })).toBe('bad-change')
  })
})

const attackData = (
  id: string,
  more: Partial<CommandPayloads['add-entry']> = {},
  counts = false,
): CommandPayloads['add-entry'] => ({
  id,
  atMs: 0,
  teams: null,
  entry: { kind: 'attack', weakness: 'tax/refund-iban', counts },
  ...more,
})
const messageData = (
  id: string,
  counts: boolean,
  like: string | null = 'press-asks',
): CommandPayloads['add-entry'] => ({
  id,
  atMs: null,
  teams: [TEAM],
  entry: {
    kind: 'inject',
    like,
    title: text('Added'),
    text: text('<b>Added</b>'),
    from: text('EXCON'),
    channel: 'mail',
    roles: [],
    wants: 'text',
    withinMs: 60_000,
    counts,
  },
})

describe('an entry that is added', () => {
  test('an attack counts nowhere unless it is said to, and never twice', () => {
    const run = runningRun()
    const [one, other] = [runningRun(), run]
    other.give('add-entry', attackData('more', { teams: [TEAM] }), 30_000, anna)
    expect(timelineDue(other.state, 30_000).attacks).toEqual([
      { team: TEAM, attack: 'more', weakness: 'tax/refund-iban' },
    ])
    expect(row(other, { kind: 'attack', id: 'more' })).toMatchObject({ added: true, counts: false, count: 1 })
    expect(other.refused('add-entry', attackData('more')).code).toBe('entry-exists')
    attacked(other, TEAM, 'more', 'landed', 30_000)
    for (const played of [one, other]) attacked(played, TEAM, 'wave-2', 'landed', 120_000)
    expect(scoreAt(other.state, TEAM, 200_000)).toEqual(scoreAt(one.state, TEAM, 200_000))
    expect(row(other, { kind: 'attack', id: 'more' })).toMatchObject({ some: true })
  })

  test('[SC26] one that counts has a share by weight; all shares together are the category’s points, for each team by what it had', () => {
    const run = runningRun()
    run.give('add-entry', attackData('a', { teams: [TEAM] }, true), 1_000, anna)
    run.give('add-entry', attackData('b', {}, true), 1_000, anna)
    attacked(run, TEAM, 'a', 'landed', 1_000)
    for (const { id } of run.state.teams) attacked(run, id, 'b', 'defended', 2_000)
    for (const { id } of run.state.teams)
      for (const { id: attack } of madeScenario.attacks) attacked(run, id, attack, 'defended')
    const { durationMs, scoring } = madeScenario
    for (const { id } of run.state.teams) {
      const { categories } = scoreAt(run.state, id, durationMs)
      expect(categories.defence.possible).toBe(scoring.defence)
      expect(categories.recovery.possible).toBe(scoring.recovery)
      const lines = explain(run.state, id, durationMs).filter(({ category }) => category === 'defence')
      // 6.5 in the scenario, and 2 for each that was added, as the scenario's own attack on the weakness.
      const all = id === TEAM ? 10.5 : 8.5
      expect(lines.find(({ attack }) => attack === 'b')?.possible).toBeCloseTo((scoring.defence * 2) / all, 2)
      expect(lines.find(({ attack }) => attack === 'wave-1')?.possible).toBeCloseTo(scoring.defence / all, 2)
    }
    const guest = { seat: 'guest' } as const
    const own = fold(run.ledger.flatMap((event) => redact(event, guest) ?? []))
    expect(scoreAt(own, TEAM, durationMs)).toEqual(scoreAt(run.state, TEAM, durationMs))
    expect(own.scenario.attacks).toEqual([])
  })

  test('[SC26] a message that counts, too; and before it is judged it changes nothing', () => {
    const run = peopled()
    run.give('add-entry', messageData('asked', true), 5_000, anna)
    run.give('fire-entry', { kind: 'inject', id: 'asked', team: null }, 6_000, anna)
    expect(dueInjects(run, 6_000)).toEqual(['meremaa/asked'])
    run.give('send-inject', { team: TEAM, inject: 'asked' }, 6_000)
    run.give('send-inject', { team: TEAM, inject: 'press-asks' }, 10_000)
    const content = { kind: 'text', text: 'Yes.' } as const
    run.give('answer-inject', { team: TEAM, inject: 'press-asks', content, seen: 0 }, 12_000)
    const grade = { criteria: { true: 3, calm: 1 }, comment: '', final: false, seen: 1 }
    run.give('grade-inject', { team: TEAM, inject: 'press-asks', ...grade }, 13_000, anna)
    const strategic = () => scoreAt(run.state, TEAM, 14_000).categories.strategic
    expect(strategic().possible).toBeCloseTo((700 * 2) / 3, 2)
    run.give('answer-inject', { team: TEAM, inject: 'asked', content, seen: 0 }, 14_000)
    run.give('grade-inject', { team: TEAM, inject: 'asked', ...grade }, 14_000, anna)
    expect(strategic()).toEqual({ points: strategic().possible, possible: strategic().possible })
    expect(strategic().possible).toBeCloseTo((700 * 4) / 5, 2)
  })

  test('a message from scratch is plain text, graded by one criterion, and numbered behind the others', () => {
    const run = peopled()
    run.give('add-entry', messageData('asked', false, null), 5_000, anna)
    const [added] = run.state.scenario.injects.slice(-1)
    expect(added).toMatchObject({
      number: 7,
      category: null,
      weight: 0,
      expects: { kind: 'text' },
      added: true,
    })
    expect(added?.rubric).toHaveLength(1)
    expect(cell(run, { kind: 'inject', id: 'asked' })).toMatchObject({
      state: 'ready',
      why: { code: 'manual' },
    })
    expect(cell(run, { kind: 'inject', id: 'asked' }, 'saareke')).toMatchObject({ state: 'not-for' })
  })

  test('a message from scratch is graded by what the instructor wrote; one like another is graded like that one, and a notice by nothing', () => {
    const run = peopled()
    const criteria = [
      { title: text('It is true'), points: 2.5 },
      { title: text('It is calm'), points: 5 },
    ]
    const asking = (like: string | null, more: object = {}): CommandPayloads['add-entry'] => {
      const data = messageData('asked', true, like)
      return { ...data, entry: { ...data.entry, rubric: criteria, ...more } as typeof data.entry }
    }
    expect(run.refused('add-entry', asking('press-asks')).code).toBe('bad-change')
    const bad = [
      { wants: 'nothing' },
      { rubric: [] },
      { rubric: Array.from({ length: 11 }, () => criteria[0]) },
      { rubric: [{ title: text(''), points: 1 }] },
      { rubric: [{ title: text('x'), points: 0 }] },
      { rubric: [{ title: text('x'), points: Number.NaN }] },
    ]
    for (const more of bad)
      expect(run.refused('add-entry', asking(null, more)).code, JSON.stringify(more)).toBe('bad-change')
    run.give('add-entry', asking(null), 5_000, anna)
    run.give('fire-entry', { kind: 'inject', id: 'asked', team: null }, 6_000, anna)
    run.give('send-inject', { team: TEAM, inject: 'asked' }, 6_000)
    const content = { kind: 'text', text: 'Yes.' } as const
    run.give('answer-inject', { team: TEAM, inject: 'asked', content, seen: 0 }, 7_000)
    const given = { 'criterion-1': 1.5, 'criterion-2': 5 }
    const grade = { team: TEAM, inject: 'asked', criteria: given, comment: '', final: false, seen: 1 }
    run.give('grade-inject', grade, 8_000, anna)
    const { points, possible } = scoreAt(run.state, TEAM, 9_000).categories.strategic
    expect(points / possible).toBeCloseTo(6.5 / 7.5, 3)
  })

  test('refused with a reason: what is not planted, counts where nothing counts, comes after the end, or is too long', () => {
    const run = runningRun({ ...peopledScenario, attacks: [] })
    const code = (data: CommandPayloads['add-entry']) => run.refused('add-entry', data).code
    expect(code({ ...attackData('x'), entry: { kind: 'attack', weakness: 'tax/none', counts: false } })).toBe(
      'unknown-weakness',
    )
    expect(code(attackData('x', {}, true))).toBe('nothing-to-share')
    expect(code(attackData('x', { atMs: 600_000 }))).toBe('after-the-end')
    expect(code(attackData('x', { teams: ['nobody'] }))).toBe('unknown-team')
    expect(code(attackData('press-asks'))).toBe('entry-exists')
    const long = messageData('x', false)
    if (long.entry.kind === 'inject')
      expect(code({ ...long, entry: { ...long.entry, title: text('x'.repeat(201)) } })).toBe('bad-change')
    run.give('add-entry', attackData('x'))
  })
})

test('what comes to all as soon as it is so of one comes to all, though the first to get it makes it untrue', () => {
  const trigger: Trigger = {
    kind: 'when',
    when: { kind: 'not', of: { kind: 'foothold' } },
    forMs: 5_000,
    once: 'all',
  }
  const run = runningRun({
    ...madeScenario,
    attacks: madeScenario.attacks.map((one) => (one.id === 'wave-2' ? { ...one, trigger } : one)),
  })
  const wave2 = (atMs: number) =>
    timelineDue(run.state, atMs).attacks.filter(({ attack }) => attack === 'wave-2')
  expect(wave2(5_000)).toHaveLength(3)
  // Others have a foothold in them already: it is so of the first alone.
  for (const id of ['saareke', 'laanemets']) attacked(run, id, 'wave-1', 'landed', 60_000)
  for (const { id } of run.state.teams) attacked(run, id, 'wave-2', 'landed', 60_000)
  expect(row(run, { kind: 'attack', id: 'wave-2' }).cells.map(({ state }) => state)).toEqual([
    'landed',
    'landed',
    'landed',
  ])
})

describe('why not yet', () => {
  const after = (outcome: 'landed' | 'open'): Trigger => ({
    kind: 'after',
    after: { kind: 'attack', id: 'wave-1', outcome },
    delayMs: 5_000,
  })
  const why = (run: Run, atMs?: number) => cell(run, { kind: 'inject', id: 'late-one' }, TEAM, atMs)

  test('an attack that has not come, is under way, came out otherwise', () => {
    const run = withInject(after('landed'))
    expect(why(run)).toMatchObject({
      state: 'waiting',
      why: { code: 'attack-not-come', params: { entry: 'wave-1' } },
    })
    run.give('launch-attack', { team: TEAM, attack: 'wave-1' }, 60_000)
    expect(why(run)).toMatchObject({ why: { code: 'attack-under-way' } })
    const report = { team: TEAM, attack: 'wave-1', attempt: 1, alive: true, evidence: null }
    run.give('report-attack', { ...report, result: 'failed' }, 61_000)
    expect(why(run)).toMatchObject({
      state: 'never',
      why: { code: 'attack-otherwise', final: true, sinceMs: 61_000 },
    })
  })

  test('a message that may yet be answered: when it comes if it is not', () => {
    const trigger: Trigger = {
      kind: 'after',
      after: { kind: 'inject', id: 'press-asks', outcome: 'unanswered' },
      delayMs: 20_000,
    }
    const run = withInject(trigger)
    expect(why(run)).toMatchObject({ why: { code: 'message-not-come' } })
    run.give('send-inject', { team: TEAM, inject: 'press-asks' }, 10_000)
    expect(why(run)).toMatchObject({
      state: 'planned',
      atMs: 330_000,
      why: { code: 'message-may-be-answered', params: { untilMs: 310_000 } },
    })
    run.give(
      'answer-inject',
      { team: TEAM, inject: 'press-asks', content: { kind: 'text', text: 'x' }, seen: 0 },
      20_000,
    )
    expect(why(run)).toMatchObject({ state: 'never', why: { code: 'message-answered' } })
  })

  test('a condition: which part of it is not so, and since when', () => {
    const down = { kind: 'verdict', service: 'tax', is: ['down'] } as const
    const open = { kind: 'foothold' } as const
    const run = withInject({
      kind: 'when',
      when: { kind: 'and', of: [down, { kind: 'not', of: open }] },
      forMs: 10_000,
      once: 'team',
    })
    expect(why(run)).toMatchObject({
      state: 'waiting',
      why: { code: 'service-not', params: { service: 'tax', is: 'down' } },
    })
    seen(run, TEAM, 'tax/alive', 'down', 30_000)
    expect(why(run)).toMatchObject({ state: 'planned', atMs: 40_000 })
    attacked(run, TEAM, 'wave-1', 'landed', 60_000)
    expect(why(run)).toMatchObject({ state: 'waiting', why: { code: 'foothold-open', sinceMs: 60_000 } })
  })

  test('an attack of a chain waits for its way in', () => {
    const run = runningRun({
      ...madeScenario,
      attacks: madeScenario.attacks.map((one) => (one.id === 'wave-2' ? { ...one, after: 'wave-1' } : one)),
    })
    const chained = { kind: 'attack', id: 'wave-2' } as const
    expect(cell(run, chained)).toMatchObject({
      state: 'planned',
      atMs: 120_000,
      why: { code: 'chain-waits' },
    })
    expect(cell(run, chained, TEAM, 130_000)).toMatchObject({
      state: 'waiting',
      why: { code: 'chain-waits' },
    })
    attacked(run, TEAM, 'wave-1', 'defended', 130_000)
    expect(cell(run, chained)).toMatchObject({ state: 'due', why: { code: 'chain-closed' } })
  })

  test('what would come after the end, or did not come before it, does not come', () => {
    const run = withInject(at(600_000))
    expect(why(run)).toMatchObject({ state: 'never', why: { code: 'after-end' } })
    run.give('end-exercise', { reason: '' })
    expect(cell(run, PRESS)).toMatchObject({ state: 'never', why: { code: 'ended' } })
  })
})

test('24 teams and 100 entries are seen in well under a frame’s time on a slow page', () => {
  const teams = Array.from({ length: 24 }, (_, i) => ({
    id: `t${i}`,
    name: text(`t${i}`),
    country: 'TT',
    pilot: 'absent' as const,
  }))
  const injects = Array.from({ length: 100 }, (_, i) =>
    inject(`i${i}`, (i + 1) * 5_000, { number: i + 1, weight: 1 }),
  )
  const run = runningRun({ ...peopledScenario, injects }, teams)
  for (let i = 0; i < 100; i += 1)
    for (const kind of ['hold', 'release', 'cancel', 'restore'] as const)
      change(run, { kind: 'inject', id: `i${i}` }, { kind }, 't3')
  timelineView(run.state, 1)
  const began = performance.now()
  for (let i = 0; i < 10; i += 1) timelineView(run.state, i * 1_000)
  expect((performance.now() - began) / 10).toBeLessThan(150)
  expect(row(run, { kind: 'inject', id: 'i7' }).cells).toHaveLength(24)
})
