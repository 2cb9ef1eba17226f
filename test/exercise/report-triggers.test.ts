import { describe, expect, test } from 'vitest'
import type { Scenario } from '#exercise/scenario/model.ts'
import type { ReportFields } from '#exercise/scenario/report.ts'
import type { After, Condition, Trigger } from '#exercise/scenario/trigger.ts'
import { conditionOf } from '#exercise/schedule/condition.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { whyNot } from '#exercise/schedule/why-not.ts'
import { timelineView } from '#exercise/views/timeline-view.ts'
import { blue, white } from '../kit/actors.ts'
import { peopledScenario, powerCut, text } from './made-scenario.ts'
import { attacked, fixed, type Run, runningRun } from './run.ts'

const team = 'meremaa'
const noteWhen = (trigger: Trigger, more: Partial<Scenario> = {}): Scenario => ({
  ...peopledScenario,
  tutor: [{ id: 'well-done', text: text('Well done.'), trigger }],
  ...more,
})
const when = (condition: Condition, forMs = 0): Scenario =>
  noteWhen({ kind: 'when', when: condition, forMs, once: 'team' })
const after = (what: After, delayMs = 10_000) => noteWhen({ kind: 'after', after: what, delayMs })
const due = (run: Run, at: number) =>
  timelineDue(run.state, at)
    .notes.filter(({ note }) => note === 'well-done')
    .map((one) => one.team)
const why = (run: Run, at: number) => {
  const [of] = run.state.teams
  const [note] = run.state.scenario.tutor
  return of && note ? whyNot(run.state, of, 'note', note, at).code : null
}

const fields: ReportFields = {
  service: 'population',
  noticedMs: 70_000,
  technique: '',
  indicators: '',
  actions: '',
  confidence: 'low',
}
const file = (run: Run, report: string, at: number, more: Partial<ReportFields> = {}, before = 0) =>
  run.give('file-report', { team, report, fields: { ...fields, ...more }, seen: before }, at, blue('b1'))
const grade = (run: Run, report: string, match: string | null, at: number, by = white('w1')) => {
  const none = { service: 0, technique: 0, time: 0, indicators: 0, completeness: 0 }
  const data = { team, report, match, criteria: none, comment: '', final: true, seen: 1 }
  run.give('grade-report', data, at, by)
}

describe('[SC16] what waits for a report of an incident', () => {
  test('of anything: from the first one that was filed, for that team alone; a draft is none', () => {
    const run = runningRun(when({ kind: 'report' }, 5_000))
    expect(why(run, 50_000)).toBe('no-report')
    run.give('save-report-draft', { team, report: 'R1', field: 'actions', text: 'We' }, 55_000, blue('b1'))
    expect(due(run, 599_000)).toEqual([])
    file(run, 'R1', 70_000)
    file(run, 'R2', 72_000)
    expect(due(run, 74_999)).toEqual([])
    expect(due(run, 75_000)).toEqual([team])
  })

  test('of a service: as the team wrote, in any version', () => {
    const run = runningRun(when({ kind: 'report', service: 'tax' }))
    file(run, 'R1', 70_000)
    expect(due(run, 90_000)).toEqual([])
    expect(why(run, 90_000)).toBe('no-report-of-service')
    file(run, 'R1', 91_000, { service: 'tax' }, 1)
    expect(due(run, 91_000)).toEqual([team])
  })

  test('of an attack: as the platform proposes, until those who grade say otherwise, and then as they say', () => {
    const run = runningRun(when({ kind: 'report', attack: 'wave-1' }, 5_000))
    attacked(run, team, 'wave-1', 'landed')
    expect(why(run, 65_000)).toBe('no-report-of-attack')
    file(run, 'R1', 70_000, { service: 'portal' })
    expect(due(run, 110_000)).toEqual([])
    file(run, 'R2', 111_000)
    expect(due(run, 115_999)).toEqual([])
    expect(due(run, 116_000)).toEqual([team])
    grade(run, 'R2', null, 117_000)
    expect(due(run, 130_000)).toEqual([])
    grade(run, 'R1', 'wave-1', 131_000)
    expect(due(run, 135_999)).toEqual([])
    expect(due(run, 136_000)).toEqual([team])
  })

  test('`for` counts from when it is certain: what changes what it is compared with begins it anew', () => {
    const run = runningRun(when({ kind: 'report', attack: 'wave-1' }, 30_000))
    attacked(run, team, 'wave-1', 'landed')
    file(run, 'R1', 70_000)
    const truth = () =>
      run.state.teams[0] &&
      conditionOf(run.state, run.state.teams[0], { kind: 'report', attack: 'wave-1' }, 99_000)
    expect(truth()).toEqual({ so: true, sinceMs: 70_000 })
    fixed(run, team, 'wave-1', 80_000)
    expect(truth()).toEqual({ so: true, sinceMs: 80_000 })
    grade(run, 'R1', null, 90_000)
    expect(truth()).toEqual({ so: false, sinceMs: 90_000 })
  })

  test('nothing was reported: a nudge that a report takes back', () => {
    const run = runningRun(when({ kind: 'not', of: { kind: 'report' } }, 100_000))
    expect(due(run, 99_999)).toEqual([])
    file(run, 'R1', 80_000)
    expect(due(run, 599_000)).not.toContain(team)
    expect(due(run, 100_000)).toHaveLength(run.state.teams.length - 1)
    expect(why(run, 100_000)).toBe('report-filed')
  })
})

describe('[SC16] what comes after a note and a world event', () => {
  test('after a note was told to the team', () => {
    const first = { id: 'first', text: text('First.'), trigger: { kind: 'manual' } } as const
    const made = after({ kind: 'note', id: 'first', outcome: 'said' })
    const run = runningRun({ ...made, tutor: [...made.tutor, first] })
    expect(why(run, 20_000)).toBe('note-not-said')
    run.give('fire-entry', { kind: 'note', id: 'first', team }, 30_000, white('w1'))
    run.give('say-tutor', { team, note: 'first' }, 30_000)
    expect(due(run, 39_999)).toEqual([])
    expect(due(run, 40_000)).toEqual([team])
  })

  test.each([
    ['began', 110_000, 'world-not-come'],
    ['ended', 175_000, 'world-goes-on'],
  ] as const)('after a world event has %s', (outcome, atMs, until) => {
    const run = runningRun(after({ kind: 'world', id: 'power-cut', outcome }))
    expect(why(run, 99_000)).toBe('world-not-come')
    if (until === 'world-not-come') expect(due(run, 400_000)).toEqual([])
    run.give('begin-world', { team, entry: 'power-cut' }, 100_000)
    if (outcome === 'ended') {
      expect(why(run, 101_000)).toBe(until)
      expect(due(run, 400_000)).toEqual([])
      const cells = timelineView(run.state, 101_000).rows.find(({ id }) => id === 'well-done')?.cells
      expect(cells?.[0]).toMatchObject({ state: 'waiting', why: { code: until, sinceMs: 100_000 } })
    }
    // Undone later than planned: what comes after waits for that.
    run.give('end-world', { team, entry: 'power-cut' }, 165_000)
    expect(due(run, atMs - 1)).toEqual([])
    expect(due(run, atMs)).toEqual([team])
  })

  test('a world event may come after another, which is then over', () => {
    const second = powerCut('again', 0, {
      trigger: { kind: 'after', after: { kind: 'world', id: 'power-cut', outcome: 'ended' }, delayMs: 0 },
    })
    const run = runningRun({ ...peopledScenario, world: [...peopledScenario.world, second] })
    run.give('begin-world', { team, entry: 'power-cut' }, 100_000)
    expect(timelineDue(run.state, 159_000).world.filter((one) => one.team === team)).toEqual([])
    run.give('end-world', { team, entry: 'power-cut' }, 160_000)
    expect(timelineDue(run.state, 160_000).world).toContainEqual({ team, entry: 'again' })
  })
})
