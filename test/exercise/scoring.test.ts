import { describe, expect, test } from 'vitest'
import { decide } from '#exercise/decide/decide.ts'
import { fold } from '#exercise/fold/evolve.ts'
import { PLATFORM } from '#exercise/ledger/actor.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { better, scoreAt } from '#exercise/scoring/scoring.ts'
import { white } from '../kit/actors.ts'
import { madeScenario } from './made-scenario.ts'
import { allSeen, attacked, finish, fixed, readyRun, runningRun, seen } from './run.ts'

const END = madeScenario.durationMs
const defendAll = (run: ReturnType<typeof runningRun>, team: string) => {
  for (const attack of madeScenario.attacks) attacked(run, team, attack.id, 'defended')
}
const line = (run: ReturnType<typeof runningRun>, id: string, at: number) => {
  const found = explain(run.state, 'meremaa', at).find((l) => l.id === id)
  if (!found) throw new Error(`no line ${id}`)
  return found
}

describe('scoring', () => {
  test('[SC1] everything up and every attack blocked is 10,000 of 10,000', () => {
    const run = runningRun()
    defendAll(run, 'meremaa')
    finish(run)
    const score = scoreAt(run.state, 'meremaa', END)
    expect(score).toEqual({
      total: 10_000,
      possible: 10_000,
      categories: {
        availability: { points: 5_000, possible: 5_000 },
        defence: { points: 3_000, possible: 3_000 },
        recovery: { points: 2_000, possible: 2_000 },
        usability: { points: 0, possible: 0 },
        reporting: { points: 0, possible: 0 },
        forensics: { points: 0, possible: 0 },
        strategic: { points: 0, possible: 0 },
      },
    })
  })

  test('[SC1] without any attack in the timeline, availability is worth all', () => {
    const run = runningRun({ ...madeScenario, attacks: [] })
    finish(run)
    expect(scoreAt(run.state, 'meremaa', END)).toMatchObject({ total: 10_000, possible: 10_000 })
  })

  test('[SC3] availability is the integral over time: half the time down is half the points', () => {
    const run = runningRun()
    allSeen(run, 'meremaa', 'down', END / 2)
    finish(run)
    const { availability } = scoreAt(run.state, 'meremaa', END).categories
    expect(availability.possible).toBe(5_000)
    expect(availability.points).toBeCloseTo(2_500, 1)
  })

  test('[SC3] what was unknown is neither points nor possible', () => {
    const run = runningRun()
    allSeen(run, 'meremaa', 'unknown', END / 4)
    finish(run)
    const { availability } = scoreAt(run.state, 'meremaa', END).categories
    expect(availability.possible).toBeCloseTo(1_250, 1)
    expect(availability.points).toBe(availability.possible)
  })

  test('[SC4] a failing light check or a dead container takes the whole service down', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/alive', 'down', 100_000)
    seen(run, 'meremaa', 'tax/alive', 'up', 200_000)
    run.give(
      'report-container',
      { team: 'meremaa', service: 'tax', happened: 'died', exitCode: 137, oom: true },
      300_000,
    )
    run.give(
      'report-container',
      { team: 'meremaa', service: 'tax', happened: 'started', exitCode: 0, oom: false },
      350_000,
    )
    expect(line(run, 'availability/tax', 400_000).params).toMatchObject({
      upMs: 250_000,
      downMs: 150_000,
      unknownMs: 0,
    })
    expect(line(run, 'availability/portal', 400_000).params).toMatchObject({ upMs: 400_000, downMs: 0 })
  })

  test('[SC4] until a journey is looked at for the first time, the light check stands for it', () => {
    const run = readyRun()
    for (const { id } of run.state.scenario.services) seen(run, 'meremaa', `${id}/alive`, 'up')
    run.give('start-exercise', {})
    seen(run, 'meremaa', 'tax/alive', 'down', 20_000)
    seen(run, 'meremaa', 'tax/alive', 'up', 30_000)
    for (const { id, journeys } of run.state.scenario.services)
      for (const journey of journeys.filter(({ alive }) => !alive))
        seen(run, 'meremaa', `${id}/${journey.id}`, id === 'tax' ? 'broken' : 'up', 40_000)
    expect(line(run, 'availability/tax', 100_000).params).toMatchObject({
      upMs: 30_000,
      downMs: 10_000,
      brokenMs: 60_000,
      unknownMs: 0,
    })
    expect(line(run, 'availability/portal', 100_000).params).toMatchObject({ upMs: 100_000, unknownMs: 0 })
  })

  test('[SC5] slow and broken earn their credit, each journey its part of the service', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/file', 'slow', 0)
    seen(run, 'meremaa', 'tax/refund', 'broken', 0)
    finish(run)
    const tax = line(run, 'availability/tax', END)
    expect(tax.possible).toBeCloseTo((5_000 * 3) / 7, 2)
    expect(tax.points).toBeCloseTo((tax.possible * (0.7 + 0.2 + 1)) / 3, 2)
  })

  test('[SC6] blocked by outage earns nothing, blocked while the service works earns all', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'outage')
    attacked(run, 'meremaa', 'wave-2', 'defended')
    expect(line(run, 'defence/wave-1', 130_000)).toMatchObject({ points: 0, code: 'defence.outage' })
    const blocked = line(run, 'defence/wave-2', 130_000)
    expect(blocked).toMatchObject({ code: 'defence.blocked', rule: 'SC6' })
    expect(blocked.points).toBe(blocked.possible)
    expect(blocked.possible).toBeCloseTo((3_000 * 2) / 6.5, 2)
    const named = blocked.events.map((position) => run.ledger[position - 1]?.type)
    expect(named).toEqual(['attack.blocked'])
  })

  test('[SC7] a landed attack keeps 40 % at once, less while its foothold stays, and no less after it closed', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed')
    const possible = line(run, 'defence/wave-1', 60_000).possible
    expect(line(run, 'defence/wave-1', 60_000).points).toBeCloseTo(possible * 0.4, 2)
    expect(line(run, 'defence/wave-1', 120_000).points).toBeCloseTo(possible * 0.4 * 0.75, 2)
    fixed(run, 'meremaa', 'wave-1', 180_000)
    expect(line(run, 'defence/wave-1', 180_000).points).toBeCloseTo(possible * 0.2, 2)
    expect(line(run, 'defence/wave-1', 500_000).points).toBeCloseTo(possible * 0.2, 2)
  })

  test('[SC7] [SC9] how long the platform took to look again costs nobody anything: it counts until it was last seen', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed')
    fixed(run, 'meremaa', 'wave-1', 180_000, 120_000)
    const { possible } = line(run, 'defence/wave-1', 180_000)
    expect(line(run, 'defence/wave-1', 180_000).points).toBeCloseTo(possible * 0.4 * 0.75, 2)
    expect(line(run, 'recovery/wave-1', 180_000).params).toEqual({ tookMs: 60_000 })
    // Nobody says that it was seen before it landed, or after it was found gone.
    attacked(run, 'meremaa', 'wave-3', 'landed')
    fixed(run, 'meremaa', 'wave-3', 230_000, 10_000)
    expect(line(run, 'defence/wave-3', 230_000).params).toEqual({ dwellMs: 0 })
    attacked(run, 'meremaa', 'wave-4', 'landed')
    fixed(run, 'meremaa', 'wave-4', 330_000, 400_000)
    expect(line(run, 'defence/wave-4', 330_000).params).toEqual({ dwellMs: 30_000 })
  })

  test('[SC9] a service that was broken when its foothold was found gone is restored when it works, and no sooner', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-2', 'landed')
    seen(run, 'meremaa', 'tax/file', 'broken', 130_000)
    fixed(run, 'meremaa', 'wave-2', 150_000, 140_000)
    expect(line(run, 'recovery/wave-2', 160_000).code).toBe('recovery.open')
    seen(run, 'meremaa', 'tax/file', 'up', 170_000)
    expect(line(run, 'recovery/wave-2', 180_000).params).toEqual({ tookMs: 50_000 })
  })

  test('[SC7] an exercise of an earlier version is scored by that: until the look that found it gone', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed')
    fixed(run, 'meremaa', 'wave-1', 180_000, 120_000)
    const earlier = run.ledger.map((event) =>
      event.type === 'exercise.created' ? { ...event, data: { ...event.data, rulesVersion: 2 } } : event,
    )
    const at2 = decide(fold(earlier.slice(0, -1) as Recorded[]), {
      type: 'report-foothold',
      at: 180_000,
      by: PLATFORM,
      data: {
        team: 'meremaa',
        attack: 'wave-1',
        result: 'failed',
        alive: true,
        evidence: null,
        openMs: 120_000,
      },
    })
    expect(at2.ok && at2.events[0]?.data).not.toHaveProperty('sinceMs')
  })

  test('evidence of what cost points stays when the service works again', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/file', 'broken', 100_000)
    seen(run, 'meremaa', 'tax/file', 'up', 160_000)
    expect(line(run, 'availability/tax', 200_000).evidence?.received).toBe('was broken')
    expect(line(run, 'availability/portal', 200_000).evidence).toBeNull()
  })

  test('[SC7] [SC9] what is open when the exercise ends stays open, and no line says that it goes on', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-5', 'landed')
    const codes = (at: number) => ['defence', 'recovery'].map((of) => line(run, `${of}/wave-5`, at).code)
    expect(codes(500_000)).toEqual(['defence.breached', 'recovery.open'])
    finish(run)
    expect(codes(END)).toEqual(['defence.held', 'recovery.never'])
    expect(line(run, 'defence/wave-5', END).params).toEqual({ dwellMs: END - 420_000 })
  })

  test('[SC8] a hint that is free is no line of the score', () => {
    const free = { ...madeScenario, scoring: { ...madeScenario.scoring, hintCosts: [0, 0, 50] as const } }
    const run = runningRun(free)
    for (const level of [1, 2, 3])
      run.give('take-hint', { team: 'meremaa', weakness: 'tax-1', level }, 10_000)
    attacked(run, 'meremaa', 'wave-1', 'defended')
    expect(explain(run.state, 'meremaa', 60_000).filter(({ code }) => code === 'defence.hint')).toMatchObject(
      [{ id: 'hint/tax-1/3' }],
    )
  })

  test('[SC8] hints cost defence points, never below nothing', () => {
    const run = runningRun()
    run.give('take-hint', { team: 'meremaa', weakness: 'tax-1', level: 1 }, 10_000)
    run.give('take-hint', { team: 'meremaa', weakness: 'tax-1', level: 2 }, 10_000)
    expect(scoreAt(run.state, 'meremaa', 10_000).categories.defence).toEqual({ points: 0, possible: 0 })
    attacked(run, 'meremaa', 'wave-1', 'defended')
    const { defence } = scoreAt(run.state, 'meremaa', 60_000).categories
    expect(defence.possible - defence.points).toBe(70)
    expect(line(run, 'hint/tax-1/2', 60_000)).toMatchObject({ points: -50, code: 'defence.hint' })
  })

  test('[SC9] recovery needs the foothold closed and the service sound', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-2', 'landed', 120_000)
    seen(run, 'meremaa', 'tax/file', 'broken', 130_000)
    fixed(run, 'meremaa', 'wave-2', 150_000)
    expect(line(run, 'recovery/wave-2', 170_000)).toMatchObject({ points: 0, code: 'recovery.open' })
    seen(run, 'meremaa', 'tax/file', 'up', 175_000)
    const restored = line(run, 'recovery/wave-2', 500_000)
    expect(restored).toMatchObject({ code: 'recovery.restored', params: { tookMs: 55_000 } })
    expect(restored.points).toBe(restored.possible)
    expect(restored.events.map((p) => run.ledger[p - 1]?.type)).toEqual([
      'attack.landed',
      'foothold.closed',
      'verdict.changed',
    ])
  })

  test('[SC9] recovery points go linearly to nothing, and a later outage does not take them back', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed')
    fixed(run, 'meremaa', 'wave-1', 60_000 + 150_000)
    seen(run, 'meremaa', 'population/alive', 'down', 300_000)
    const { points, possible } = line(run, 'recovery/wave-1', 400_000)
    expect(points).toBeCloseTo(possible / 2, 2)
  })

  test('[SC9] a foothold that closes at the very moment at which the service breaks restores nothing, in either order', () => {
    const scores = [true, false].map((closeFirst) => {
      const run = runningRun()
      attacked(run, 'meremaa', 'wave-1', 'landed')
      const close = () => fixed(run, 'meremaa', 'wave-1', 90_000)
      const breakIt = () => seen(run, 'meremaa', 'population/lookup', 'broken', 90_000)
      for (const act of closeFirst ? [close, breakIt] : [breakIt, close]) act()
      expect(line(run, 'recovery/wave-1', 100_000).code).toBe('recovery.open')
      seen(run, 'meremaa', 'population/lookup', 'up', 180_000)
      return line(run, 'recovery/wave-1', 200_000)
    })
    expect(scores[0]).toMatchObject({ code: 'recovery.restored', params: { tookMs: 120_000 } })
    expect(scores[1]?.points).toBe(scores[0]?.points)
  })

  test('[SC10] an adjustment counts with its reason, within what is possible', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'outage')
    const before = scoreAt(run.state, 'meremaa', 60_000)
    const adjust = { team: 'meremaa', category: 'defence', reason: 'Reported it well.' } as const
    run.give('adjust-score', { ...adjust, points: 100, seen: 0 }, 60_000, white())
    expect(scoreAt(run.state, 'meremaa', 60_000).total).toBe(before.total + 100)
    run.give('adjust-score', { ...adjust, points: 3_000, seen: 1 }, 60_000, white())
    const { defence } = scoreAt(run.state, 'meremaa', 60_000).categories
    expect(defence.points).toBe(defence.possible)
  })

  test('[SC11] what was void for one team costs it no place', () => {
    const run = runningRun()
    attacked(run, 'saareke', 'wave-1', 'defended')
    for (const attempt of [1, 2]) {
      run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 61_000)
      const report = { team: 'meremaa', attack: 'wave-1', attempt, alive: false, evidence: null }
      run.give('report-attack', { ...report, result: 'fault' }, 61_000)
    }
    const [mine, theirs] = ['meremaa', 'saareke'].map((team) => scoreAt(run.state, team, 61_000))
    if (!mine || !theirs) throw new Error('no scores')
    expect(mine.possible).toBeLessThan(theirs.possible)
    expect(better(mine, theirs)).toBe(0)
  })

  test('nothing counts before the start', () => {
    const run = readyRun()
    allSeen(run, 'meremaa', 'down')
    expect(scoreAt(run.state, 'meremaa', 50_000)).toMatchObject({ total: 0, possible: 0 })
  })
})
