import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { decideAnswers } from '#exercise/pilots/pilots.ts'
import { PILOTS, type Pilot, type Scenario } from '#exercise/scenario/model.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { blue } from '../kit/actors.ts'
import { livedInScenario, text } from './made-scenario.ts'
import { attacked, finish, fixed, look, type Run, runningRun, seen } from './run.ts'

const END = livedInScenario.durationMs
const { answerWithinMs, answerHoldsMs } = livedInScenario.scoring
const visit = { team: 'meremaa', persona: 'worker', service: 'tax', journey: 'file' } as const
const fails = (run: Run, at: number) => run.give('report-visit', { ...visit, ...look('broken') }, at)
const works = (run: Run, at: number) => run.give('report-visit', { ...visit, ...look('up') }, at)
const answer = (run: Run, at: number) =>
  run.give('answer-ticket', { team: 'meremaa', ticket: 'T1', text: ' We are at it. ' }, at, blue())
const lived = () => runningRun(livedInScenario)
const lostMs = (run: Run, persona = 'worker') =>
  explain(run.state, 'meremaa', END).find(({ id }) => id === `usability/${persona}`)?.params.lostMs

describe('tickets', () => {
  test('a citizen who fails writes once, and is content when it works again', () => {
    const run = lived()
    expect(fails(run, 10_000)).toMatchObject([
      { type: 'ticket.opened', data: { ticket: 'T1', verdict: 'broken' } },
    ])
    expect(fails(run, 12_000)).toEqual([])
    expect(run.give('report-visit', { ...visit, verdict: 'unknown', evidence: null }, 13_000)).toEqual([])
    expect(works(run, 15_000)).toMatchObject([{ type: 'ticket.closed', data: { ticket: 'T1' } }])
    expect(works(run, 16_000)).toEqual([])
    expect(fails(run, 20_000)).toMatchObject([{ data: { ticket: 'T2' } }])
    expect(run.refused('report-visit', { ...visit, ...look('broken'), journey: 'history' }).code).toBe(
      'unknown-persona',
    )
  })

  test('only the team itself answers, in words, what is open', () => {
    const run = lived()
    fails(run, 10_000)
    const command = { type: 'answer-ticket', data: { team: 'meremaa', ticket: 'T1', text: 'Yes' } } as const
    expect(mayCommand('blue', 'meremaa', command)).toBe(true)
    expect(mayCommand('blue', 'saareke', command)).toMatchObject({ code: 'not-your-team' })
    expect(mayCommand('white', null, command)).toMatchObject({ code: 'not-allowed' })
    expect(run.refused('answer-ticket', { team: 'meremaa', ticket: 'T9', text: 'x' }).code).toBe(
      'unknown-ticket',
    )
    expect(run.refused('answer-ticket', { team: 'meremaa', ticket: 'T1', text: '  ' }).code).toBe(
      'answer-needed',
    )
    expect(answer(run, 12_000)).toMatchObject([{ data: { text: 'We are at it.' } }])
    works(run, 13_000)
    expect(run.refused('answer-ticket', { team: 'meremaa', ticket: 'T1', text: 'x' }).code).toBe(
      'unknown-ticket',
    )
  })

  test('everybody learns of a complaint; request, answer and who wrote it are the team’s', () => {
    const run = lived()
    fails(run, 10_000)
    answer(run, 11_000)
    const view = (audience: Parameters<typeof redact>[1]) => {
      const stream = run.ledger.flatMap((event) => redact(event, audience) ?? [])
      return exerciseView(fold(stream), 20_000, audience).teams.find((t) => t.id === 'meremaa')?.tickets[0]
    }
    expect(view({ seat: 'blue', team: 'meremaa' })).toMatchObject({
      ticket: 'T1',
      persona: { id: 'worker', age: 40 },
      answer: 'We are at it.',
      answeredMs: 11_000,
      overdueMs: 11_000 + answerHoldsMs,
      evidence: { sent: 'GET /secret-path' },
    })
    for (const audience of [{ seat: 'guest' }, { seat: 'blue', team: 'saareke' }] as const)
      expect(view(audience)).toMatchObject({ service: 'tax', answer: '', evidence: null })
  })
})

describe('usability', () => {
  test('[SC13] nobody complains and nothing is down: all of it', () => {
    const run = lived()
    finish(run)
    expect(scoreAt(run.state, 'meremaa', END).categories.usability).toEqual({ points: 700, possible: 700 })
  })

  test('[SC13] a complaint costs its persona’s share of the time from when it is overdue until it works', () => {
    const run = lived()
    fails(run, 100_000)
    works(run, 100_000 + answerWithinMs + 60_000)
    finish(run)
    expect(lostMs(run)).toBe(60_000)
    expect(lostMs(run, 'elder')).toBe(0)
    const { points, possible } = scoreAt(run.state, 'meremaa', END).categories.usability
    expect(possible).toBe(700)
    expect(points).toBeCloseTo(700 - 700 * 0.7 * (60_000 / END), 1)
  })

  test('[SC13] an answer in time costs nothing while it holds, and does not hold for ever', () => {
    const run = lived()
    fails(run, 100_000)
    answer(run, 110_000)
    expect(lostMs(run)).toBe(END - 110_000 - answerHoldsMs)
    works(run, 110_000 + answerHoldsMs)
    finish(run)
    expect(lostMs(run)).toBe(0)
  })

  test('[SC13] an answer holds once: who fails again after it is left alone from that moment on', () => {
    const run = lived()
    fails(run, 100_000)
    answer(run, 110_000)
    const again = 110_000 + answerHoldsMs / 2
    expect(fails(run, again)).toMatchObject([{ type: 'ticket.repeated', data: { ticket: 'T1' } }])
    expect(fails(run, again + 1_000)).toEqual([])
    expect(run.refused('answer-ticket', { team: 'meremaa', ticket: 'T1', text: '.' }).code).toBe(
      'ticket-answered',
    )
    expect(lostMs(run)).toBe(END - again)
    works(run, again + 30_000)
    finish(run)
    expect(lostMs(run)).toBe(30_000)
  })

  test('[SC13] two complaints at a time cost no more than one', () => {
    const run = lived()
    fails(run, 100_000)
    run.give('report-visit', { ...visit, journey: 'refund', ...look('broken') }, 120_000)
    finish(run)
    expect(lostMs(run)).toBe(END - 100_000 - answerWithinMs)
  })

  test('[SC13] while a service that a persona uses is down, complaints or not, its time is lost', () => {
    const run = lived()
    seen(run, 'meremaa', 'tax/alive', 'down', 200_000)
    fails(run, 200_000)
    seen(run, 'meremaa', 'tax/alive', 'up', 260_000)
    works(run, 260_000)
    finish(run)
    expect(lostMs(run)).toBe(60_000)
    expect(lostMs(run, 'elder')).toBe(0)
  })

  test('[SC13] time in which nothing was known is neither points nor possible', () => {
    const run = lived()
    for (const journey of ['alive', 'lookup'])
      seen(run, 'meremaa', `population/${journey}`, 'unknown', 300_000)
    for (const journey of ['alive', 'login', 'mailbox'])
      seen(run, 'meremaa', `portal/${journey}`, 'unknown', 300_000)
    finish(run)
    const elder = explain(run.state, 'meremaa', END).find(({ id }) => id === 'usability/elder')
    expect(elder?.possible).toBeCloseTo(700 * 0.3 * 0.5, 1)
    expect(elder?.points).toBe(elder?.possible)
  })
})

describe('cascades', () => {
  test('what falls with the database says so, and what fails by itself is told as before', () => {
    const run = lived()
    seen(run, 'meremaa', 'tax/file', 'broken', 10_000)
    expect(nationalView(run.state, 10_000).situation).toEqual({
      code: 'situation.outage',
      services: ['tax'],
      dependents: [],
    })
    seen(run, 'meremaa', 'registry-db/alive', 'down', 20_000)
    const view = nationalView(run.state, 20_000)
    expect(view.situation).toEqual({
      code: 'situation.cascade',
      services: ['registry-db'],
      dependents: ['tax'],
    })
    expect(view.services.find(({ id }) => id === 'tax')?.because).toEqual(['registry-db'])
    // In another country it fails by itself: then that is its own story.
    seen(run, 'saareke', 'tax/file', 'broken', 30_000)
    const later = nationalView(run.state, 30_000)
    expect(later.services.find(({ id }) => id === 'tax')?.because).toEqual([])
    expect(later.situation).toMatchObject({ code: 'situation.outage', services: ['tax'] })
  })
})

describe('sparring pilots', () => {
  test('answer citizens, each in its own time and once; a person and nobody write nothing', () => {
    const run = lived()
    fails(run, 100_000)
    const asked = (pilot: Pilot, at: number) => decideAnswers(pilot, 'meremaa', run.state, at)
    expect(asked('swift', 109_000)).toEqual([])
    expect(asked('swift', 110_000)).toEqual(['T1'])
    expect(asked('steady', 110_000)).toEqual([])
    expect(asked('steady', 130_000)).toEqual(['T1'])
    for (const pilot of ['person', 'absent'] as const) expect(asked(pilot, END)).toEqual([])
    answer(run, 131_000)
    for (const pilot of PILOTS) expect(asked(pilot, END)).toEqual([])
  })
})

describe('the tutor', () => {
  const scenario: Scenario = {
    ...livedInScenario,
    tutor: [
      { id: 'welcome', text: text('Look around.'), trigger: { kind: 'at', atMs: 5_000 } },
      {
        id: 'search',
        text: text('See src/search.ts.'),
        trigger: { kind: 'after', after: { kind: 'attack', id: 'wave-1', outcome: 'open' }, delayMs: 20_000 },
      },
    ],
  }
  const due_ = (run: Run, at: number) =>
    timelineDue(run.state, at).notes.filter(({ team }) => team === 'meremaa')

  test('speaks at a moment, and so long after an attack landed while it has a foothold; each note once', () => {
    const run = runningRun(scenario)
    expect(due_(run, 4_000)).toEqual([])
    expect(due_(run, 5_000)).toEqual([{ team: 'meremaa', note: 'welcome' }])
    const said = run.give('say-tutor', { team: 'meremaa', note: 'welcome' }, 5_000)
    expect(said).toMatchObject([{ type: 'tutor.said', data: { text: { en: 'Look around.' } } }])
    expect(run.give('say-tutor', { team: 'meremaa', note: 'welcome' }, 6_000)).toEqual([])
    expect(run.refused('say-tutor', { team: 'meremaa', note: 'none' }).code).toBe('unknown-note')
    attacked(run, 'meremaa', 'wave-1', 'landed')
    expect(due_(run, 79_000)).toEqual([])
    expect(due_(run, 80_000)).toEqual([{ team: 'meremaa', note: 'search' }])
    fixed(run, 'meremaa', 'wave-1', 81_000)
    expect(due_(run, 90_000)).toEqual([])
  })

  test('is heard by the team and by white alone', () => {
    const run = runningRun(scenario)
    run.give('say-tutor', { team: 'meremaa', note: 'welcome' }, 5_000)
    const heard = (audience: Parameters<typeof redact>[1]) => {
      const stream = run.ledger.flatMap((event) => redact(event, audience) ?? [])
      expect(JSON.stringify(stream).includes('See src/search.ts')).toBe(audience.seat === 'white')
      return exerciseView(fold(stream), 9_000, audience).teams.find((t) => t.id === 'meremaa')?.tutor.length
    }
    expect(heard({ seat: 'white' })).toBe(1)
    expect(heard({ seat: 'blue', team: 'meremaa' })).toBe(1)
    expect(heard({ seat: 'blue', team: 'saareke' })).toBe(0)
    expect(heard({ seat: 'guest' })).toBe(0)
  })
})
