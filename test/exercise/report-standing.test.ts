import { describe, expect, test } from 'vitest'
import { teamOf } from '#exercise/fold/state.ts'
import type { ReportFields } from '#exercise/scenario/report.ts'
import type { Condition } from '#exercise/scenario/trigger.ts'
import { conditionOf } from '#exercise/schedule/condition.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { blue, white } from '../kit/actors.ts'
import { inject, peopledScenario } from './made-scenario.ts'
import { attacked, look, type Run, runningRun } from './run.ts'

const team = 'meremaa'
const ATTACKS = ['wave-1', 'wave-2', 'wave-3', 'wave-4']
const when = (conditions: readonly Condition[], forMs = 0) => ({
  ...peopledScenario,
  world: [],
  injects: conditions.map((condition, place) =>
    inject(`m${place}`, 0, {
      number: place + 1,
      trigger: { kind: 'when', when: condition, forMs, once: 'team' },
    }),
  ),
})
const landed: Condition = {
  kind: 'came-out',
  after: { kind: 'attack', id: 'wave-1', outcome: 'landed' },
}
const reported: Condition = { kind: 'report', attack: 'wave-1' }

const unrelated: ReportFields = {
  service: 'portal',
  noticedMs: 0,
  technique: '',
  indicators: '',
  actions: '',
  confidence: 'low',
}
const file = (run: Run, report: string, at: number, more: Partial<ReportFields> = {}, before = 0) =>
  run.give('file-report', { team, report, fields: { ...unrelated, ...more }, seen: before }, at, blue('b1'))
const grade = (run: Run, report: string, match: string | null, at: number, seen = 1) => {
  const none = { service: 0, technique: 0, time: 0, indicators: 0, completeness: 0 }
  const data = { team, report, match, criteria: none, comment: '', final: false, seen }
  run.give('grade-report', data, at, white('w1'))
}
const truth = (run: Run, condition = reported) => {
  const of = teamOf(run.state, team)
  return of && conditionOf(run.state, of, condition, run.state.atMs)
}

describe('[SC16] since when no report is of an attack', () => {
  test('others that a team files and edits meanwhile do not put off what waits for that', () => {
    const run = runningRun(when([{ kind: 'and', of: [landed, { kind: 'not', of: reported }] }], 60_000))
    file(run, 'R1', 50_000)
    attacked(run, team, 'wave-1', 'landed')
    file(run, 'R1', 80_000, { actions: 'a' }, 1)
    file(run, 'R2', 110_000)
    file(run, 'R1', 119_000, { actions: 'b' }, 2)
    expect(truth(run)).toEqual({ so: false, sinceMs: 0 })
    const comes = (at: number) => timelineDue(run.state, at).injects.some((one) => one.team === team)
    expect(comes(119_999)).toBe(false)
    expect(comes(120_000)).toBe(true)
  })

  test('since a later version spoke of something else, whatever is filed after that', () => {
    const run = runningRun(when([]))
    attacked(run, team, 'wave-1', 'landed')
    file(run, 'R1', 70_000, { service: 'population' })
    expect(truth(run)).toEqual({ so: true, sinceMs: 70_000 })
    file(run, 'R1', 80_000, {}, 1)
    expect(truth(run)).toEqual({ so: false, sinceMs: 80_000 })
    file(run, 'R1', 90_000, { actions: 'a' }, 2)
    file(run, 'R2', 95_000)
    grade(run, 'R2', null, 96_000)
    expect(truth(run)).toEqual({ so: false, sinceMs: 80_000 })
  })

  test('since an attack was concluded that the report says more of', () => {
    const run = runningRun(when([]))
    attacked(run, team, 'wave-1', 'landed')
    run.give('launch-attack', { team, attack: 'wave-2' }, 120_000)
    file(run, 'R1', 130_000, { service: 'tax', indicators: '/secret-path' })
    expect(truth(run)?.so).toBe(true)
    const { evidence } = look('up')
    const result = { team, attack: 'wave-2', attempt: 1, result: 'landed', alive: true, evidence } as const
    run.give('report-attack', result, 150_000)
    expect(truth(run)).toEqual({ so: false, sinceMs: 150_000 })
    file(run, 'R2', 160_000)
    expect(truth(run)).toEqual({ so: false, sinceMs: 150_000 })
  })

  test('since an attack was closed in a way that the report speaks of', () => {
    const run = runningRun(when([]))
    attacked(run, team, 'wave-1', 'landed')
    attacked(run, team, 'wave-2', 'landed')
    const wrong = Array.from({ length: 6 }, (_, n) => `/not-${n}`).join(' ')
    file(run, 'R1', 130_000, { noticedMs: 80_000, indicators: `/secret-path /late-path ${wrong}` })
    expect(truth(run)?.so).toBe(true)
    const evidence = { step: '1', sent: '', received: 'no /late-path', expected: '', ms: 3 }
    const closed = {
      team,
      attack: 'wave-2',
      result: 'failed',
      alive: true,
      evidence,
      openMs: 150_000,
    } as const
    run.give('report-foothold', closed, 150_000)
    expect(truth(run)).toEqual({ so: false, sinceMs: 150_000 })
  })

  test('what becomes of attacks after a report was graded changes nothing', () => {
    const run = runningRun(when([]))
    attacked(run, team, 'wave-1', 'landed')
    run.give('launch-attack', { team, attack: 'wave-2' }, 120_000)
    file(run, 'R1', 130_000, { service: 'tax', indicators: '/secret-path' })
    grade(run, 'R1', null, 140_000)
    const { evidence } = look('up')
    const result = { team, attack: 'wave-2', attempt: 1, result: 'landed', alive: true, evidence } as const
    run.give('report-attack', result, 150_000)
    expect(truth(run)).toEqual({ so: false, sinceMs: 140_000 })
  })

  test('since those who grade said otherwise, also where nobody else ever took it for that', () => {
    const run = runningRun(when([]))
    attacked(run, team, 'wave-1', 'landed')
    file(run, 'R1', 70_000)
    grade(run, 'R1', null, 75_000)
    expect(truth(run)).toEqual({ so: false, sinceMs: 0 })
    grade(run, 'R1', 'wave-1', 80_000)
    expect(truth(run)).toEqual({ so: true, sinceMs: 80_000 })
    grade(run, 'R1', null, 90_000)
    file(run, 'R2', 95_000)
    grade(run, 'R2', null, 99_000)
    expect(truth(run)).toEqual({ so: false, sinceMs: 90_000 })
  })
})

/** Counts how often a member of an object is read from now on. */
function counted<T extends object>(of: T, key: keyof T, looks: { count: number }): void {
  const value = of[key]
  Object.defineProperty(of, key, {
    enumerable: true,
    get() {
      looks.count++
      return value
    },
  })
}

/** After a number of reports on as many attacks as there are triggers: counts looks at what is told and at what was seen. */
function watched(triggers: number) {
  const run = runningRun(when(ATTACKS.slice(0, triggers).map((attack) => ({ kind: 'report', attack }))))
  for (const attack of ATTACKS) attacked(run, team, attack, 'landed')
  for (let n = 1; n <= 20; n++) file(run, `R${n}`, 310_000, { indicators: `10.0.0.${n} /not/there` })
  const [told, saw] = [{ count: 0 }, { count: 0 }]
  const of = teamOf(run.state, team)
  for (const { fields } of of?.reports.flatMap(({ versions }) => versions) ?? [])
    if (fields) counted(fields, 'indicators', told)
  for (const { evidence } of of?.attacks ?? []) if (evidence) counted(evidence, 'received', saw)
  const looks = () => {
    const before = [told.count, saw.count]
    timelineDue(run.state, run.state.atMs + 1)
    return { told: told.count - (before[0] ?? 0), saw: saw.count - (before[1] ?? 0) }
  }
  return { run, looks }
}

describe('[SC16] what a team files is compared once', () => {
  test('for four triggers as for one; what was seen of an attack is read once', () => {
    const one = watched(1).looks()
    expect(one.told).toBeGreaterThan(0)
    expect(one.saw).toBe(ATTACKS.length)
    expect(watched(4).looks()).toEqual(one)
  })

  test('not again at the next tick, and not when the team did something else', () => {
    const { run, looks } = watched(4)
    looks()
    expect(looks()).toEqual({ told: 0, saw: 0 })
    run.give(
      'claim-work',
      { team, subject: { kind: 'service', id: 'tax' }, seen: 0 },
      run.state.atMs,
      blue('b1'),
    )
    expect(looks()).toEqual({ told: 0, saw: 0 })
  })

  test('another report is compared by itself, and no report with an attack that began after it', () => {
    const { run, looks } = watched(4)
    looks()
    file(run, 'R21', 320_000)
    expect(looks()).toEqual({ told: 0, saw: 0 })
    attacked(run, team, 'wave-5', 'landed')
    expect(looks()).toEqual({ told: 0, saw: 0 })
  })
})
