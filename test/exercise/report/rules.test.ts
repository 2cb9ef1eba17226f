import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience, Scenario } from '#exercise/scenario/model.ts'
import type { Category } from '#exercise/scenario/words.ts'
import { exconFacts } from '#exercise/views/report/excon-facts.ts'
import { measures, shareOf } from '#exercise/views/report/measures.ts'
import { ministerFacts } from '#exercise/views/report/minister-facts.ts'
import { navigatorLayer } from '#exercise/views/report/navigator-layer.ts'
import { objectiveFacts } from '#exercise/views/report/objectives.ts'
import { platformFacts } from '#exercise/views/report/platform-facts.ts'
import { teamFacts } from '#exercise/views/report/team-facts.ts'
import { weaknessClasses } from '#exercise/views/report/weakness-classes.ts'
import { blue, white } from '../../kit/actors.ts'
import { attack, madeScenario, madeTeams, peopledScenario, text } from '../made-scenario.ts'
import { attacked, finish, fixed, type Run, runningRun, seen } from '../run.ts'

const FULL_MS = madeScenario.scoring.recoveryFullMs
const [first = '', second = '', third = ''] = madeTeams.map(({ id }) => id)
const objectives = [{ id: 'hold', title: text('Hold') }]
const tested = (id: string, weakness: string, atMs: number) => ({
  ...attack(id, weakness, atMs),
  objectives: ['hold'],
})

const attacksOnly: Scenario = {
  ...madeScenario,
  objectives,
  attacks: [tested('a', 'population/search-injection', 60_000), tested('b', 'tax/refund-iban', 120_000)],
}
const held = (run: Run, atMs = run.state.atMs) => objectiveFacts(run.state, atMs)[0]

describe('[RP3] how far an objective was reached', () => {
  test('nobody knows before anything of it was judged', () => {
    expect(held(runningRun(attacksOnly))).toMatchObject({ reached: 'open', share: null })
  })

  test('stopped, or out within the time that costs nothing, is met; later is partly; never, or by an outage, is not', () => {
    const run = runningRun(attacksOnly)
    attacked(run, first, 'a', 'defended')
    expect(held(run)).toMatchObject({ reached: 'met', share: 1 })
    attacked(run, second, 'a', 'landed')
    attacked(run, third, 'a', 'outage')
    expect(held(run)?.proofs[0]).toMatchObject({ met: 1, partly: 0, not: 2, open: 0 })
    fixed(run, second, 'a', 60_000 + FULL_MS)
    expect(held(run)?.proofs[0]).toMatchObject({ met: 2, partly: 0, not: 1 })
    const late = runningRun(attacksOnly)
    attacked(late, first, 'a', 'landed')
    fixed(late, first, 'a', 60_001 + FULL_MS)
    expect(held(late)).toMatchObject({ reached: 'partly', share: 0.5 })
  })

  test('an attack under way is open, and counts for nothing', () => {
    const run = runningRun(attacksOnly)
    run.give('launch-attack', { team: first, attack: 'a' }, 60_000)
    expect(held(run)).toMatchObject({ reached: 'open', proofs: [{ open: 1, met: 0 }, { open: 0 }] })
  })
})

describe('[RP6] what a fix left open', () => {
  const twice: Scenario = {
    ...attacksOnly,
    attacks: [...attacksOnly.attacks, tested('again', 'population/search-injection', 240_000)],
  }
  const closedBefore = (run: Run) =>
    teamFacts(run.state, null, run.state.atMs, first, { seat: 'blue', team: first })?.attacks.map(
      ({ attack: id, closedBeforeMs }) => [id, closedBeforeMs],
    )

  test('is a way in that was closed and worked again; not one that nobody closed, or that held', () => {
    const run = runningRun(twice)
    attacked(run, first, 'a', 'landed')
    fixed(run, first, 'a', 100_000)
    attacked(run, first, 'b', 'landed')
    attacked(run, first, 'again', 'landed')
    expect(closedBefore(run)).toEqual([
      ['a', null],
      ['b', null],
      ['again', 100_000],
    ])
    const held = runningRun(twice)
    attacked(held, first, 'a', 'landed')
    fixed(held, first, 'a', 100_000)
    attacked(held, first, 'again', 'defended')
    expect(closedBefore(held)).toEqual([
      ['a', null],
      ['again', null],
    ])
    const open = runningRun(twice)
    attacked(open, first, 'a', 'landed')
    attacked(open, first, 'again', 'landed')
    expect(closedBefore(open)).toEqual([
      ['a', null],
      ['again', null],
    ])
  })
})

describe('[RP4] the five moments', () => {
  test('attackers were out when they were last seen, and the platform found so when it looked', () => {
    const run = runningRun(attacksOnly)
    attacked(run, first, 'a', 'landed')
    fixed(run, first, 'a', 90_000, 80_000)
    const { times } = teamFacts(run.state, null, 90_000, first, { seat: 'white' })?.attacks[0] ?? {}
    expect(times).toMatchObject({
      launchedMs: 60_000,
      landedMs: 60_000,
      mendedMs: 80_000,
      confirmedMs: 90_000,
    })
  })

  test('whoever turns to the service, or writes of the case, has noticed', () => {
    const run = runningRun(attacksOnly)
    attacked(run, first, 'a', 'landed')
    const noticed = () => {
      const times = teamFacts(run.state, null, run.state.atMs, first, { seat: 'white' })?.attacks[0]?.times
      return [times?.noticedMs, times?.noticedBy]
    }
    expect(noticed()).toEqual([null, null])
    run.give('note-case', { team: first, case: 'C1', text: 'Strange.', seen: 0 }, 80_000, blue('b1'))
    expect(noticed()).toEqual([80_000, 'case'])
  })

  test('out in time is up to the last moment that costs nothing', () => {
    const inTime = (ms: number) => {
      const run = runningRun(attacksOnly)
      attacked(run, first, 'a', 'landed')
      fixed(run, first, 'a', 60_000 + ms)
      return measures(run.state, run.state.teams, run.state.atMs).find(({ aspect }) => aspect === 'in-time')
        ?.n
    }
    expect([inTime(FULL_MS), inTime(FULL_MS + 1)]).toEqual([1, 0])
  })

  test('where the service does not do its work again, not all is restored, and the objective is partly met', () => {
    const run = runningRun(attacksOnly)
    attacked(run, first, 'a', 'landed')
    seen(run, first, 'population/lookup', 'down', 70_000)
    fixed(run, first, 'a', 80_000)
    const counts = () =>
      measures(run.state, run.state.teams, run.state.atMs)
        .filter(({ aspect }) => aspect === 'in-time' || aspect === 'driven-out')
        .map(({ n }) => n)
    expect(counts()).toEqual([1, 0])
    expect(held(run)).toMatchObject({ reached: 'partly', proofs: [{ partly: 1 }, {}] })
    seen(run, first, 'population/lookup', 'up', 90_000)
    expect(counts()).toEqual([1, 1])
    expect(held(run)).toMatchObject({ reached: 'met', proofs: [{ met: 1 }, {}] })
  })

  test('a team’s facts are for itself and white', () => {
    const { state } = runningRun(attacksOnly)
    for (const asking of [{ seat: 'guest' }, { seat: 'observer' }, { seat: 'blue', team: second }] as const)
      expect(teamFacts(state, null, 0, first, asking)).toBeNull()
    expect(ministerFacts(state, 0)).toMatchObject({ population: 3 * attacksOnly.population, teams: 3 })
  })
})

/** Answers that are graded, with the criteria that the made message has. */
const people: Scenario = {
  ...peopledScenario,
  objectives,
  injects: peopledScenario.injects.map((one) => ({
    ...one,
    objectives: one.id === 'press-asks' ? ['hold'] : [],
  })),
}
const answered = (run: Run, team: string, atMs: number) => {
  const content = { kind: 'text', text: 'We know.' } as const
  run.give('answer-inject', { team, inject: 'press-asks', content, seen: 0 }, atMs, blue('b1'))
}
const graded = (run: Run, team: string, by: string, points: number) =>
  run.give(
    'grade-inject',
    {
      team,
      inject: 'press-asks',
      comment: 'So.',
      final: false,
      seen: 1,
      criteria: { true: points, calm: 0 },
    },
    run.state.atMs,
    white(by),
  )

function sent(): Run {
  const run = runningRun(people)
  for (const team of [first, second, third]) run.give('send-inject', { team, inject: 'press-asks' }, 10_000)
  return run
}
const deadline = (run: Run) => run.state.teams[0]?.injects[0]?.deadlineMs ?? 0

describe('messages in a report', () => {
  test('a message meets its objective by its grade; without an answer in its time it does not', () => {
    const run = sent()
    answered(run, first, 20_000)
    expect(held(run)?.proofs[0]).toMatchObject({ open: 3 })
    graded(run, first, 'w1', 3)
    const share = run.state.teams[0]?.injects[0]?.grades[0]?.share ?? 0
    expect(share).toBeGreaterThanOrEqual(0.4)
    expect(held(run, deadline(run) + 1)?.proofs[0]).toMatchObject({
      [share >= 0.75 ? 'met' : 'partly']: 1,
      not: 2,
      open: 0,
    })
  })

  test('[RP5] what nobody answered in its time fell flat, what one team answered did not', () => {
    const flat = (run: Run, atMs = deadline(run) + 1) =>
      exconFacts(run.state, atMs).flat.map(({ id, reason }) => [id, reason])
    const run = sent()
    expect(flat(run, deadline(run))).toEqual([])
    run.give('read-inject', { team: first, inject: 'press-asks' }, 20_000, blue('b1'))
    expect(flat(run)).toEqual([['press-asks', 'unanswered']])
    const unread = sent()
    expect(flat(unread)).toEqual([['press-asks', 'unread']])
    const one = sent()
    answered(one, second, 20_000)
    expect(flat(one)).toEqual([])
  })

  test('graders agree as far as their shares are near', () => {
    const run = sent()
    answered(run, first, 20_000)
    graded(run, first, 'w1', 3)
    const agreement = () => exconFacts(run.state, run.state.atMs).agreement
    expect(agreement()).toMatchObject({ graded: 1, twice: 0, meanApart: null, apart: [] })
    graded(run, first, 'w2', 0)
    const [one, two] = run.state.teams[0]?.injects[0]?.grades.map(({ share }) => share) ?? []
    const apart = Math.abs((one ?? 0) - (two ?? 0))
    expect(apart).toBeGreaterThan(0.25)
    expect(agreement()).toMatchObject({
      ...{ graded: 1, twice: 1, meanApart: apart, mostApart: apart },
      apart: [{ kind: 'inject', team: first, id: 'press-asks' }],
    })
  })

  test('an answer after its time is not one in time, and what nobody answered is counted', () => {
    const run = sent()
    answered(run, first, 20_000)
    answered(run, second, deadline(run) + 1)
    run.give('pass-time', {}, deadline(run) + 2)
    const { n, of } =
      measures(run.state, run.state.teams, run.state.atMs).find(({ aspect }) => aspect === 'answered') ?? {}
    expect([n, of]).toEqual([1, 3])
    expect(teamFacts(run.state, null, run.state.atMs, third, { seat: 'white' })?.unanswered).toBe(1)
    expect(teamFacts(run.state, null, run.state.atMs, first, { seat: 'white' })?.writings[0]).toMatchObject({
      late: false,
    })
    expect(teamFacts(run.state, null, run.state.atMs, second, { seat: 'white' })?.writings[0]).toMatchObject({
      late: true,
    })
  })
})

describe('what the platform did', () => {
  test('teams with the same were served alike, and one that was attacked more often was not', () => {
    const run = runningRun(attacksOnly)
    for (const team of [first, second, third]) attacked(run, team, 'a', 'defended')
    expect(platformFacts(run.state, run.state.atMs)).toMatchObject({
      even: true,
      checks: null,
      pauses: 0,
      late: false,
    })
    attacked(run, first, 'b', 'landed')
    expect(platformFacts(run.state, run.state.atMs).even).toBe(false)
  })

  test('[RP5] what no team noticed fell flat while it was going on, and not once attackers were out', () => {
    const run = runningRun(attacksOnly)
    attacked(run, first, 'a', 'landed')
    const flat = () => exconFacts(run.state, run.state.atMs).flat.map(({ id, reason }) => [id, reason])
    expect(flat()).toEqual([['a', 'unnoticed']])
    fixed(run, first, 'a', 90_000)
    expect(flat()).toEqual([])
    finish(run)
    expect(flat()).toEqual([['b', 'never-came']])
  })

  test('techniques of ATLAS stand in the description of the layer, whose matrix does not have them', () => {
    const scenario: Scenario = {
      ...attacksOnly,
      weaknesses: attacksOnly.weaknesses.map((one) =>
        one.id === 'tax/refund-iban' ? { ...one, technique: 'AML.T0051' } : one,
      ),
    }
    const run = runningRun(scenario)
    attacked(run, first, 'a', 'defended')
    attacked(run, first, 'b', 'landed')
    const layer = navigatorLayer(run.state)
    expect(layer.techniques.map(({ techniqueID, score }) => [techniqueID, score])).toEqual([['T1190', 100]])
    expect(layer.description).toContain('AML.T0051 (0 of 1 stopped)')
  })
})

test('classes of weaknesses: those that succeeded most come first, each with where it is explained', () => {
  const one = (technique: string, owasp: string, state: string, cwe?: string) => ({
    ...{ technique, owasp, state },
    ...(cwe && { cwe }),
  })
  const found = weaknessClasses([
    one('T1190', 'A01', 'blocked', 'CWE-639'),
    one('T1213.006', 'A01', 'landed'),
    one('AML.T0051', 'LLM01', 'landed'),
    one('', '', 'landed'),
  ])
  expect(found.map(({ id, judged, landed }) => [id, judged, landed])).toEqual([
    ['A01', 2, 1],
    ['AML.T0051', 1, 1],
    ['LLM01', 1, 1],
    ['T1213.006', 1, 1],
    ['CWE-639', 1, 0],
    ['T1190', 1, 0],
  ])
  expect(found.map(({ href }) => href)).toEqual([
    'https://owasp.org/Top10/2025/',
    'https://atlas.mitre.org/techniques/AML.T0051',
    'https://genai.owasp.org/llm-top-10/',
    'https://attack.mitre.org/techniques/T1213/006/',
    'https://cwe.mitre.org/data/definitions/639.html',
    'https://attack.mitre.org/techniques/T1190/',
  ])
})

test('a category that cannot be earned is not among a team’s', () => {
  const run = runningRun(attacksOnly)
  attacked(run, first, 'a', 'landed')
  run.give('pass-time', {}, 200_000)
  const names: readonly Category[] =
    teamFacts(run.state, null, 200_000, first, { seat: 'white' })?.categories.map(
      ({ category }) => category,
    ) ?? []
  expect(names).toEqual(['availability', 'defence', 'recovery'])
})

test('[RP2] a share reads as all of it only where nothing is missing', () => {
  expect([
    shareOf({ n: 999_999, of: 1_000_000 }),
    shareOf({ n: 5, of: 5 }),
    shareOf({ n: 1, of: 4 }),
  ]).toEqual([0.99, 1, 0.25])
})

test('[RP6] a CWE number is for the team whose weakness it was, and not where it is to find that out', () => {
  const seen = (scenario: Scenario, audience: Audience) => {
    const run = runningRun(scenario)
    attacked(run, first, 'a', 'landed')
    return JSON.stringify(run.ledger.flatMap((event) => redact(event, audience) ?? []))
  }
  const own: Audience = { seat: 'blue', team: 'meremaa' }
  const told: Scenario = { ...attacksOnly, scoring: { ...attacksOnly.scoring, reporting: 0 } }
  const toReport: Scenario = { ...attacksOnly, scoring: { ...attacksOnly.scoring, reporting: 100 } }
  expect(seen(told, own)).toContain('CWE-639')
  expect(seen(toReport, own)).not.toContain('CWE-')
  for (const audience of [{ seat: 'guest' }, { seat: 'blue', team: 'saareke' }] as const)
    expect(seen(told, audience)).not.toContain('CWE-')
})
