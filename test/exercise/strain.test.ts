import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attackOf, teamOf, verdictOf } from '#exercise/fold/state.ts'
import { behind } from '#exercise/schedule/behind.ts'
import { restMs } from '#exercise/schedule/rest.ts'
import { noStrain, type Strain, type StrainReading, strained } from '#exercise/schedule/strain.ts'
import type { Records } from '#exercise/schedule/task.ts'
import { wanted } from '#exercise/schedule/wanted.ts'
import { wantedUnseen } from '#exercise/schedule/wanted-unseen.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { attacked, look, type Run, runningRun, seen } from './run.ts'
import { broadScenario, manyTeams, oneMachine, running, simulate } from './schedule-run.ts'

const fine: StrainReading = {
  referenceMs: 20,
  probesMs: 5,
  ownMs: 0,
  behind: 0,
  pressure: { processors: 5, memory: 0, disk: 0 },
}
const slow: StrainReading = { ...fine, referenceMs: 900, pressure: { processors: 80, memory: 0, disk: 3 } }

/** Readings a second apart. */
const after = (readings: readonly StrainReading[], from: Strain = noStrain(0), fromMs = 0): Strain =>
  readings.reduce((strain, reading, n) => strained(strain, reading, fromMs + (n + 1) * 1_000), from)
const times = (n: number, reading: StrainReading) => Array.from({ length: n }, () => reading)

const late = (run: Run, at: number, stretch = 2) =>
  run.give('report-strain', { late: true, stretch, cause: 'processors' }, at)
const onTime = (run: Run, at: number) =>
  run.give('report-strain', { late: false, stretch: 1, cause: 'processors' }, at)

describe('[SC19] the platform knows its own strain', () => {
  test('one late look says nothing, a second one that measurements are late, and why', () => {
    expect(after([slow, fine, slow, fine]).late).toBe(false)
    expect(after([slow, slow])).toMatchObject({ late: true, cause: 'processors' })
    expect(after(times(2, { ...fine, probesMs: 800 })).late).toBe(true)
    expect(after(times(2, { ...fine, ownMs: 800 }))).toMatchObject({ late: true, cause: 'platform' })
    expect(
      after(times(2, { ...slow, pressure: { processors: null, memory: null, disk: null } })),
    ).toMatchObject({ late: true, cause: 'machine' })
  })

  test('ten seconds without a late look, and they are trusted again', () => {
    const then = after(times(4, slow))
    expect(after(times(9, fine), then, 4_000).late).toBe(true)
    expect(after(times(10, fine), then, 4_000).late).toBe(false)
  })

  test('without a reference and without delay nothing is ever late', () => {
    expect(after(times(600, { ...fine, referenceMs: null }))).toMatchObject({ late: false, stretch: 1 })
  })

  test('all intervals are stretched step by step while it lasts, and shrink one by one afterwards', () => {
    const long = after(times(120, slow))
    expect(long.stretch).toBe(16)
    expect(after(times(30, fine), long, 120_000).stretch).toBe(12)
    expect(after(times(400, fine), long, 120_000)).toMatchObject({ stretch: 1, late: false })
  })

  test('looks that find no place in time stretch them too, after a while, without being late', () => {
    const crowded = { ...fine, behind: 4 }
    expect(after(times(14, crowded)).stretch).toBe(1)
    expect(after(times(17, crowded))).toMatchObject({ late: false, stretch: 1.5, cause: 'looks' })
  })

  test('a step down that had to be taken back is tried again later and later', () => {
    // The machine carries twice the interval, and no less.
    let strain = noStrain(0)
    const downs: number[] = []
    for (let ms = 1_000; ms <= 1_200_000; ms += 1_000) {
      const next = strained(strain, strain.stretch >= 2 ? fine : slow, ms)
      if (next.stretch < strain.stretch) downs.push(ms)
      strain = next
    }
    const gaps = downs.slice(1).map((ms, n) => ms - (downs[n] ?? 0))
    expect(downs.length).toBeLessThan(14)
    expect(gaps.at(-1)).toBeGreaterThan(3 * (gaps[0] ?? 0))
  })

  test('whatever is read, the stretch stays within 1 and 16', () => {
    const reading = fc.record({
      referenceMs: fc.option(fc.nat(20_000)),
      probesMs: fc.nat(3_000),
      ownMs: fc.nat(3_000),
      behind: fc.double({ min: 0, max: 100, noNaN: true }),
      pressure: fc.constant(fine.pressure),
    })
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 300 }), (readings) => {
        const { stretch } = after(readings)
        expect(stretch).toBeGreaterThanOrEqual(1)
        expect(stretch).toBeLessThanOrEqual(16)
      }),
    )
  })
})

describe('[SC19] own overload is no team’s failure', () => {
  test('what is slow, broken or down while measurements are late is unknown, at once, and costs nothing', () => {
    const run = runningRun()
    late(run, 10_000)
    for (const [journey, verdict] of [
      ['file', 'slow'],
      ['refund', 'broken'],
      ['history', 'down'],
    ] as const)
      run.give('report-check', { team: 'meremaa', service: 'tax', journey, results: [look(verdict)] }, 11_000)
    for (const journey of ['file', 'refund', 'history'])
      expect(verdictOf(run.state, 'meremaa', 'tax', journey)).toBe('unknown')
    const { points, possible } = scoreAt(run.state, 'meremaa', 500_000).categories.availability
    expect(points).toBe(possible)
    expect(points).toBeLessThan(scoreAt(run.state, 'saareke', 500_000).categories.availability.points)
  })

  test('what works is up as ever', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/alive', 'down', 4_000)
    late(run, 10_000)
    seen(run, 'meremaa', 'tax/alive', 'up', 11_000)
    expect(verdictOf(run.state, 'meremaa', 'tax', 'alive')).toBe('up')
  })

  test('what was down before and is not looked at goes on costing; what turned bad just before does not: that was the overload', () => {
    const run = runningRun()
    seen(run, 'meremaa', 'tax/alive', 'down', 4_000)
    seen(run, 'meremaa', 'portal/alive', 'down', 6_000)
    late(run, 10_000)
    expect(verdictOf(run.state, 'meremaa', 'tax', 'alive')).toBe('down')
    expect(verdictOf(run.state, 'meremaa', 'portal', 'alive')).toBe('unknown')
    // Later words of the same lateness change nothing more.
    seen(run, 'saareke', 'tax/alive', 'up', 11_000)
    late(run, 12_000, 3)
    expect(verdictOf(run.state, 'meremaa', 'tax', 'alive')).toBe('down')
  })

  test('an attack that gets no answer is abandoned then, however long it has been late', () => {
    const run = runningRun()
    late(run, 10_000, 16)
    attacked(run, 'meremaa', 'wave-1', 'outage', 62_000)
    expect(attackOf(teamOf(run.state, 'meremaa'), 'wave-1')?.state).toBe('abandoned')
  })

  test('it is tried again when measurements are on time, and whoever froze for lateness has to freeze anew; landed it counts', () => {
    const run = runningRun()
    late(run, 61_000)
    attacked(run, 'meremaa', 'wave-1', 'outage', 62_000)
    const state = () => attackOf(teamOf(run.state, 'meremaa'), 'wave-1')?.state
    expect(state()).toBe('abandoned')
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 70_000)
    expect(state()).toBe('abandoned')
    onTime(run, 100_000)
    attacked(run, 'meremaa', 'wave-1', 'outage', 101_000)
    expect(state()).toBe('blocked-by-outage')
    attacked(run, 'saareke', 'wave-1', 'landed', 102_000)
    expect(attackOf(teamOf(run.state, 'saareke'), 'wave-1')?.state).toBe('landed')
    // Measurements were on time again when this one came.
    attacked(run, 'meremaa', 'wave-2', 'outage', 121_000)
    expect(attackOf(teamOf(run.state, 'meremaa'), 'wave-2')?.state).toBe('blocked-by-outage')
  })

  test('citizens who fail then complain of nothing, and their time is not known', () => {
    const run = runningRun()
    const visit = { team: 'meremaa', persona: 'worker', service: 'tax', journey: 'file' }
    const fails = (at: number) =>
      run.give('report-visit', { ...visit, verdict: 'broken', evidence: null }, at)
    late(run, 10_000)
    expect(fails(11_000)).toEqual([])
    onTime(run, 70_000)
    expect(fails(71_000)).toHaveLength(1)
    expect(teamOf(run.state, 'meremaa')?.usability[1]?.knownMs).toBe(10_000 + 1_000)
  })

  test('the wall says that measurements are late instead of an outage, and white by how much looks are stretched', () => {
    const run = runningRun()
    late(run, 10_000, 4)
    for (const { id } of run.state.teams)
      run.give(
        'report-check',
        { team: id, service: 'tax', journey: 'alive', results: [look('down')] },
        11_000,
      )
    const wall = nationalView(run.state, 12_000)
    expect(wall).toMatchObject({ late: true, affected: 0, situation: { code: 'situation.late' } })
    const { strain } = exerciseView(run.state, 12_000, { seat: 'white' })
    expect(strain).toMatchObject({ late: true, stretch: 4, cause: 'processors', sinceMs: 10_000 })
  })

  test('looks come as many times less often; what is down is looked at as soon as ever, unless measurements are late', () => {
    const teams = manyTeams(2)
    const state = running(broadScenario(3, 2, 20_000), teams)
    const isDown = (key: string) => key.startsWith('t0/s0')
    const starts = (stretch: number, isLate: boolean) => {
      const all = simulate({
        state: { ...state, strain: { ...state.strain, stretch, late: isLate } },
        capacity: oneMachine(teams, 8),
        ms: 600_000,
        costMs: () => 50,
        good: ({ key }) => !isDown(key),
      })
      const down = all.filter(({ one }) => isDown(one.key)).length
      return { well: all.length - down, down }
    }
    const usual = starts(1, false)
    const stretched = starts(4, false)
    const late = starts(4, true)
    expect(stretched.well).toBeLessThan(usual.well / 3.5)
    expect(stretched.down).toBeGreaterThan(usual.down * 0.9)
    expect(late.down).toBeLessThan(usual.down / 3.5)
  })

  test('what hangs keeps its place from others no longer than half a minute, however far looks are stretched', () => {
    const strain = { late: true, stretch: 16 }
    expect(restMs({ lane: 'full', first: false }, 500, strain)).toBe(8_000)
    expect(restMs({ lane: 'full', first: false }, 20_000, strain)).toBe(30_000)
    expect(restMs({ lane: 'full', first: false }, 40_000, strain)).toBe(40_000)
    expect(restMs({ lane: 'light', first: false }, 9_000, strain)).toBe(8_000)
    expect(restMs({ lane: 'light', first: false }, 300, { late: false, stretch: 16 })).toBe(300)
  })

  test('looks at footholds come as often as ever: each costs its team until it is found closed', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    late(run, 61_000, 16)
    const due = (atMs: number) =>
      wanted(
        run.state,
        { tasks: new Map(), served: new Map(), turned: new Map() },
        { atMs, wallMs: atMs },
      ).some(({ task }) => task.kind === 'foothold')
    expect([due(69_000), due(71_000)]).toEqual([false, true])
  })

  test('a team whose own services hang stretches nobody’s looks', () => {
    const teams = manyTeams(3)
    const state = running(broadScenario(3, 2, 20_000), teams)
    const waits = (team: string, dueMs: number) => ({
      task: { kind: 'light-check', team, service: 's0', journey: 'alive' } as const,
      key: `${team}/s0/alive`,
      id: `${team}/s0/alive`,
      team,
      lane: 'light' as const,
      dueMs,
      everyMs: 5_000,
      first: false,
      touches: null,
    })
    expect(behind(state, [waits('t0', 0)], 100_000)).toBe(0)
    expect(behind(state, [waits('t0', 0), waits('t1', 50_000)], 100_000)).toBe(10)
    expect(behind(state, [{ ...waits('t0', 0), first: true }, waits('t1', 0)], 100_000)).toBe(0)
  })
})

describe('[SC19] what nobody looked at', () => {
  const KEY = 'meremaa/tax/alive'
  const records = (seenMs: number, more: object = {}): Records => {
    const moment = { atMs: seenMs, wallMs: seenMs }
    const record = { runs: 3, startedMs: seenMs, startedBy: 0, ended: moment, bad: 0, faults: 0 }
    return {
      tasks: new Map([[KEY, { ...record, stretch: 1, seen: moment, ...more }]]),
      served: new Map(),
      turned: new Map(),
    }
  }
  const at = (ms: number, wallMs = ms) => ({ atMs: ms, wallMs })
  const tasks = (run: Run, known: Records, ms: number, wallMs = ms) =>
    wantedUnseen(run.state, known, at(ms, wallMs)).map(({ task }) => task)

  test('for three intervals becomes unknown, with the cause', () => {
    const run = runningRun()
    expect(tasks(run, records(100_000), 115_000)).toEqual([])
    const [task] = tasks(run, records(100_000), 115_100)
    expect(task).toMatchObject({
      kind: 'unseen',
      team: 'meremaa',
      service: 'tax',
      journey: 'alive',
      why: 'late',
    })
    run.give(
      'report-unseen',
      { team: 'meremaa', service: 'tax', journey: 'alive', forMs: 15_100, why: 'late' },
      115_100,
    )
    const state = teamOf(run.state, 'meremaa')?.services.find(({ id }) => id === 'tax')
    expect(state?.journeys[0]).toMatchObject({
      verdict: 'unknown',
      evidence: { received: expect.stringContaining('15 s') },
    })
    expect(run.state.whiteStory.at(-1)?.code).toBe('story.service.unknown')
    expect(tasks(run, records(100_000), 130_000)).toEqual([])
  })

  test('intervals are as they are stretched, and as they were when the last look was planned', () => {
    const run = runningRun()
    expect(tasks(run, records(100_000, { stretch: 4 }), 159_000)).toEqual([])
    expect(tasks(run, records(100_000, { stretch: 4 }), 161_000)).toHaveLength(1)
    run.give('report-strain', { late: false, stretch: 4, cause: 'looks' }, 50_000)
    expect(tasks(run, records(100_000), 159_000)).toEqual([])
  })

  test('neither a pause nor skipped time makes anything old', () => {
    const run = runningRun()
    expect(tasks(run, records(100_000), 110_000, 900_000)).toEqual([])
    expect(tasks(run, records(100_000), 400_000, 110_000)).toEqual([])
  })

  test('a team whose own looks hang is not excused: a look that goes on is a look, and what is known to be down stays so', () => {
    const run = runningRun()
    expect(tasks(run, records(100_000, { ended: null }), 200_000)).toEqual([])
    seen(run, 'meremaa', 'tax/alive', 'down', 90_000)
    expect(tasks(run, records(100_000), 200_000)).toEqual([])
    expect(tasks(run, records(100_000, { faults: 2 }), 200_000)).toMatchObject([{ why: 'fault' }])
    late(run, 100_000)
    expect(tasks(run, records(100_000), 200_000)).toHaveLength(1)
  })

  test('it is among what is wanted', () => {
    const run = runningRun()
    const kinds = wanted(run.state, records(100_000), at(200_000)).map(({ task }) => task.kind)
    expect(kinds).toContain('unseen')
  })
})
