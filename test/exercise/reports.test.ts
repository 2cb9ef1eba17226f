import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { nextReport } from '#exercise/fold/report-state.ts'
import { teamOf } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import type { ReportFields, ReportMatch } from '#exercise/scenario/report.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { proposeGrade } from '#exercise/scoring/propose-grade.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { detectionView } from '#exercise/views/detection-view.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { gradingView } from '#exercise/views/grading-view.ts'
import { measures } from '#exercise/views/report/measures.ts'
import { reportViews } from '#exercise/views/report-views.ts'
import { blue, white } from '../kit/actors.ts'
import { peopledScenario } from './made-scenario.ts'
import { attacked, finish, fixed, type Run, runningRun, seen } from './run.ts'

const team = 'meremaa'
/** All points of reporting are for attacks: 1,000 for five attacks whose weights are 1, 2, 1, 1.5 and 1. */
const reportingOnly: Scenario = {
  ...peopledScenario,
  injects: [],
  world: [],
  scoring: { ...peopledScenario.scoring, availability: 3_500, strategic: 0, forensics: 0, reporting: 1_000 },
}
const WORTH = 1_000 / 6.5
const LANDED = 60_000
const UNTIL = LANDED + reportingOnly.scoring.reportWithinMs

const right: ReportFields = {
  service: 'population',
  noticedMs: 70_000,
  technique: 'T1190',
  indicators: 'GET /secret-path, then GET secret-path',
  actions: 'Closed the search.',
  confidence: 'high',
}
const nine = Array.from({ length: 9 }, (_, n) => `10.0.0.${n}`).join(' ')
const breached = (scenario: Scenario = reportingOnly): Run => {
  const run = runningRun(scenario)
  attacked(run, team, 'wave-1', 'landed')
  return run
}
const file = (run: Run, report: string, at: number, more: Partial<ReportFields> = {}, seenBefore = 0) =>
  run.give('file-report', { team, report, fields: { ...right, ...more }, seen: seenBefore }, at, blue('b1'))
const reportOf = (run: Run, id: string) => {
  const found = teamOf(run.state, team)?.reports.find(({ report }) => report === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const proposed = (run: Run, id: string) => {
  const of = teamOf(run.state, team)
  const proposal = of && proposeGrade(run.state, of, reportOf(run, id))
  if (!proposal) throw new Error('nothing was proposed')
  return proposal
}
/** White takes over what the platform proposes, or says otherwise. */
const grade = (run: Run, id: string, match?: ReportMatch, more: object = {}, by = white('w1')) => {
  const proposal = proposed(run, id)
  run.give(
    'grade-report',
    {
      team,
      report: id,
      match: match === undefined ? proposal.match : match,
      criteria: proposal.judgement?.criteria ?? {
        service: 0,
        technique: 0,
        time: 0,
        indicators: 0,
        completeness: 0,
      },
      comment: '',
      final: false,
      seen: reportOf(run, id).versions.length,
      ...more,
    },
    run.state.atMs,
    by,
  )
}
const points = (run: Run, atMs = run.state.atMs) => scoreAt(run.state, team, atMs).categories.reporting
const lines = (run: Run, atMs = run.state.atMs) =>
  explain(run.state, team, atMs).filter(({ category }) => category === 'reporting')

describe('a report of an incident, from the team to its score', () => {
  test('[SC22] a right one, accepted as proposed, earns all that the attack is worth in reporting', () => {
    const run = breached()
    file(run, 'R1', 90_000)
    expect(points(run)).toEqual({ points: 0, possible: 0 })
    const { match, about, judgement } = proposed(run, 'R1')
    expect({ match, about, share: judgement?.share }).toEqual({ match: 'wave-1', about: 'landed', share: 1 })
    grade(run, 'R1')
    expect(points(run).points).toBeCloseTo(WORTH, 2)
    expect(points(run).possible).toBeCloseTo(WORTH, 2)
    expect(lines(run)).toMatchObject([{ code: 'reporting.reported', rule: 'SC22', attack: 'wave-1' }])
    expect(lines(run)[0]?.events.map((at) => run.ledger[at - 1]?.type)).toEqual([
      'attack.landed',
      'report.filed',
      'report.graded',
    ])
  })

  test.each([
    ['another service, with what was seen', { service: 'tax' }, 'service', 0, 'service-wrong'],
    ['another variant of the technique', { technique: 'T1190.001' }, 'technique', 15, 'technique-parent'],
    ['another technique', { technique: 'T1657' }, 'technique', 0, 'technique-wrong'],
    ['no technique', { technique: '' }, 'technique', 0, 'technique-missing'],
    ['one indicator of ten', { indicators: `/secret-path ${nine}` }, 'indicators', 6, 'indicators-few'],
    [
      'words that are no indicators',
      { indicators: 'somebody searched strangely' },
      'indicators',
      0,
      'indicators-none',
    ],
    ['nothing about what was done', { actions: '' }, 'completeness', 10, 'incomplete'],
  ] as const)('[SC22] %s', (_, more, criterion, given, reason) => {
    const run = breached()
    file(run, 'R1', 90_000, more)
    const { judgement } = proposed(run, 'R1')
    expect(judgement?.criteria[criterion]).toBe(given)
    expect(judgement?.reasons[criterion]).toBe(reason)
  })

  test('[SC22] prompt is a quarter of the time; a report that comes late is not prompt, whatever it says of when it was noticed', () => {
    const timeOf = (noticedMs: number, at: number) => {
      const run = breached()
      file(run, 'R1', at, { noticedMs })
      return proposed(run, 'R1').judgement?.criteria.time ?? -1
    }
    expect(timeOf(LANDED, 70_000)).toBe(20)
    expect(timeOf(LANDED + 75_000, LANDED + 75_000)).toBe(20)
    expect(timeOf(LANDED, LANDED + 150_000)).toBe(20)
    const lied = timeOf(LANDED, LANDED + 299_000)
    expect(lied).toBeGreaterThan(0)
    expect(lied).toBeLessThan(8)
    expect(timeOf(LANDED, LANDED + 400_000)).toBe(0)
  })

  test('[SC22] noticed long before anything began is no notice of it', () => {
    const run = runningRun(reportingOnly)
    attacked(run, team, 'wave-3', 'landed')
    file(run, 'R1', 210_000, { service: 'tax', technique: 'T1213.006', noticedMs: 100_000 })
    expect(proposed(run, 'R1').judgement?.reasons.time).toBe('time-before')
  })

  test('[SC22] a whole log instead of indicators names so much that it says little', () => {
    const run = breached()
    const log = Array.from({ length: 300 }, (_, n) => `10.0.0.${n}/path-${n}`).join('\n')
    file(run, 'R1', 90_000, { indicators: `${log.slice(0, 3_900)} /secret-path GET/1` })
    expect(proposed(run, 'R1').judgement?.criteria.indicators).toBeLessThan(1)
  })

  test('[SC22] a landing whose time to report was not over when the exercise ended is nobody’s loss', () => {
    const run = breached()
    run.give('end-exercise', { reason: 'The hall is dark.' }, UNTIL)
    expect(points(run, UNTIL)).toEqual({ points: 0, possible: 0 })
    expect(lines(run, UNTIL)).toEqual([])
  })

  test('[SC22] nothing is lost before the time to report is over, and all is when it is', () => {
    const run = breached()
    expect(points(run, UNTIL)).toEqual({ points: 0, possible: 0 })
    expect(points(run, UNTIL + 1)).toMatchObject({ points: 0, possible: expect.closeTo(WORTH, 2) })
    expect(lines(run, UNTIL + 1)).toMatchObject([{ code: 'reporting.unreported' }])
    // Late, it earns half.
    file(run, 'R1', UNTIL + 10_000)
    grade(run, 'R1', 'wave-1', {
      criteria: { service: 25, technique: 25, time: 20, indicators: 15, completeness: 15 },
    })
    expect(points(run).points).toBeCloseTo(WORTH / 2, 2)
    expect(lines(run)).toMatchObject([{ code: 'reporting.reported-late' }])
  })

  test('[SC22] a slow grader harms nobody: what waits is not possible, at the end it is listed, and it may be graded then', () => {
    const run = breached()
    file(run, 'R1', 90_000)
    expect(points(run, UNTIL + 1)).toEqual({ points: 0, possible: 0 })
    finish(run)
    expect(points(run)).toEqual({ points: 0, possible: 0 })
    expect(lines(run)).toMatchObject([{ code: 'reporting.waiting', possible: 0 }])
    grade(run, 'R1')
    expect(points(run).points).toBeCloseTo(WORTH, 2)
  })

  test('[SC22] whoever files anything at all when the time is over keeps nothing open by it', () => {
    const run = breached()
    file(run, 'R1', UNTIL + 1)
    expect(points(run, UNTIL + 2).possible).toBeCloseTo(WORTH, 2)
  })

  test('[SC22] a placeholder that was filed before anything happened is a report from when it says something of it', () => {
    const run = runningRun(reportingOnly)
    file(run, 'R1', 1_000, { noticedMs: 500, indicators: '', technique: '' })
    attacked(run, team, 'wave-1', 'landed')
    file(run, 'R1', UNTIL + 5_000, {}, 1)
    expect(points(run, UNTIL + 6_000).possible).toBeCloseTo(WORTH, 2)
    grade(run, 'R1')
    expect(lines(run)).toMatchObject([{ code: 'reporting.reported-late' }])
    expect(detectionView(run.state, { seat: 'white' })).toMatchObject([{ tookMs: 305_000 }])
  })

  test('[SC22] what was blocked needs no report: one of it neither earns nor costs', () => {
    const run = runningRun(reportingOnly)
    attacked(run, team, 'wave-1', 'defended')
    file(run, 'R1', 90_000)
    expect(proposed(run, 'R1')).toMatchObject({ match: 'wave-1', about: 'blocked' })
    grade(run, 'R1')
    finish(run)
    expect(points(run)).toEqual({ points: 0, possible: 0 })
    expect(lines(run)).toEqual([])
  })

  test('[SC22] three reports of what never happened are free, each further one costs; the order of grading changes nothing', () => {
    const run = breached()
    file(run, 'R1', 75_000)
    grade(run, 'R1')
    const before = points(run).points
    for (let n = 2; n <= 6; n++) file(run, `R${n}`, 76_000 + n, { service: 'portal', indicators: '' })
    expect(proposed(run, 'R4')).toMatchObject({ match: false, about: 'nothing' })
    for (const n of [6, 3, 5]) grade(run, `R${n}`)
    expect(points(run).points).toBe(before)
    for (const n of [2, 4]) grade(run, `R${n}`)
    expect(before - points(run).points).toBeCloseTo(100, 1)
    expect(lines(run).filter(({ code }) => code === 'reporting.false-report')).toMatchObject([
      { id: 'false-report/R5' },
      { id: 'false-report/R6' },
    ])
    expect(points(run).possible).toBeCloseTo(WORTH, 2)
  })

  test('[SC22] the same incident reported twice counts once: the first one that was filed, whichever was graded first', () => {
    const run = breached()
    file(run, 'R1', 80_000, { technique: '' })
    file(run, 'R2', 90_000)
    grade(run, 'R2')
    // The first one may be of it, too, and may be the better one.
    expect(points(run, UNTIL + 1)).toEqual({ points: 0, possible: 0 })
    grade(run, 'R1')
    expect(points(run).points).toBeCloseTo(WORTH * 0.7, 2)
    expect(proposed(run, 'R2').duplicateOf).toBe('R1')
    expect(reportViews(run.state, team, { seat: 'blue', team })[0]).toMatchObject({
      report: 'R2',
      duplicateOf: 'R1',
    })
    expect(points(run).possible).toBeCloseTo(WORTH, 2)
  })

  test('an outage without an attack is not false, and neither is an attack that nobody can judge yet', () => {
    const run = runningRun(reportingOnly)
    seen(run, team, 'portal/login', 'broken', 20_000)
    file(run, 'R1', 30_000, { service: 'portal', noticedMs: 21_000 })
    expect(proposed(run, 'R1')).toMatchObject({ match: null, about: 'trouble' })
    run.give('launch-attack', { team, attack: 'wave-1' }, 60_000)
    file(run, 'R2', 61_000, { noticedMs: 60_500 })
    expect(proposed(run, 'R2')).toMatchObject({ match: null, about: 'under-way' })
    const refused = run.refused('grade-report', {
      team,
      report: 'R2',
      match: 'wave-1',
      criteria: {},
      comment: '',
      final: false,
      seen: 1,
    })
    expect(refused.code).toBe('bad-match')
  })

  test('[SC22] two graders who disagree: the mean, in which who sees no such attack counts as nothing; a final word stands', () => {
    const named = (name: string) => ({ ...white('w1'), name }) as ReturnType<typeof white>
    const shares = [
      ['Mari', 'Kenji'],
      ['Kenji', 'Mari'],
    ].map(([first = '', second = '']) => {
      const run = breached()
      file(run, 'R1', 90_000)
      grade(run, 'R1', undefined, {}, named(first))
      grade(run, 'R1', false, {}, named(second))
      return points(run).points
    })
    expect(shares[0]).toBeCloseTo(WORTH / 2, 2)
    expect(shares[1]).toBe(shares[0])
    const run = breached()
    file(run, 'R1', 90_000)
    grade(run, 'R1', false, {}, named('Mari'))
    grade(run, 'R1', undefined, { final: true }, named('Kenji'))
    expect(points(run).points).toBeCloseTo(WORTH, 2)
    expect(gradingView(run.state).graded).toMatchObject([{ kind: 'report', apart: true }])
  })

  test('[SC22] where there are situation reports too, six tenths are for attacks', () => {
    const run = breached(peopledScenario)
    file(run, 'R1', 90_000)
    grade(run, 'R1')
    expect(points(run).points).toBeCloseTo((300 * 0.6) / 6.5, 1)
  })

  test('a scenario without points for reports stays as it is', () => {
    const run = breached({
      ...reportingOnly,
      scoring: { ...reportingOnly.scoring, availability: 4_500, reporting: 0 },
    })
    file(run, 'R1', 90_000)
    grade(run, 'R1')
    finish(run)
    expect(lines(run)).toEqual([])
    const [attack] =
      exerciseView(run.state, 1, { seat: 'blue', team }).teams.find(({ id }) => id === team)?.attacks ?? []
    expect(attack?.technique).toBe('T1190')
  })

  test('a team that is to report how it was attacked is not told it', () => {
    const run = breached()
    const stream = run.ledger.flatMap((event) => redact(event, { seat: 'blue', team }) ?? [])
    expect(JSON.stringify(stream)).not.toMatch(/T1190/)
    const [attack] =
      exerciseView(fold(stream), 1, { seat: 'blue', team }).teams.find(({ id }) => id === team)?.attacks ?? []
    expect(attack).toMatchObject({ technique: null, evidence: expect.anything() })
  })

  test('five moments of each attack that landed', () => {
    const run = breached()
    file(run, 'R1', 90_000)
    grade(run, 'R1')
    fixed(run, team, 'wave-1', 120_000)
    expect(detectionView(run.state, { seat: 'white' })).toMatchObject([
      {
        team,
        launchedMs: 60_000,
        landedMs: 60_000,
        noticedMs: 70_000,
        reportedMs: 90_000,
        mendedMs: 120_000,
        tookMs: 30_000,
      },
    ])
    expect(detectionView(run.state, { seat: 'guest' })).toEqual([])
  })

  test('what was filed and not graded yet is said of the attacks that it may be of', () => {
    const run = breached()
    const [mine] = [{ seat: 'blue', team } as const]
    expect(detectionView(run.state, mine).map(({ waitsMs }) => waitsMs)).toEqual([undefined])
    file(run, 'R1', 80_000, { service: 'portal' })
    expect(detectionView(run.state, mine).map(({ waitsMs }) => waitsMs)).toEqual([undefined])
    file(run, 'R2', 90_000)
    expect(detectionView(run.state, mine)).toMatchObject([{ tookMs: null, waitsMs: 90_000 }])
    grade(run, 'R2')
    expect(detectionView(run.state, mine)).toMatchObject([{ tookMs: 30_000 }])
    expect(detectionView(run.state, mine)[0]).not.toHaveProperty('waitsMs')
  })
})

test('[SC15] time is not skipped over an attack that may still be reported, and is when something was filed', () => {
  const run = runningRun(reportingOnly)
  for (const { id } of run.state.teams)
    for (const wave of ['wave-1', 'wave-2', 'wave-3', 'wave-4'])
      attacked(run, id, wave, id === team && wave === 'wave-1' ? 'landed' : 'defended')
  fixed(run, team, 'wave-1', 301_000)
  const skip = () => run.refused('skip-quiet-time', { toMs: 410_000 }, 302_000)
  expect(skip()).toMatchObject({ code: 'not-quiet-report', params: { team } })
  file(run, 'R1', 303_000)
  run.give('skip-quiet-time', { toMs: 410_000 }, 304_000)
})

describe('filing', () => {
  test('all versions stay until it is graded; after that it is an appeal’s', () => {
    const run = breached()
    file(run, 'R1', 80_000)
    file(run, 'R1', 90_000, { technique: 't1190 ' }, 1)
    expect(reportOf(run, 'R1').versions.map(({ fields }) => fields?.technique)).toEqual(['T1190', 'T1190'])
    expect(run.refused('file-report', { team, report: 'R1', fields: right, seen: 1 }, 95_000).code).toBe(
      'no-longer-so',
    )
    grade(run, 'R1')
    expect(run.refused('file-report', { team, report: 'R1', fields: right, seen: 2 }, 95_000).code).toBe(
      'answer-graded',
    )
  })

  test.each([
    ['a service that is not there', { service: '<b>tax</b>' }, 'service'],
    ['a moment to come', { noticedMs: 90_001 }, 'noticed'],
    ['no moment', { noticedMs: Number.NaN }, 'noticed'],
    ['a list of techniques', { technique: 'T1190, T1657' }, 'technique'],
    ['a confidence of its own', { confidence: 'sure' as 'high' }, 'confidence'],
  ])('refuses %s, and says which field', (_, more, field) => {
    const run = breached()
    const fields = { ...right, ...more }
    expect(run.refused('file-report', { team, report: 'R1', fields, seen: 0 }, 90_000)).toMatchObject({
      code: `bad-report-${field}`,
    })
  })

  test('is bounded: by number, by what is begun, by length; and not after the end', () => {
    const run = breached()
    expect(run.refused('file-report', { team, report: 'R2', fields: right, seen: 0 }, 90_000).code).toBe(
      'unknown-report',
    )
    const long = { ...right, indicators: 'x'.repeat(4_001) }
    expect(run.refused('file-report', { team, report: 'R1', fields: long, seen: 0 }, 90_000).code).toBe(
      'answer-too-long',
    )
    for (let n = 1; n <= 5; n++)
      run.give('save-report-draft', { team, report: `R${n}`, field: 'actions', text: 'a' }, 90_000)
    const sixth = { team, report: 'R6', field: 'actions', text: 'a' }
    expect(run.refused('save-report-draft', sixth, 90_000).code).toBe('too-many-reports')
    for (let n = 1; n <= 200; n++) file(run, `R${n}`, 91_000, { service: 'portal' })
    expect(run.refused('file-report', { team, report: 'R201', fields: right, seen: 0 }, 92_000).code).toBe(
      'too-many-reports',
    )
    finish(run)
    expect(run.refused('file-report', { team, report: 'R1', fields: right, seen: 1 }).code).toBe(
      'wrong-phase',
    )
  })

  test('takes 50 versions of a report, and then says that it is versions there are too many of', () => {
    const run = breached()
    for (let n = 0; n < 50; n++) file(run, 'R1', 80_000, { actions: `Closed ${n}.` }, n)
    expect(run.refused('file-report', { team, report: 'R1', fields: right, seen: 50 }, 90_000)).toMatchObject(
      {
        code: 'too-many-versions',
        params: { max: 50 },
      },
    )
  })

  test('drafts are the team’s own, and what was filed of them is gone from the report', () => {
    const run = breached()
    const said = { team, report: 'R1', field: 'actions', text: 'Half a secret' }
    run.give('save-report-draft', said, 80_000, blue('b1'))
    expect(reportViews(run.state, team, { seat: 'blue', team })).toMatchObject([
      { report: 'R1', versions: [], draft: [{ field: 'actions', text: 'Half a secret' }] },
    ])
    const others = fold(run.ledger.flatMap((event) => redact(event, { seat: 'guest' }) ?? []))
    expect(JSON.stringify(others.teams)).not.toContain('Half a secret')
    file(run, 'R1', 90_000, { actions: said.text })
    expect(reportOf(run, 'R1').draft).toEqual([])
    // The page that filed it may save once more what it filed.
    expect(run.give('save-report-draft', said, 91_000, blue('b1'))).toEqual([])
  })

  test('a draft may be thrown away as long as nothing of it was filed, and its number is free again', () => {
    const run = breached()
    const save = (report: string, words: string, at: number) =>
      run.give('save-report-draft', { team, report, field: 'actions', text: words }, at, blue('b1'))
    const seen = () => reportViews(run.state, team, { seat: 'blue', team }).map(({ report }) => report)
    expect(run.refused('discard-report-draft', { team, report: 'R1' }, 80_000).code).toBe('unknown-report')
    save('R1', 'By mistake', 80_000)
    save('R2', 'Something else', 80_000)
    expect(nextReport(run.state.teams[0]?.reports ?? [])).toBe('R3')
    run.give('discard-report-draft', { team, report: 'R1' }, 81_000, blue('b1'))
    expect(run.give('discard-report-draft', { team, report: 'R1' }, 81_500, blue('b1'))).toEqual([])
    expect(seen()).toEqual(['R2'])
    expect(nextReport(run.state.teams[0]?.reports ?? [])).toBe('R1')
    // Of what others see nothing comes or goes.
    const others = fold(run.ledger.flatMap((event) => redact(event, { seat: 'guest' }) ?? []))
    expect(others.teams[0]?.reports).toEqual([])
    // A teammate who still wrote there has it again.
    save('R1', 'It was meant', 82_000)
    expect(seen()).toEqual(['R1', 'R2'])
    file(run, 'R1', 83_000, { actions: 'It was meant' })
    expect(run.refused('discard-report-draft', { team, report: 'R1' }, 84_000).code).toBe('report-filed')
    finish(run)
    expect(run.refused('discard-report-draft', { team, report: 'R2' }).code).toBe('wrong-phase')
  })

  test('after the end an empty draft is nothing to read', () => {
    const run = breached()
    run.give('save-report-draft', { team, report: 'R1', field: 'actions', text: 'a' }, 80_000)
    run.give('save-report-draft', { team, report: 'R1', field: 'actions', text: '' }, 81_000)
    run.give('save-report-draft', { team, report: 'R2', field: 'actions', text: 'Not filed' }, 82_000)
    const seen = () => reportViews(run.state, team, { seat: 'blue', team }).map(({ report }) => report)
    expect(seen()).toEqual(['R1', 'R2'])
    finish(run)
    expect(seen()).toEqual(['R2'])
  })

  test('a teammate who files loses nobody what they wrote: its text, what stood there before and how often it was saved', () => {
    const run = breached()
    const save = (field: string, words: string, name: string, at: number) =>
      run.give('save-report-draft', { team, report: 'R1', field, text: words }, at, {
        ...blue('b1'),
        name,
      } as ReturnType<typeof blue>)
    file(run, 'R1', 80_000)
    save('actions', 'Closed the hole', 'Ann', 81_000)
    save('actions', 'Rotated the keys', 'Ben', 82_000)
    save('indicators', '10.0.0.1, and Ben knows more', 'Ben', 83_000)
    save('indicators', '10.0.0.1', 'Ann', 84_000)
    for (const [field, words] of [
      ['service', 'population'],
      ['noticed', '01:10'],
      ['technique', ' t1190'],
      ['confidence', 'high'],
    ] as const)
      save(field, words, 'Ann', 85_000)
    file(run, 'R1', 90_000, { indicators: '10.0.0.1' }, 1)
    expect(reportOf(run, 'R1').draft).toMatchObject([
      {
        field: 'actions',
        text: 'Rotated the keys',
        by: { name: 'Ben' },
        version: 2,
        earlier: [{ text: 'Closed the hole', by: { name: 'Ann' } }],
      },
      {
        field: 'indicators',
        text: '10.0.0.1',
        version: 2,
        earlier: [{ text: '10.0.0.1, and Ben knows more' }],
      },
    ])
    save('actions', 'Rotated the keys.', 'Ben', 91_000)
    expect(reportOf(run, 'R1').draft.find(({ field }) => field === 'actions')?.version).toBe(3)
    file(run, 'R1', 92_000, { actions: 'Rotated the keys.', indicators: '10.0.0.1' }, 2)
    expect(reportOf(run, 'R1').versions).toHaveLength(3)
  })
})

test('the sample for second graders is drawn by position, and asks for one only until there is one', () => {
  const run = breached()
  const named = (name: string) => ({ ...white('w1'), name }) as ReturnType<typeof white>
  for (let n = 1; n <= 9; n++) file(run, `R${n}`, 90_000, { service: 'portal' })
  const { queue } = gradingView(run.state)
  expect(queue.map((item) => item.kind === 'report' && item.sample).filter(Boolean)).toHaveLength(3)
  for (let n = 1; n <= 9; n++) grade(run, `R${n}`, null, {}, named('Mari'))
  expect(gradingView(run.state).second).toHaveLength(3)
  for (const item of gradingView(run.state).second)
    if (item.kind === 'report') grade(run, item.report.report, null, {}, named('Kenji'))
  expect(gradingView(run.state)).toMatchObject({ queue: [], second: [] })
})

test('[RP2] how many attacks were reported is not known while a report waits to be graded', () => {
  const reported = (run: Run) => {
    const all = measures(run.state, run.state.teams, run.state.atMs)
    const found = all.find(({ aspect }) => aspect === 'reported')
    return found && [found.n, found.of]
  }
  const run = breached()
  expect(reported(run)).toEqual([0, 1])
  file(run, 'R1', 70_000)
  expect(reported(run)).toBeUndefined()
  grade(run, 'R1')
  expect(reported(run)).toEqual([1, 1])
})
