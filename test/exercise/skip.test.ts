import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fact } from '#exercise/decide/decision.ts'
import { evolve, fold } from '#exercise/fold/evolve.ts'
import { initialState, type State } from '#exercise/fold/state.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { unquiet } from '#exercise/schedule/skip.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { seriesOf } from '#exercise/views/series.ts'
import { white } from '../kit/actors.ts'
import { livedInScenario, madeScenario, madeTeams } from './made-scenario.ts'
import { randomExercise } from './random-exercise.ts'
import { allSeen, attacked, fixed, look, readyRun, runningRun, seen } from './run.ts'

const skipToMs = (state: State, atMs: number, seat: 'white' | 'guest' = 'white') =>
  exerciseView(state, atMs, { seat }).skipToMs

const momentOf = (event: Recorded | undefined, endMs: number): number =>
  event?.type === 'exercise.skipped' ? event.data.fromMs : (event?.at ?? endMs)

/** Places in a ledger before which quiet time could have been skipped. */
function quietCuts(ledger: readonly Recorded[], endMs: number): readonly number[] {
  let state = initialState
  return ledger.flatMap((event, index) => {
    state = evolve(state, event)
    const quiet = state.phase === 'running' && unquiet(state, momentOf(ledger[index + 1], endMs)) === null
    return quiet ? [index + 1] : []
  })
}

/** `event` of after `fromMs`, when that is `span` later. */
function later(event: Recorded, fromMs: number, span: number): Recorded {
  const at = event.at + span
  if (event.type === 'exercise.skipped')
    return { ...event, at, data: { ...event.data, fromMs: event.data.fromMs + span } }
  if (event.type === 'foothold.closed' && (event.data.sinceMs ?? 0) >= fromMs)
    return { ...event, at, data: { ...event.data, sinceMs: (event.data.sinceMs ?? 0) + span } }
  if (event.type.startsWith('attack.')) {
    // What an attack is told with says when it was to come.
    const { info } = event.data as { info?: { atMs: number } }
    if (info)
      return { ...event, at, data: { ...event.data, info: { ...info, atMs: info.atMs + span } } } as Recorded
  }
  if (event.type !== 'inject.sent') return { ...event, at }
  const { deadlineMs } = event.data
  return { ...event, at, data: { ...event.data, deadlineMs: deadlineMs === null ? null : deadlineMs + span } }
}

describe('[SC15] skipping quiet time', () => {
  test('leads to ten seconds before the next attack, phase or end, and what happened stays', () => {
    const run = runningRun()
    expect(skipToMs(run.state, 20_000)).toBe(50_000)
    const [skipped] = run.give('skip-quiet-time', { toMs: 50_000 }, 20_000, white())
    expect(skipped).toMatchObject({ type: 'exercise.skipped', at: 50_000, data: { fromMs: 20_000 } })
    expect(run.state).toMatchObject({ atMs: 50_000, phase: 'running' })
    expect(run.refused('skip-quiet-time', { toMs: 50_000 }, 50_000).code).toBe('nothing-to-skip')
    for (const { id } of madeTeams)
      for (const attack of madeScenario.attacks) attacked(run, id, attack.id, 'defended')
    run.give('pass-time', {}, 430_000)
    expect(skipToMs(run.state, 430_000)).toBe(470_000)
    run.give('skip-quiet-time', { toMs: 470_000 }, 430_000)
    run.give('pass-time', {}, 480_000)
    run.give('skip-quiet-time', { toMs: 590_000 }, 490_000)
    expect(run.state.atMs).toBe(590_000)
  })

  test('is offered to white alone, and only while the exercise runs', () => {
    const run = readyRun()
    expect(skipToMs(run.state, 0)).toBeNull()
    expect(run.refused('skip-quiet-time', { toMs: 50_000 }).code).toBe('wrong-phase')
    run.give('start-exercise', {})
    expect(skipToMs(run.state, 0)).toBe(50_000)
    expect(skipToMs(run.state, 0, 'guest')).toBeNull()
    run.give('pause-exercise', { reason: '' }, 1_000)
    expect(skipToMs(run.state, 1_000)).toBeNull()
  })

  test('waits for an attack, for a recovery that still earns points, and for a complaint that is not yet overdue', () => {
    const run = runningRun(livedInScenario)
    allSeen(run, 'meremaa', 'up', 0)
    run.give('launch-attack', { team: 'saareke', attack: 'wave-1' }, 60_000)
    // Those of the other teams begin in the same moment.
    expect(run.refused('skip-quiet-time', { toMs: 50_000 }, 60_000).code).toBe('not-quiet-attack')
    attacked(run, 'meremaa', 'wave-1', 'landed')
    attacked(run, 'laanemets', 'wave-1', 'defended')
    expect(run.refused('skip-quiet-time', { toMs: 50_000 }, 61_000)).toMatchObject({
      code: 'not-quiet-attack',
      params: { team: 'saareke' },
    })
    const report = { team: 'saareke', attack: 'wave-1', attempt: 1, alive: true, evidence: null }
    run.give('report-attack', { ...report, result: 'failed' }, 62_000)
    expect(unquiet(run.state, 62_000)).toEqual({ code: 'not-quiet-recovery', team: 'meremaa' })
    fixed(run, 'meremaa', 'wave-1', 70_000)
    run.give('pass-time', {}, 71_000)
    allSeen(run, 'meremaa', 'slow', 71_000)
    expect(unquiet(run.state, 71_000)).toBeNull()
    const visit = { team: 'laanemets', persona: 'elder', service: 'portal', journey: 'mailbox' }
    run.give('report-visit', { ...visit, ...look('broken') }, 72_000)
    expect(unquiet(run.state, 101_999)).toEqual({ code: 'not-quiet-complaint', team: 'laanemets' })
    expect(unquiet(run.state, 102_000)).toBeNull()
    run.give('answer-ticket', { team: 'laanemets', ticket: 'T1', text: 'We are at it.' }, 102_000)
    expect(unquiet(run.state, 110_000)?.code).toBe('not-quiet-complaint')
  })

  test('a recovery is over once the service does its work again, and what it took is without the skip', () => {
    const run = runningRun()
    for (const { id } of madeTeams) {
      allSeen(run, id, 'up', 0)
      attacked(run, id, 'wave-1', id === 'meremaa' ? 'landed' : 'defended')
    }
    run.give('pass-time', {}, 60_000)
    seen(run, 'meremaa', 'population/lookup', 'broken', 61_000)
    fixed(run, 'meremaa', 'wave-1', 65_000)
    expect(unquiet(run.state, 65_000)?.code).toBe('not-quiet-recovery')
    seen(run, 'meremaa', 'population/lookup', 'up', 67_000)
    run.give('skip-quiet-time', { toMs: skipToMs(run.state, 67_000) ?? 0 }, 67_000)
    seen(run, 'meremaa', 'population/lookup', 'slow', 115_000)
    const took = explain(run.state, 'meremaa', 119_000).find(({ code }) => code === 'recovery.restored')
    expect(took?.params).toEqual({ tookMs: 7_000 })
  })

  test('a breach that costs no more does not hold everybody up', () => {
    const run = runningRun()
    for (const { id } of madeTeams) attacked(run, id, 'wave-1', id === 'meremaa' ? 'landed' : 'defended')
    run.give('pass-time', {}, 60_000)
    const over = 60_000 + madeScenario.scoring.recoveryZeroMs
    expect(unquiet({ ...run.state, scenario: { ...madeScenario, attacks: [] } }, over - 1)?.code).toBe(
      'not-quiet-recovery',
    )
    expect(unquiet({ ...run.state, scenario: { ...madeScenario, attacks: [] } }, over)).toBeNull()
  })

  test('nobody wins or loses by it: all later points are as if the time had not been', () => {
    fc.assert(
      fc.property(randomExercise, fc.nat(), fc.integer({ min: 1, max: 100_000 }), (run, where, span) => {
        const { ledger } = run
        const end = run.state.atMs
        const quiet = quietCuts(ledger, end)
        const cut = quiet[where % quiet.length]
        fc.pre(cut !== undefined && end + span <= madeScenario.durationMs)
        const fromMs = momentOf(ledger[cut], end)
        const skip = fact('exercise.skipped', fromMs + span, { fromMs, by: white() })
        const leapt = [
          ...ledger.slice(0, cut),
          { ...skip, position: 0, wall: 0 } as Recorded,
          ...ledger.slice(cut).map((event) => later(event, fromMs, span)),
        ].map((event, i) => ({ ...event, position: i + 1 }))
        const state = fold(leapt)
        for (const { id } of madeTeams)
          expect(scoreAt(state, id, end + span)).toEqual(scoreAt(run.state, id, end))
      }),
      { numRuns: 60 },
    )
  })

  test('points lost over time stand still across it', () => {
    const run = runningRun()
    allSeen(run, 'meremaa', 'down', 0)
    run.give('skip-quiet-time', { toMs: 50_000 }, 20_000)
    const { timesMs, teams } = seriesOf(run.ledger, 10_000, 60_000)
    expect(timesMs).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000])
    const [zero, ten, twenty, thirty, forty, fifty, sixty] = teams[0]?.lost ?? []
    expect(twenty).toBeGreaterThan(ten ?? 0)
    expect(ten).toBeGreaterThan(zero ?? 0)
    expect([thirty, forty, fifty]).toEqual([twenty, twenty, twenty])
    expect(sixty).toBeGreaterThan(fifty ?? 0)
  })
})

describe('the speed of exercise time', () => {
  test('may change while the range stands, within bounds, and is told to all', () => {
    const run = readyRun()
    run.give('change-speed', { speed: 2 })
    expect(run.state.speed).toBe(2)
    run.give('start-exercise', {})
    expect(run.give('change-speed', { speed: 2 }, 5_000)).toEqual([])
    const [changed] = run.give('change-speed', { speed: 0.5 }, 5_000)
    expect(changed).toMatchObject({ type: 'speed.changed', at: 5_000, data: { from: 2, to: 0.5 } })
    for (const speed of [0, -1, 21, Number.NaN])
      expect(run.refused('change-speed', { speed }, 6_000).code).toBe('bad-speed')
    expect(run.state.story.at(-1)).toMatchObject({ code: 'story.speed.changed', params: { speed: 0.5 } })
    run.give('end-exercise', { reason: 'over' }, 7_000)
    expect(run.refused('change-speed', { speed: 1 }).code).toBe('wrong-phase')
  })
})
