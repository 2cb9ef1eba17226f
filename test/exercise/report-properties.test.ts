import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { teamOf } from '#exercise/fold/state.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { CONFIDENCES, type ReportFields } from '#exercise/scenario/report.ts'
import { weaknessOf } from '#exercise/scenario/weaknesses.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { proposeGrade } from '#exercise/scoring/propose-grade.ts'
import { better, scoreAt } from '#exercise/scoring/scoring.ts'
import { white } from '../kit/actors.ts'
import { madeScenario, peopledScenario } from './made-scenario.ts'
import { attacked, finish, plannedMs, type Run, runningRun } from './run.ts'

const team = 'meremaa'
const END = madeScenario.durationMs
/** Everything of reporting is for attacks. */
const scenario: Scenario = {
  ...peopledScenario,
  injects: [],
  scoring: { ...peopledScenario.scoring, availability: 3_500, strategic: 0, forensics: 0, reporting: 1_000 },
}
const ATTACKS = scenario.attacks

interface Filed {
  readonly at: number
  readonly fields: ReportFields
}

const anyFields: fc.Arbitrary<ReportFields> = fc.record({
  service: fc.constantFrom(...scenario.services.map(({ id }) => id)),
  noticedMs: fc.nat(END),
  technique: fc.constantFrom('', 'T1190', 'T1657', 'T1213', 'T1213.006', 'T1539'),
  indicators: fc.constantFrom('', '/secret-path', '/secret-path 10.0.0.1', '10.0.0.1 10.0.0.2 10.0.0.3'),
  actions: fc.constantFrom('', 'Mended.'),
  confidence: fc.constantFrom(...CONFIDENCES),
})
const anyReport: fc.Arbitrary<Filed> = fc
  .record({ at: fc.integer({ min: 1, max: END - 1 }), fields: anyFields })
  .map(({ at, fields }) => ({ at, fields: { ...fields, noticedMs: Math.min(at, fields.noticedMs) } }))
const fates = fc.array(fc.constantFrom('landed', 'landed', 'defended', 'outage'), {
  minLength: ATTACKS.length,
  maxLength: ATTACKS.length,
}) as fc.Arbitrary<readonly ('landed' | 'defended' | 'outage')[]>

/** What somebody who knows everything would report of an attack, soon after it landed. */
function rightly(id: string): Filed {
  const attack = ATTACKS.find((one) => one.id === id)
  const at = plannedMs(scenario, id) + 1_000
  return {
    at,
    fields: {
      service: attack?.service ?? '',
      noticedMs: at - 500,
      technique: weaknessOf(scenario, attack?.weakness ?? '')?.technique ?? '',
      indicators: '/secret-path',
      actions: 'Mended.',
      confidence: 'high',
    },
  }
}
const landedOf = (fate: readonly string[]) =>
  ATTACKS.filter((_, n) => fate[n] === 'landed').map(({ id }) => id)

/** A day of one team: what became of each attack, and what it filed, in the order of time. Not ended, nothing graded. */
function played(fate: readonly ('landed' | 'defended' | 'outage')[], reports: readonly Filed[]): Run {
  const run = runningRun(scenario)
  const acts = [
    ...ATTACKS.map((attack, n) => ({
      at: plannedMs(scenario, attack.id),
      do: () => attacked(run, team, attack.id, fate[n] ?? 'landed'),
    })),
    ...reports.map(({ at, fields }) => ({
      at,
      do: () => {
        const report = `R${(teamOf(run.state, team)?.reports.length ?? 0) + 1}`
        run.give('file-report', { team, report, fields, seen: 0 }, at)
      },
    })),
  ]
  for (const act of acts.toSorted((a, b) => a.at - b.at)) act.do()
  return run
}

/** White accepts what the platform proposes. */
function accept(run: Run, ids: readonly string[], by = white('w1'), skew = 0) {
  const of = teamOf(run.state, team)
  for (const report of of?.reports ?? []) {
    if (!ids.includes(report.report) || !of) continue
    const proposal = proposeGrade(run.state, of, report)
    if (!proposal) throw new Error('nothing was proposed')
    const {
      service = 0,
      technique = 0,
      time = 0,
      indicators = 0,
      completeness = 0,
    } = proposal.judgement?.criteria ?? {}
    run.give(
      'grade-report',
      {
        team,
        report: report.report,
        match: proposal.match,
        criteria: { service, technique, time, indicators, completeness: Math.max(0, completeness - skew) },
        comment: '',
        final: false,
        seen: report.versions.length,
      },
      run.state.atMs,
      by,
    )
  }
}
const idsOf = (run: Run) => teamOf(run.state, team)?.reports.map(({ report }) => report) ?? []
const scoreOf = (run: Run) => scoreAt(run.state, team, run.state.atMs).categories.reporting
const lostOf = (run: Run) => {
  const { points, possible } = scoreOf(run)
  return possible - points
}

describe('reports of incidents: what always holds', { timeout: 60_000 }, () => {
  test('[SC22] no report earns more than a right one', () => {
    let earning = 0
    fc.assert(
      fc.property(fates, fc.array(anyReport, { maxLength: 8 }), (fate, reports) => {
        const any = played(fate, reports)
        finish(any)
        accept(any, idsOf(any))
        const best = played(fate, landedOf(fate).map(rightly))
        finish(best)
        accept(best, idsOf(best))
        expect(scoreOf(best).points).toBe(scoreOf(best).possible)
        expect(scoreOf(any).points).toBeLessThanOrEqual(scoreOf(best).points)
        if (scoreOf(any).points > 0) earning += 1
      }),
      { numRuns: 80 },
    )
    expect(earning).toBeGreaterThan(10)
  })

  test('[SC22] spamming never pays: whatever is filed besides a right report of everything earns nothing, and is never free for ever', () => {
    let costing = 0
    fc.assert(
      fc.property(fates, fc.array(anyReport, { minLength: 1, maxLength: 12 }), (fate, spam) => {
        const honest = landedOf(fate).map(rightly)
        const clean = played(fate, honest)
        const both = played(fate, [...honest, ...spam])
        for (const run of [clean, both]) {
          finish(run)
          accept(run, idsOf(run))
        }
        expect(scoreOf(both).points).toBeLessThanOrEqual(scoreOf(clean).points)
        expect(scoreOf(both).possible).toBe(scoreOf(clean).possible)
        const [a, b] = [both, clean].map((run) => scoreAt(run.state, team, END))
        if (a && b) expect(better(a, b)).toBeGreaterThanOrEqual(0)
        if (lostOf(both) > lostOf(clean)) costing += 1
      }),
      { numRuns: 80 },
    )
    expect(costing).toBeGreaterThan(3)
  })

  test('[SC22] a blank report for every service after each landing is worth less than one that somebody thought about', () => {
    fc.assert(
      fc.property(fates, (fate) => {
        fc.pre(landedOf(fate).length > 1)
        const blank = landedOf(fate).flatMap((id) =>
          scenario.services.map(({ id: service }): Filed => {
            const { at, fields } = rightly(id)
            return { at, fields: { ...fields, service, technique: '', indicators: '', actions: '' } }
          }),
        )
        const guessed = played(fate, blank)
        const thought = played(
          fate,
          landedOf(fate).map((id): Filed => {
            const { at, fields } = rightly(id)
            return { at: at + 100_000, fields: { ...fields, noticedMs: at + 90_000, indicators: '' } }
          }),
        )
        for (const run of [guessed, thought]) {
          finish(run)
          accept(run, idsOf(run))
        }
        expect(scoreOf(guessed).points).toBeLessThan(scoreOf(thought).points)
      }),
      { numRuns: 30 },
    )
  })

  test('[SC22] the order of grading, and when it is done, changes nothing', () => {
    fc.assert(
      fc.property(
        fates,
        fc.array(anyReport, { minLength: 2, maxLength: 8 }),
        fc.infiniteStream(fc.nat(1_000)),
        (fate, reports, keys) => {
          const scores = [false, true].map((mixed) => {
            const run = played(fate, reports)
            const jobs = idsOf(run).flatMap((id) => [
              { id, by: white('w1'), skew: 0 },
              { id, by: white('w2'), skew: 4 },
            ])
            const order = jobs.map((job) => ({ job, key: mixed ? (keys.next().value ?? 0) : 0 }))
            if (mixed) finish(run)
            for (const { job } of order.toSorted((a, b) => a.key - b.key))
              accept(run, [job.id], job.by, job.skew)
            if (!mixed) finish(run)
            return scoreOf(run)
          })
          expect(scores[1]).toEqual(scores[0])
        },
      ),
      { numRuns: 60 },
    )
  })

  test('[SC22] a slow grader harms nobody: as long as something waits that came in time, no more is lost than when all is graded', () => {
    let waited = 0
    fc.assert(
      fc.property(
        fates,
        fc.array(anyReport, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.boolean()),
        (fate, reports, coins) => {
          const run = played(fate, reports)
          finish(run)
          const done = idsOf(run).filter(() => coins.next().value)
          accept(run, done)
          const before = lostOf(run)
          if (done.length < reports.length && scoreOf(run).possible > 0) waited += 1
          accept(
            run,
            idsOf(run).filter((id) => !done.includes(id)),
          )
          // What came late is lost until it is graded: nobody gets out of a report by filing anything at the last minute.
          fc.pre(!explain(run.state, team, END).some(({ code }) => code === 'reporting.reported-late'))
          expect(before).toBeLessThanOrEqual(lostOf(run))
        },
      ),
      { numRuns: 80 },
    )
    expect(waited).toBeGreaterThan(5)
  })
})
