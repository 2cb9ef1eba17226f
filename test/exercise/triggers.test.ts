import { describe, expect, test } from 'vitest'
import type { Scenario } from '#exercise/scenario/model.ts'
import type { Trigger } from '#exercise/scenario/trigger.ts'
import { skipTarget } from '#exercise/schedule/skip.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { timelineView } from '#exercise/views/timeline-view.ts'
import { madeScenario, text } from './made-scenario.ts'
import { attacked, fixed, type Run, runningRun } from './run.ts'

const TEAM = 'meremaa'
const white = { seat: 'white' } as const

/** wave-1 comes at its moment; of the others the test says when. */
const withTriggers = (
  triggers: Readonly<Record<string, Trigger>>,
  more: Partial<Scenario> = {},
): Scenario => ({
  ...madeScenario,
  attacks: madeScenario.attacks.map((attack) => ({
    ...attack,
    trigger: triggers[attack.id] ?? attack.trigger,
  })),
  ...more,
})
const due = (run: Run, at: number) =>
  timelineDue(run.state, at)
    .attacks.filter(({ team }) => team === TEAM)
    .map(({ attack }) => attack)
const planned = (run: Run, at: number, id: string) =>
  exerciseView(run.state, at, white)
    .teams.find(({ id: team }) => team === TEAM)
    ?.attacks.find(({ attack }) => attack === id)

describe('an attack that comes after another', () => {
  const after = {
    kind: 'after',
    after: { kind: 'attack', id: 'wave-1', outcome: 'concluded' },
    delayMs: 30_000,
  } as const

  test('comes so long after that one came out, for each team by itself', () => {
    const run = runningRun(withTriggers({ 'wave-2': after }))
    expect(planned(run, 10_000, 'wave-2')).toMatchObject({ atMs: null, trigger: after, state: 'planned' })
    attacked(run, TEAM, 'wave-1', 'landed')
    expect(due(run, 89_999)).not.toContain('wave-2')
    expect(due(run, 90_000)).toContain('wave-2')
    expect(timelineDue(run.state, 90_000).attacks.filter(({ attack }) => attack === 'wave-2')).toHaveLength(1)
    expect(planned(run, 70_000, 'wave-2')).toMatchObject({ atMs: 90_000 })
    expect(skipTarget(run.state, 61_000)).toBeLessThanOrEqual(80_000)
    run.give('launch-attack', { team: TEAM, attack: 'wave-2' }, 95_000)
    expect(run.ledger.at(-1)).toMatchObject({ type: 'attack.launched', data: { info: { atMs: 90_000 } } })
  })

  test('only where that one landed, when it says so', () => {
    const run = runningRun(
      withTriggers({ 'wave-2': { ...after, after: { ...after.after, outcome: 'landed' } } }),
    )
    attacked(run, TEAM, 'wave-1', 'defended')
    expect(due(run, 300_000)).not.toContain('wave-2')
    attacked(run, 'saareke', 'wave-1', 'landed')
    const others = timelineDue(run.state, 300_000).attacks.filter(({ attack }) => attack === 'wave-2')
    expect(others.map(({ team }) => team)).toEqual(['saareke'])
  })

  test('only while that one has a foothold, when it says so', () => {
    const run = runningRun(
      withTriggers({ 'wave-2': { ...after, after: { ...after.after, outcome: 'open' } } }),
    )
    attacked(run, TEAM, 'wave-1', 'landed')
    fixed(run, TEAM, 'wave-1', 80_000)
    expect(due(run, 300_000)).not.toContain('wave-2')
  })
})

describe('an attack on some teams only', () => {
  const on = (weight: number): Scenario => ({
    ...madeScenario,
    attacks: madeScenario.attacks.map((one) =>
      one.id === 'wave-1' ? { ...one, weight, teams: [TEAM] } : one,
    ),
  })
  const rowOf = (run: Run) => timelineView(run.state, run.state.atMs).rows.find(({ id }) => id === 'wave-1')

  test('comes to nobody else, and is marked for white once it has come', () => {
    const run = runningRun(on(1))
    const came = timelineDue(run.state, 60_000).attacks.filter(({ attack }) => attack === 'wave-1')
    expect(came.map(({ team }) => team)).toEqual([TEAM])
    expect(run.refused('launch-attack', { team: 'saareke', attack: 'wave-1' }, 60_000)).toBeDefined()
    expect(rowOf(run)?.some).toBe(false)
    attacked(run, TEAM, 'wave-1', 'landed')
    expect(rowOf(run)).toMatchObject({ some: true, counts: true })
    expect(
      rowOf(run)
        ?.cells.map(({ state }) => state)
        .slice(1),
    ).toEqual(['not-for', 'not-for'])
    expect(planned(run, 61_000, 'wave-1')).toBeDefined()
    const [, other] = run.state.teams
    expect(scoreAt(run.state, TEAM, 61_000).categories.defence.possible).toBeGreaterThan(0)
    expect(scoreAt(run.state, other?.id ?? '', 61_000).categories.defence.possible).toBe(0)
  })

  test('of no weight counts nowhere, and takes nothing from what does', () => {
    const run = runningRun(on(0))
    attacked(run, TEAM, 'wave-1', 'landed')
    expect(rowOf(run)).toMatchObject({ some: true, counts: false })
    expect(scoreAt(run.state, TEAM, 61_000).categories.defence).toEqual({ points: 0, possible: 0 })
    for (const { id } of madeScenario.attacks.slice(1)) attacked(run, TEAM, id, 'defended')
    const { defence, recovery } = scoreAt(run.state, TEAM, 600_000).categories
    expect([defence, recovery]).toEqual([
      { points: 3_000, possible: 3_000 },
      { points: 2_000, possible: 2_000 },
    ])
  })
})

describe('an entry that waits for the instructor', () => {
  const manual = { kind: 'manual' } as const
  const scenario = withTriggers(
    { 'wave-2': manual },
    {
      tutor: [{ id: 'look', text: text('Look.'), trigger: manual }],
      phases: [...madeScenario.phases, { id: 'extra', title: text('Extra time'), trigger: manual }],
    },
  )

  test('never comes by itself, and nothing is skipped to it', () => {
    const run = runningRun(scenario)
    expect(due(run, 599_999)).not.toContain('wave-2')
    expect(timelineDue(run.state, 599_999).notes).toEqual([])
    expect(exerciseView(run.state, 1_000, white).held.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'attack wave-2',
      'note look',
      'phase extra',
    ])
    expect(exerciseView(run.state, 1_000, { seat: 'guest' }).held).toEqual([])
    expect(exerciseView(run.state, 1_000, white).phases.map(({ id }) => id)).not.toContain('extra')
  })

  test('comes when it is fired: an attack for one team, a note and a phase for all', () => {
    const run = runningRun(scenario)
    run.give('fire-entry', { kind: 'attack', id: 'wave-2', team: TEAM }, 20_000)
    const launched = timelineDue(run.state, 20_000).attacks.filter(({ attack }) => attack === 'wave-2')
    expect(launched.map(({ team }) => team)).toEqual([TEAM])
    run.give('fire-entry', { kind: 'note', id: 'look', team: null }, 21_000)
    expect(timelineDue(run.state, 21_000).notes).toHaveLength(run.state.teams.length)
    run.give('fire-entry', { kind: 'phase', id: 'extra', team: null }, 22_000)
    run.give('pass-time', {}, 22_000)
    expect(exerciseView(run.state, 23_000, white).phases.find(({ id }) => id === 'extra')).toMatchObject({
      fromMs: 22_000,
      now: true,
    })
  })

  test('refused: what has come, what is not there, twice, a phase for one team, before the start', () => {
    const run = runningRun(scenario)
    const refused = (kind: 'attack' | 'phase', id: string, team: string | null = null) =>
      run.refused('fire-entry', { kind, id, team }).code
    expect(refused('phase', 'calm')).toBe('already-came')
    expect(refused('attack', 'nothing')).toBe('unknown-entry')
    expect(refused('attack', 'wave-2', 'nobody')).toBe('unknown-team')
    expect(refused('phase', 'extra', TEAM)).toBe('phase-for-all')
    run.give('fire-entry', { kind: 'attack', id: 'wave-2', team: null })
    expect(refused('attack', 'wave-2')).toBe('already-fired')
    run.give('pause-exercise', { reason: '' })
    expect(refused('phase', 'extra')).toBe('wrong-phase')
  })
})
