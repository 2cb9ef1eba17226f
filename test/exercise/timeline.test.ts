import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hash32, random, shuffle } from '#exercise/random.ts'
import { regularAt } from '#exercise/schedule/again.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { readyRun, runningRun } from './run.ts'

describe('what is due', () => {
  test('nothing before the start, while paused and after the end', () => {
    const run = readyRun()
    const nothing = { passTime: false, attacks: [], notes: [] }
    expect(timelineDue(run.state, 100_000)).toMatchObject(nothing)
    run.give('start-exercise', {})
    run.give('pause-exercise', { reason: '' }, 1_000)
    expect(timelineDue(run.state, 100_000)).toMatchObject(nothing)
    run.give('end-exercise', { reason: '' })
    expect(timelineDue(run.state, 700_000)).toMatchObject(nothing)
  })

  test('an attack at its moment for every team at once, until it is launched', () => {
    const run = runningRun()
    expect(timelineDue(run.state, 59_999).attacks).toEqual([])
    expect(timelineDue(run.state, 60_000).attacks).toMatchObject(
      ['meremaa', 'saareke', 'laanemets'].map((team) => ({ team, attack: 'wave-1' })),
    )
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_000)
    expect(timelineDue(run.state, 60_100).attacks.map((a) => a.team)).toEqual(['saareke', 'laanemets'])
  })

  test('[SC12] an abandoned attack once more, a void one no more', () => {
    const run = runningRun()
    const mine = () => timelineDue(run.state, 60_000).attacks.some((a) => a.team === 'meremaa')
    for (const attempt of [1, 2]) {
      expect(mine()).toBe(true)
      run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_000)
      const report = { team: 'meremaa', attack: 'wave-1', attempt, alive: false, evidence: null }
      run.give('report-attack', { ...report, result: 'fault' })
    }
    expect(mine()).toBe(false)
  })

  test('phases to enter, and the end', () => {
    const run = runningRun()
    expect(timelineDue(run.state, 60_000).passTime).toBe(true)
    run.give('pass-time', {}, 60_000)
    expect(timelineDue(run.state, 70_000).passTime).toBe(false)
    expect(timelineDue(run.state, 600_000)).toMatchObject({ passTime: true, attacks: [] })
  })
})

const record = (runs: number, startedMs: number) => ({
  runs,
  startedMs,
  startedBy: 0,
  ended: { atMs: startedMs, wallMs: startedMs },
  stretch: 1,
  seen: { atMs: startedMs, wallMs: startedMs },
  bad: 0,
  faults: 0,
})

describe('seeded chance', () => {
  test('FNV-1a gives its published values', () => {
    expect(hash32('')).toBe(0x811c9dc5)
    expect(hash32('a')).toBe(0xe40c292c)
    expect(hash32('foobar')).toBe(0xbf9cf968)
  })

  test('numbers are in [0, 1), spread evenly, and the same for the same seed', () => {
    const next = random('seed')
    const numbers = Array.from({ length: 10_000 }, next)
    expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true)
    const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02)
    const again = random('seed')
    expect(numbers.slice(0, 5)).toEqual(Array.from({ length: 5 }, again))
  })

  test('checks come a quarter sooner or later than their interval', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(1_000), fc.nat(1e6), (key, k, after) => {
        const gap = regularAt('seed', key, record(k, after), 20_000) - after
        expect(gap).toBeGreaterThanOrEqual(15_000)
        expect(gap).toBeLessThanOrEqual(25_000)
      }),
    )
    const gaps = new Set(
      Array.from({ length: 50 }, (_, k) => regularAt('seed', 'tax/file', record(k, 0), 20_000)),
    )
    expect(gaps.size).toBeGreaterThan(40)
  })

  test('a shuffle keeps every member and depends on the seed', () => {
    const list = Array.from({ length: 20 }, (_, i) => i)
    expect([...shuffle('a', list)].toSorted((a, b) => a - b)).toEqual(list)
    expect(shuffle('a', list)).toEqual(shuffle('a', list))
    expect(shuffle('a', list)).not.toEqual(shuffle('b', list))
  })
})
