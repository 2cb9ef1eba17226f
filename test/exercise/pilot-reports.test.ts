import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { type State, type TeamState, teamOf } from '#exercise/fold/state.ts'
import { pilotOf } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { decideReport } from '#exercise/pilots/reports.ts'
import { ANSWERING, type Answering } from '#exercise/scenario/machine-answer.ts'
import { PILOTS, type Pilot, type Scenario } from '#exercise/scenario/model.ts'
import type { ReportFields } from '#exercise/scenario/report.ts'
import { weaknessOf } from '#exercise/scenario/weaknesses.ts'
import { LANGS } from '#exercise/scenario/words.ts'
import { proposeGrade } from '#exercise/scoring/propose-grade.ts'
import { better, scoreAt } from '#exercise/scoring/scoring.ts'
import { gradingView } from '#exercise/views/grading-view.ts'
import { blue } from '../kit/actors.ts'
import { peopledScenario } from './made-scenario.ts'
import { finish, fixed, plannedMs, type Run, runningRun } from './run.ts'

const team = 'meremaa'
/** Twenty minutes, so that reports that are late still come; all points of reporting are for attacks. */
const scenario: Scenario = {
  ...peopledScenario,
  durationMs: 1_200_000,
  injects: [],
  world: [],
  scoring: { ...peopledScenario.scoring, availability: 3_500, strategic: 0, forensics: 0, reporting: 1_000 },
}
const viewOf = (run: Run, of = team) =>
  fold(run.ledger.flatMap((event) => redact(event, { seat: 'blue', team: of }) ?? []))
const analysis = (weakness: string) => weaknessOf(scenario, weakness)?.technique ?? ''

/** Lands with evidence in which there is something to find, and carries off what the team never sees. */
function landed(run: Run, attack: string, at: number, loot = 'the-loot-1') {
  run.give('launch-attack', { team, attack }, at)
  const evidence = {
    step: '3: http POST /hidden-step',
    sent: `POST /declarations/${attack}?iban=EE00 HTTP/1.1\nHost: tax`,
    received: `{"refund":"10.0.7.2","account":"EE01-${attack}"}`,
    expected: '200',
    ms: 3,
  }
  const of = { team, attack, attempt: 1, result: 'landed', alive: true, evidence } as const
  run.give('report-attack', { ...of, loot: { key: loot } }, at)
}

interface Filed {
  readonly at: number
  readonly fields: ReportFields
}

/** Plays a pilot from now on, in steps of a second; what it filed. */
function play(run: Run, pilot: Pilot, seed: string, untilMs = scenario.durationMs): readonly Filed[] {
  const filed: Filed[] = []
  let known = -1
  let view: State = run.state
  for (let now = run.state.atMs; now < untilMs; now += 1_000) {
    if (run.ledger.length !== known) view = viewOf(run)
    known = run.ledger.length
    const report = decideReport(pilot, team, view, analysis, seed, now)
    if (!report) continue
    run.give('file-report', { team, ...report, seen: 0 }, now, pilotOf(team))
    filed.push({ at: now, fields: report.fields })
  }
  return filed
}

const WAVES = ['wave-1', 'wave-2', 'wave-3'] as const
/** Two services, one of them entered twice; then the pilot plays. */
function raided(pilot: Pilot, seed: string, loot?: string) {
  const run = runningRun(scenario)
  for (const wave of WAVES) landed(run, wave, plannedMs(scenario, wave), loot)
  fixed(run, team, 'wave-1', 210_000)
  return { run, filed: play(run, pilot, seed) }
}

/** What the platform proposes for each report that it takes to be of an attack, in the order of services and of filing. */
function proposed(run: Run): readonly number[] {
  const of = teamOf(run.state, team) as TeamState
  return of.reports
    .flatMap((report) => {
      const service = report.versions[0]?.fields?.service ?? ''
      const { match, judgement } = proposeGrade(run.state, of, report) ?? {}
      return typeof match === 'string' && judgement ? [{ service, share: judgement.share }] : []
    })
    .toSorted((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0))
    .map(({ share }) => share)
}

describe('machine-played teams report incidents', { timeout: 60_000 }, () => {
  test('over many seeds an expert is graded above a middling one, and that above a weak one, attack by attack', () => {
    const tallies: Record<Answering, number> = { swift: 0, steady: 0, clumsy: 0 }
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const shares = ANSWERING.map((skill) => {
          const { run } = raided(skill, seed)
          return proposed(run)
        })
        expect(shares.map(({ length }) => length)).toEqual([WAVES.length, WAVES.length, WAVES.length])
        for (const n of WAVES.keys()) {
          const [swift = 0, steady = 0, clumsy = 0] = shares.map((of) => of[n])
          expect(swift).toBeGreaterThan(steady)
          expect(steady).toBeGreaterThan(clumsy)
          expect(clumsy).toBeGreaterThan(0)
          tallies.swift += swift
          tallies.steady += steady
          tallies.clumsy += clumsy
        }
      }),
      { numRuns: 40 },
    )
    expect(tallies.swift / (40 * WAVES.length)).toBe(1)
    expect(tallies.steady / (40 * WAVES.length)).toBeLessThan(0.85)
    expect(tallies.clumsy / (40 * WAVES.length)).toBeLessThan(0.45)
  })

  test('each attack once, by its own team, in order; a clumsy one now and then something that never happened', () => {
    const alarms = Array.from({ length: 60 }, (_, n) => {
      const { run, filed } = raided('clumsy', `seed ${n}`)
      const of = teamOf(run.state, team) as TeamState
      const matches = of.reports.map((report) => proposeGrade(run.state, of, report)?.match)
      expect(matches.filter((match) => typeof match === 'string')).toHaveLength(WAVES.length)
      expect(filed.length - WAVES.length).toBe(matches.filter((match) => match === false).length)
      return filed.length - WAVES.length
    })
    expect(Math.max(...alarms)).toBe(1)
    const often = alarms.filter((n) => n > 0).length
    expect(often).toBeGreaterThan(5)
    expect(often).toBeLessThan(35)
    for (const skill of ['swift', 'steady'] as const)
      expect(raided(skill, 'x').filed.map(({ fields }) => fields.service)).toEqual([
        'population',
        'tax',
        'tax',
      ])
  })

  test('soon, with technique and what was seen; later, with less; late, with next to nothing', () => {
    const withinMs = scenario.scoring.reportWithinMs
    const [swift] = raided('swift', 'x').filed
    expect(swift?.fields).toMatchObject({
      service: 'population',
      technique: 'T1190',
      indicators: '/declarations/wave-1?iban=ee00\n10.0.7.2\nee01-wave-1'.replaceAll('ee0', 'EE0'),
      confidence: 'high',
    })
    const delays = (skill: Pilot) =>
      Array.from({ length: 20 }, (_, n) => {
        const run = runningRun(scenario)
        landed(run, 'wave-1', 60_000)
        const of = play(run, skill, `seed ${n}`).filter(({ fields }) => fields.service === 'population')
        return ((of[0]?.at ?? 0) - 60_000) / withinMs
      })
    expect(Math.max(...delays('swift'))).toBeLessThan(0.25)
    expect(Math.min(...delays('steady'))).toBeGreaterThan(0.3)
    expect(Math.max(...delays('steady'))).toBeLessThan(0.6)
    const clumsy = delays('clumsy')
    expect(Math.min(...clumsy)).toBeGreaterThan(0.7)
    expect(clumsy.filter((part) => part > 1).length).toBeGreaterThan(3)
    const techniques = Array.from({ length: 20 }, (_, n) =>
      raided('clumsy', `t ${n}`).filed.map(({ fields }) => fields.technique),
    ).flat()
    expect(techniques).toContain('')
    expect(techniques.filter((one) => ['T1190', 'T1657', 'T1213', 'T1213.006'].includes(one))).toEqual([])
    expect(new Set(techniques).size).toBeGreaterThan(3)
  })

  test('a swift one is prompt, and says what is true of what was done, in all languages and as a machine', () => {
    const run = runningRun(scenario)
    landed(run, 'wave-1', 60_000)
    const [first] = play(run, 'swift', 'x', 200_000)
    expect((first?.at ?? 0) - 60_000).toBeLessThan(scenario.scoring.reportWithinMs / 4)
    const words = first?.fields.inLanguages?.actions
    for (const lang of LANGS) expect(words?.[lang]).toBeTruthy()
    expect(words?.en).toMatch(/^This team is played by the autopilot.*not fixed yet.*still has access/)
    const [version] = teamOf(viewOf(run), team)?.reports[0]?.versions ?? []
    expect(version).toMatchObject({ by: { kind: 'pilot' }, fields: { inLanguages: { actions: words } } })
    const others = viewOf(run, 'saareke')
    expect(teamOf(others, team)?.reports[0]?.versions[0]?.fields).toBeNull()
    const { filed } = raided('swift', 'x')
    expect(filed[0]?.fields.actions).toMatch(/no longer has access \(since 3:30\)/)
  })

  test('nothing but the technique comes from beyond its own team’s view: loot and other teams’ reports change nothing', () => {
    for (const skill of ANSWERING) {
      const { filed } = raided(skill, 'x')
      expect(raided(skill, 'x', 'another-loot-2').filed).toEqual(filed)
      expect(JSON.stringify(filed)).not.toMatch(/the-loot|another-loot|hidden-step/)
    }
    const run = runningRun(scenario)
    landed(run, 'wave-1', 60_000)
    const at = (known: (weakness: string) => string) =>
      decideReport('swift', team, viewOf(run), known, 'x', 200_000)?.fields
    expect(at(() => '')).toEqual({ ...at(analysis), technique: '' })
    // It is the weakness's own, asked for by the handle that the team knows.
    const asked: string[] = []
    at((weakness) => String(asked.push(weakness)))
    expect(asked).toEqual(['population-1'])
  })

  test('what people have reported it does not report again, and goes on with what they have not', () => {
    const run = runningRun(scenario)
    for (const wave of WAVES) landed(run, wave, plannedMs(scenario, wave))
    const fields = { service: 'tax', noticedMs: 150_000, technique: '', indicators: '', actions: '' } as const
    run.give(
      'file-report',
      { team, report: 'R1', fields: { ...fields, confidence: 'low' }, seen: 0 },
      205_000,
      blue('b1'),
    )
    const filed = play(run, 'swift', 'x')
    expect(
      filed.map(({ fields: { service, indicators } }) => [service, /wave-\d/.exec(indicators)?.[0]]),
    ).toEqual([
      ['population', 'wave-1'],
      ['tax', 'wave-3'],
    ])
  })

  test('people have one wording for all readers: what a seat sends beside its words is dropped', () => {
    const run = runningRun(scenario)
    const words = { en: 'Other', et: 'Muu', ja: '別' }
    const fields = { service: 'tax', noticedMs: 1, technique: '', indicators: '', actions: 'Mine' } as const
    const given = { ...fields, confidence: 'low', inLanguages: { actions: words } } as const
    run.give('file-report', { team, report: 'R1', fields: given, seen: 0 }, 5_000, blue('b1'))
    expect(teamOf(run.state, team)?.reports[0]?.versions[0]?.fields).toEqual({ ...fields, confidence: 'low' })
  })

  test('nobody reports by hand, in a pause, where reports earn nothing, or under rules that know none', () => {
    const file = (pilot: Pilot, of: Run) => decideReport(pilot, team, viewOf(of), analysis, 'x', 800_000)
    const run = runningRun(scenario)
    landed(run, 'wave-1', 60_000)
    expect(PILOTS.filter((pilot) => file(pilot, run))).toEqual(['steady', 'swift', 'clumsy'])
    expect(
      decideReport('swift', team, { ...viewOf(run), rulesVersion: 2 }, analysis, 'x', 800_000),
    ).toBeNull()
    run.give('pause-exercise', { reason: '' }, 500_000)
    expect(PILOTS.filter((pilot) => file(pilot, run))).toEqual([])
    const none = runningRun({
      ...scenario,
      scoring: { ...scenario.scoring, availability: 4_500, reporting: 0 },
    })
    landed(none, 'wave-1', 60_000)
    expect(file('swift', none)).toBeNull()
  })

  test('nobody grades a machine’s play: reports in time are void and listed and cost no place, late and missing ones are lost', () => {
    const played = (skill: Pilot) => {
      const { run } = raided(skill, 'late 1')
      finish(run)
      return run
    }
    const swift = played('swift')
    expect(gradingView(swift.state).queue.map(({ kind }) => kind)).toEqual(['report', 'report', 'report'])
    const of = (run: Run) => scoreAt(run.state, team, scenario.durationMs)
    expect(of(swift).categories.reporting).toEqual({ points: 0, possible: 0 })
    expect(of(played('absent')).categories.reporting).toMatchObject({
      points: 0,
      possible: expect.closeTo((1_000 * 4) / 6.5, 0),
    })
    expect(better(of(swift), of(played('absent')))).toBeLessThan(0)
  })
})
