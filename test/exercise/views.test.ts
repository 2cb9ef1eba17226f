import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolve, fold } from '#exercise/fold/evolve.ts'
import { initialState, type State, teamOf } from '#exercise/fold/state.ts'
import { worse } from '#exercise/fold/verdicts.ts'
import { VERDICTS, type Verdict } from '#exercise/scenario/words.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { hintViews } from '#exercise/views/hint-views.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { publicExercise } from '#exercise/views/public-exercise.ts'
import { seriesOf, stepFor } from '#exercise/views/series.ts'
import type { Span } from '#exercise/views/views.ts'
import { worstOf } from '#exercise/views/worst.ts'
import { madeTeams } from './made-scenario.ts'
import { randomExercise } from './random-exercise.ts'
import { allSeen, attacked, fixed, readyRun, runningRun, seen } from './run.ts'

const white = { seat: 'white' } as const
const serviceIn = (state: State, team: string, service: string, atMs: number) => {
  const found = exerciseView(state, atMs, white)
    .teams.find((t) => t.id === team)
    ?.services.find((s) => s.id === service)
  if (!found) throw new Error(`no ${service} of ${team}`)
  return found
}

describe('the exercise as a view', () => {
  test('a service: its verdict, since when, why, and its past', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/refund', 'broken', 30_000)
    seen(run, 'meremaa', 'tax/file', 'slow', 40_000)
    const now = serviceIn(run.state, 'meremaa', 'tax', 50_000)
    expect(now).toMatchObject({ verdict: 'broken', sinceMs: 30_000, breached: false, containerDown: false })
    expect(now.reason).toMatchObject({ journey: 'refund', evidence: { received: 'was broken' } })
    expect(now.history).toEqual([
      { fromMs: 0, toMs: 30_000, verdict: 'up' },
      { fromMs: 30_000, toMs: 50_000, verdict: 'broken' },
    ])
    seen(run, 'meremaa', 'tax/refund', 'up', 60_000)
    expect(serviceIn(run.state, 'meremaa', 'tax', 60_000)).toMatchObject({ verdict: 'slow', sinceMs: 60_000 })
  })

  test('a dead container takes its service down at once; a foothold marks it breached until it is closed', () => {
    const run = runningRun()
    const died = { team: 'meremaa', service: 'tax', happened: 'died', exitCode: 1, oom: false } as const
    run.give('report-container', died, 10_000)
    expect(serviceIn(run.state, 'meremaa', 'tax', 10_000)).toMatchObject({
      verdict: 'down',
      containerDown: true,
    })
    run.give('report-container', { ...died, happened: 'started' }, 20_000)
    attacked(run, 'meremaa', 'wave-2', 'landed')
    expect(serviceIn(run.state, 'meremaa', 'tax', 120_000)).toMatchObject({ verdict: 'up', breached: true })
    fixed(run, 'meremaa', 'wave-2', 130_000)
    expect(serviceIn(run.state, 'meremaa', 'tax', 130_000).breached).toBe(false)
  })

  test('ranks: equal shares share a rank, and the next is counted on', () => {
    const run = runningRun()
    allSeen(run, 'saareke', 'down', 10_000)
    const ranks = exerciseView(run.state, 60_000, white).teams.map((t) => [t.id, t.rank])
    expect(ranks).toEqual([
      ['meremaa', 1],
      ['laanemets', 1],
      ['saareke', 3],
    ])
  })

  test('the phase of the day is the one entered last, and none after the end', () => {
    const run = runningRun()
    run.give('pass-time', {}, 60_000)
    const now = () => exerciseView(run.state, 70_000, white).phases.filter((p) => p.now)
    expect(now()).toMatchObject([{ id: 'storm', fromMs: 60_000, toMs: 480_000 }])
    run.give('end-exercise', { reason: 'done' }, 70_000)
    expect(now()).toEqual([])
  })

  test('time in a view: never before the last event, never past the end, standing in a pause', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/file', 'slow', 30_000)
    expect(exerciseView(run.state, 10_000, white).atMs).toBe(30_000)
    expect(exerciseView(run.state, 900_000, white).atMs).toBe(600_000)
    run.give('pause-exercise', { reason: '' }, 40_000)
    expect(exerciseView(run.state, 90_000, white).atMs).toBe(40_000)
    expect(publicExercise(run.state, 90_000).clock).toEqual({ exerciseMs: 40_000, speed: 1 })
  })

  test('the story is bounded and holds the latest, in order', () => {
    const run = runningRun()
    for (let i = 1; i <= 500; i += 1) seen(run, 'meremaa', 'tax/file', i % 2 ? 'slow' : 'up', i * 1_000)
    const { story } = exerciseView(run.state, 500_000, { seat: 'guest' })
    expect(story.length).toBe(200)
    expect(story.at(-1)?.position).toBe(run.ledger.length)
    expect(run.state.story.length).toBeLessThan(400)
    expect(story.map((item) => item.position)).toEqual(
      story.map((item) => item.position).toSorted((a, b) => a - b),
    )
  })

  test('hints: a line for each weakness, what was taken, and what the next one costs', () => {
    const run = runningRun()
    run.give('take-hint', { team: 'meremaa', weakness: 'tax-1', level: 1 }, 1_000)
    const hints = hintViews(run.state, 'meremaa')
    expect(hints.map((h) => [h.weakness, h.taken.length, h.nextCost])).toEqual([
      ['population-1', 0, 20],
      ['tax-1', 1, 50],
      ['tax-2', 0, 20],
      ['portal-1', 0, 20],
    ])
  })
})

describe('the national picture', () => {
  test('people affected: those whom a failing journey leaves alone, by persona', () => {
    const run = runningRun()
    allSeen(run, 'meremaa', 'up')
    seen(run, 'meremaa', 'tax/file', 'broken', 10_000)
    expect(nationalView(run.state, 20_000)).toMatchObject({ affected: 42_000, affectedBefore: 0 })
    seen(run, 'meremaa', 'population/alive', 'down', 20_000)
    // Of 100,000: 60 % of the workers (70 %) miss tax, 20 % of the elders (30 %) the register.
    expect(nationalView(run.state, 20_000).affected).toBe(48_000)
    seen(run, 'meremaa', 'portal/mailbox', 'down', 20_000)
    // Half of the elders want their mail; 60 % of them miss that or the register.
    expect(nationalView(run.state, 20_000).affected).toBe(60_000)
    expect(nationalView(run.state, 20_000).services.map((s) => s.affected)).toEqual([6_000, 42_000, 15_000])
    seen(run, 'saareke', 'tax/file', 'broken', 30_000)
    expect(nationalView(run.state, 30_000).affected).toBe(102_000)
    seen(run, 'laanemets', 'registry-db/alive', 'down', 30_000)
    seen(run, 'laanemets', 'tax/file', 'slow', 30_000)
    seen(run, 'laanemets', 'portal/login', 'unknown', 30_000)
    expect(nationalView(run.state, 30_000).affected).toBe(102_000)
  })

  test('each public service: the worst over the teams, how many, and since when', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/file', 'broken', 10_000)
    seen(run, 'saareke', 'tax/file', 'slow', 15_000)
    seen(run, 'meremaa', 'tax/file', 'up', 25_000)
    const view = nationalView(run.state, 40_000)
    expect(view.services.map((s) => s.id)).toEqual(['population', 'tax', 'portal'])
    const tax = view.services.find((s) => s.id === 'tax')
    expect(tax).toMatchObject({ verdict: 'slow', sinceMs: 25_000, teamsNotUp: 1, affected: 0 })
    expect(tax?.history.map((s) => s.verdict)).toEqual(['up', 'broken', 'slow'])
    expect(view.working).toBe(3)
  })

  test('one sentence on the situation, and how each country fares', () => {
    const run = readyRun()
    const now = () => {
      const { situation, countries } = nationalView(run.state, run.state.atMs)
      return [situation.code, situation.services, countries[0]?.state]
    }
    expect(now()).toEqual(['situation.ready', [], 'holding'])
    for (const { id } of madeTeams) allSeen(run, id, 'up')
    run.give('start-exercise', {})
    expect(now()).toEqual(['situation.calm', [], 'holding'])
    attacked(run, 'meremaa', 'wave-2', 'landed')
    expect(now()).toEqual(['situation.attack', ['tax'], 'under-pressure'])
    seen(run, 'meremaa', 'tax/alive', 'down', 130_000)
    expect(now()).toEqual(['situation.outage', ['tax'], 'under-pressure'])
    fixed(run, 'meremaa', 'wave-2', 140_000)
    expect(now()).toEqual(['situation.outage', ['tax'], 'restoring'])
    seen(run, 'meremaa', 'tax/alive', 'slow', 150_000)
    expect(now()).toEqual(['situation.slow', ['tax'], 'holding'])
    seen(run, 'meremaa', 'tax/alive', 'up', 155_000)
    expect(now()[0]).toBe('situation.calm')
    // Where much is not known, nobody says that all works; one thing in many is no reason to doubt the rest.
    for (const { id } of madeTeams) allSeen(run, id, 'unknown', 160_000)
    expect(now()).toEqual(['situation.unmeasured', [], 'holding'])
    seen(run, 'meremaa', 'tax/alive', 'down', 170_000)
    expect(now()[0]).toBe('situation.outage')
    run.give('end-exercise', { reason: 'done' })
    expect(now()[0]).toBe('situation.ended')
  })

  const histories = fc.array(
    fc
      .array(fc.record({ verdict: fc.constantFrom(...VERDICTS), ms: fc.integer({ min: 1, max: 20 }) }), {
        minLength: 1,
      })
      .map((parts) =>
        parts.map(({ verdict, ms }, i): Span => {
          const fromMs = parts.slice(0, i).reduce((sum, part) => sum + part.ms, 0)
          return { fromMs, toMs: fromMs + ms, verdict }
        }),
      ),
    { minLength: 1, maxLength: 5 },
  )

  test('the worst of several histories is the worst at every moment', () => {
    fc.assert(
      fc.property(histories, (lists) => {
        // The last verdict of each goes on, as it does in an exercise.
        const at = (spans: readonly Span[], ms: number): Verdict =>
          (spans.find((s) => s.fromMs <= ms && ms < s.toMs) ?? spans.at(-1))?.verdict ?? 'unknown'
        const worst = worstOf(lists)
        for (let ms = 0; ms < (worst.at(-1)?.toMs ?? 0); ms += 1)
          expect(at(worst, ms)).toBe(lists.map((spans) => at(spans, ms)).reduce(worse))
        for (const [i, span] of worst.entries()) {
          expect(span.fromMs).toBe(worst[i - 1]?.toMs ?? 0)
          expect(span.toMs).toBeGreaterThan(span.fromMs)
        }
      }),
    )
  })
})

describe('points lost over time', { timeout: 30_000 }, () => {
  test('each sample is the score of what had happened by then', () => {
    fc.assert(
      fc.property(randomExercise, fc.nat(60_000), (run, laterMs) => {
        const end = run.state.atMs + laterMs
        const { timesMs, teams } = seriesOf(run.ledger, 10_000, end)
        expect(timesMs.at(-1)).toBe(end)
        for (const [i, at] of timesMs.entries()) {
          const past = run.ledger.filter((event) => event.at <= at)
          const next = run.ledger[past.length]
          // Time that was skipped adds nothing.
          const playedMs = next?.type === 'exercise.skipped' ? Math.min(at, next.data.fromMs) : at
          for (const team of teams) {
            const { total, possible } = scoreAt(fold(past), team.id, playedMs)
            expect(team.lost[i]).toBe(possible - total)
          }
        }
      }),
      { numRuns: 15 },
    )
  })

  test('a breach never looks like a gain, what is blocked or restored never like a loss', () => {
    const seen = { landed: 0, blocked: 0, restored: 0 }
    fc.assert(
      fc.property(randomExercise, (run) => {
        const lostOf = (state: State, team: string, atMs: number) => {
          const { total, possible } = scoreAt(state, team, atMs)
          return possible - total
        }
        let state = initialState
        for (const event of run.ledger) {
          const { type, at, data } = event
          const earlier = state
          state = evolve(state, event)
          if (!('team' in data) || typeof data.team !== 'string') continue
          const [before, after] = [lostOf(earlier, data.team, at), lostOf(state, data.team, at)]
          if (type === 'attack.landed') {
            // What the instructor added makes all other shares smaller, those that were lost among them. [SC22]
            if (data.info?.added && data.info.weight > 0) continue
            seen.landed += after > before ? 1 : 0
            expect(after).toBeGreaterThanOrEqual(before)
          } else if (type === 'attack.blocked' && data.cause === 'defended') {
            // What could not be taken while there was nothing to take it from is taken now. [SC8] [SC10] [SC25]
            const team = teamOf(state, data.team)
            if (!team || team.hints.length + team.adjustments.length + team.acts.length > 0) continue
            seen.blocked += 1
            expect(after).toBeLessThanOrEqual(before)
          } else if (type === 'foothold.closed') {
            seen.restored += 1
            expect(after).toBeLessThanOrEqual(before)
          }
        }
      }),
      { numRuns: 80 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5)
  })

  test('the sample at a landing already has its loss, the one before does not', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_500)
    const of = (at: number) => {
      const { timesMs, teams } = seriesOf(run.ledger, 1_000, 70_000)
      return teams.find(({ id }) => id === 'meremaa')?.lost[timesMs.indexOf(at)] ?? Number.NaN
    }
    expect(of(60_000)).toBe(0)
    expect(of(61_000)).toBeGreaterThan(500)
    expect(of(70_000)).toBeGreaterThan(of(61_000))
  })

  test('about 240 samples over an exercise', () => {
    expect(stepFor(600_000)).toBe(3_000)
    expect(stepFor(28_800_000)).toBe(120_000)
  })
})
