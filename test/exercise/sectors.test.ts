import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Audience, Scenario } from '#exercise/scenario/model.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { lookBackMs, markStepMs } from '#exercise/views/score-marks.ts'
import { type SectorRow, sectorsView } from '#exercise/views/sectors/sectors-view.ts'
import { type Folded, foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { white } from '../kit/actors.ts'
import { attack, madeScenario, madeTeams } from './made-scenario.ts'
import { attacked, fixed, type Run, runningRun, seen } from './run.ts'

/** An hour: long enough that not all of it is within the last ten minutes. */
const hour: Scenario = {
  ...madeScenario,
  durationMs: 3_600_000,
  attacks: [
    attack('a', 'population/search-injection', 300_000),
    attack('b', 'tax/refund-iban', 900_000, 2),
    attack('c', 'portal/stored-script', 1_500_000),
    attack('d', 'tax/foreign-declaration', 2_100_000),
  ],
}
const TEAMS = madeTeams.map(({ id }) => id)
const [first = '', second = '', third = ''] = TEAMS
const AUDIENCES: readonly Audience[] = [
  { seat: 'white' },
  { seat: 'observer' },
  { seat: 'guest' },
  { seat: 'blue', team: first },
]
const guest: Audience = { seat: 'guest' }
const observer: Audience = { seat: 'observer' }

/** Each ledger is folded once, however many ask. */
let last: { readonly events: readonly Recorded[]; readonly length: number; readonly folded: Folded } | null =
  null
function foldedOf(events: readonly Recorded[]): Folded {
  if (last?.events !== events || last.length !== events.length)
    last = { events, length: events.length, folded: foldOn(nothingFolded, events, events.length) }
  return last.folded
}

const ofStream = (events: readonly Recorded[], atMs: number, audience: Audience) => {
  const { state, losses } = foldedOf(events)
  if (!losses) throw new Error('an exercise without points')
  return sectorsView(state, losses, atMs, audience)
}
const shown = (run: Run, atMs: number, audience: Audience = observer) => ofStream(run.ledger, atMs, audience)
const streamOf = (run: Run, audience: Audience) =>
  run.ledger.flatMap((event) => redact(event, audience) ?? [])
const cell = (rows: readonly SectorRow[], team: string, id: string) =>
  rows.find((row) => row.team === team)?.cells.find((one) => one.attack === id)
const rowOf = (rows: readonly SectorRow[], team: string) => rows.find((row) => row.team === team)

/** What happens to each attack on each team, and whether the standings are held back for a while. */
const day = fc.record({
  fates: fc.array(
    fc.record({
      fate: fc.constantFrom('landed', 'landed', 'landed', 'defended', 'outage', 'none'),
      closedAfterMs: fc.constantFrom(null, 20_000, 20_000, 60_000, 240_000, 900_000),
    }),
    { minLength: 12, maxLength: 12 },
  ),
  heldMs: fc.constantFrom(null, null, 1_000_000, 1_700_000),
  revealed: fc.boolean(),
  endMs: fc.integer({ min: 400_000, max: 3_500_000 }),
})

const dayRun = day.map(({ fates, heldMs, revealed, endMs }) => {
  const run = runningRun(hour)
  const moves: { readonly at: number; readonly run: () => void }[] = []
  const later = (at: number, move: () => void) => {
    if (at <= endMs) moves.push({ at, run: move })
  }
  for (const [nth, { id }] of hour.attacks.entries()) {
    for (const [index, team] of TEAMS.entries()) {
      const { fate, closedAfterMs } = fates[nth * 3 + index] ?? { fate: 'none', closedAfterMs: null }
      const at = 300_000 + nth * 600_000 + index * 700
      if (fate === 'none') continue
      later(at, () => attacked(run, team, id, fate, at))
      if (fate === 'landed' && closedAfterMs !== null)
        later(at + closedAfterMs, () => fixed(run, team, id, at + closedAfterMs))
    }
  }
  if (heldMs !== null) {
    later(heldMs, () => run.give('freeze-standings', {}, heldMs, white()))
    if (revealed) later(2_500_000, () => run.give('reveal-standings', {}, 2_500_000, white()))
  }
  for (const move of moves.toSorted((a, b) => a.at - b.at)) move.run()
  return { run, endMs: Math.max(endMs, run.state.atMs) }
})

describe('sector times, of any day', { timeout: 60_000 }, () => {
  test('every attack that was concluded stands once in its team’s row, with how it stands', () => {
    fc.assert(
      fc.property(dayRun, ({ run, endMs }) => {
        const { columns, rows } = shown(run, endMs)
        expect(new Set(columns.map((one) => one.attack)).size).toBe(columns.length)
        expect(columns.map(({ atMs }) => atMs)).toEqual(
          columns.map(({ atMs }) => atMs).toSorted((a, b) => b - a),
        )
        for (const team of exerciseView(run.state, endMs, observer).teams) {
          const cells = rowOf(rows, team.id)?.cells ?? []
          expect(cells.map((one) => one.attack)).toEqual(columns.map((one) => one.attack))
          expect(cells.flatMap((one) => (one.state === 'not-yet' ? [] : one.attack)).toSorted()).toEqual(
            team.attacks.map((one) => one.attack).toSorted(),
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  test('the best of a column is its least, and nobody but the least', () => {
    fc.assert(
      fc.property(dayRun, ({ run, endMs }) => {
        const { columns, rows } = shown(run, endMs)
        for (const { attack: id } of columns) {
          const cells = rows.flatMap((row) => cell(rows, row.team, id) ?? [])
          const closed = cells.flatMap((one) => (one.state === 'closed' ? (one.ms ?? -1) : []))
          expect(cells.filter((one) => one.best).map((one) => one.ms)).toEqual(
            closed.filter((ms) => ms === Math.min(...closed)),
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  test('places that are moved sum to nothing, and lead from the order of then to that of now', () => {
    let moves = 0
    fc.assert(
      fc.property(dayRun, ({ run, endMs }) => {
        for (const audience of AUDIENCES) {
          const { rows } = shown(run, endMs, audience)
          moves += rows.filter((row) => row.moved !== 0).length
          expect(rows.reduce((sum, row) => sum + row.moved, 0)).toBe(0)
          const before = rows.map((row, place) => place + row.moved)
          expect(before.toSorted((a, b) => a - b)).toEqual(rows.map((_, place) => place))
        }
      }),
      { numRuns: 40 },
    )
    expect(moves).toBeGreaterThan(0)
  })

  test('folded from an own stream they are those of the whole ledger', () => {
    fc.assert(
      fc.property(dayRun, ({ run, endMs }) => {
        const whole = AUDIENCES.map((audience) => shown(run, endMs, audience))
        for (const [nth, audience] of AUDIENCES.entries())
          expect(ofStream(streamOf(run, audience), endMs, audience)).toEqual(whole[nth])
      }),
      { numRuns: 15 },
    )
  })

  test('ranks and points are those of the standings', () => {
    fc.assert(
      fc.property(dayRun, ({ run, endMs }) => {
        for (const audience of AUDIENCES)
          expect(shown(run, endMs, audience).rows.map((row) => [row.team, row.rank, row.points])).toEqual(
            expect.arrayContaining(
              exerciseView(run.state, endMs, audience).teams.map((team) => [
                team.id,
                team.rank,
                team.score.total,
              ]),
            ),
          )
      }),
      { numRuns: 30 },
    )
  })
})

describe('sector times', () => {
  const stormy = () => {
    const run = runningRun(hour)
    attacked(run, first, 'a', 'landed', 300_000)
    attacked(run, second, 'a', 'landed', 300_000)
    attacked(run, third, 'a', 'defended', 300_000)
    fixed(run, second, 'a', 345_000)
    fixed(run, first, 'a', 390_000)
    return run
  }

  test('say how soon each team closed, who was fastest, and what was stopped at the door', () => {
    const { rows } = shown(stormy(), 400_000)
    expect(cell(rows, second, 'a')).toEqual({ attack: 'a', state: 'closed', ms: 45_000, best: true })
    expect(cell(rows, first, 'a')).toEqual({ attack: 'a', state: 'closed', ms: 90_000, best: false })
    expect(cell(rows, third, 'a')).toEqual({ attack: 'a', state: 'blocked', ms: null, best: false })
  })

  test('run on while attackers are inside; an outage is no defence', () => {
    const run = stormy()
    attacked(run, first, 'b', 'landed', 900_000)
    attacked(run, second, 'b', 'outage', 900_000)
    const { columns, rows } = shown(run, 1_000_000)
    expect(columns.map((one) => one.attack)).toEqual(['b', 'a'])
    expect(cell(rows, first, 'b')).toMatchObject({ state: 'open', ms: 100_000, best: false })
    expect(cell(rows, second, 'b')).toMatchObject({ state: 'blocked-by-outage', ms: null })
    expect(cell(rows, third, 'b')).toMatchObject({ state: 'not-yet' })
  })

  test('white sees what is under way and when the next one comes; everybody else neither', () => {
    const run = stormy()
    run.give('launch-attack', { team: first, attack: 'b' }, 900_000)
    const of = (audience: Audience) => shown(run, 900_000, audience)
    expect(cell(of({ seat: 'white' }).rows, first, 'b')?.state).toBe('under-way')
    expect(of(observer).columns.map((one) => one.attack)).toEqual(['a'])
    // The same attack has yet to come to the other teams.
    expect(of({ seat: 'white' }).next).toEqual({ kind: 'attack', inMs: 0 })
    for (const audience of [observer, guest, { seat: 'blue', team: first } as const])
      expect(of(audience).next?.kind).toBe('unannounced')
    run.give('end-exercise', { reason: 'enough' }, 950_000, white())
    expect(shown(run, 950_000, { seat: 'white' }).next).toBeNull()
  })

  test('white reads an attack by its title, guests and teams by what it could do to people', () => {
    const title = (audience: Audience) => shown(stormy(), 400_000, audience).columns[0]?.title.en
    expect(title({ seat: 'white' })).toBe('Attack title of a')
    expect(title(observer)).toBe('Attack title of a')
    const plain = madeScenario.weaknesses.find(({ id }) => id === 'population/search-injection')?.publicText
      .en
    expect(title(guest)).toBe(plain)
    expect(title({ seat: 'blue', team: first })).toBe(plain)
  })

  test('who overtakes has moved up by as many as have moved down', () => {
    const run = runningRun(hour)
    attacked(run, first, 'a', 'defended', 300_000)
    attacked(run, second, 'a', 'landed', 300_000)
    attacked(run, third, 'a', 'outage', 300_000)
    expect(shown(run, 310_000).rows.map((row) => [row.team, row.moved])[0]?.[0]).toBe(first)
    // Twenty minutes later all of that is long ago, and the leader falls.
    attacked(run, first, 'b', 'outage', 1_500_000)
    attacked(run, second, 'b', 'defended', 1_500_000)
    attacked(run, third, 'b', 'outage', 1_500_000)
    const { rows, sinceMs } = shown(run, 1_560_000)
    expect(sinceMs).toBe(960_000)
    expect(rows[0]?.team).toBe(second)
    expect(rowOf(rows, second)?.moved).toBe(1)
    expect(rowOf(rows, first)?.moved).toBe(-1)
    expect(rows.map((row) => row.gap > 0)).toEqual([false, true, true])
  })

  test('points that were lost long ago are no news; those of the last minutes are, by their cause', () => {
    const run = runningRun(hour)
    attacked(run, first, 'a', 'outage', 300_000)
    seen(run, second, 'tax/file', 'down', 1_000_000)
    seen(run, second, 'tax/file', 'up', 1_400_000)
    attacked(run, third, 'c', 'defended', 1_500_000)
    const of = (team: string, audience: Audience) =>
      rowOf(shown(run, 1_560_000, audience).rows, team)?.changes
    expect(of(first, observer)).toEqual([])
    expect(of(second, observer)?.map(({ kind, cause, service }) => [kind, cause, service])).toEqual([
      ['lost', 'failures', 'tax'],
    ])
    expect(of(third, observer)?.[0]).toMatchObject({ kind: 'won', cause: 'blocked', service: 'portal' })
    // Guests and teams: by category.
    for (const audience of [guest, { seat: 'blue', team: second } as const]) {
      const [change] = of(second, audience) ?? []
      expect(change).toMatchObject({
        kind: 'lost',
        cause: 'category',
        category: 'availability',
        service: null,
      })
      expect(change?.points).toBeCloseTo(of(second, observer)?.[0]?.points ?? 0, 5)
    }
  })

  test('held back, guests and teams see all of it as of then; what came later shows when they are revealed', () => {
    const run = stormy()
    attacked(run, first, 'b', 'landed', 900_000)
    const then = shown(run, 960_000, guest)
    expect(then.rows.flatMap((row) => row.changes)).not.toEqual([])
    run.give('freeze-standings', {}, 960_000, white())
    fixed(run, first, 'b', 1_000_000)
    attacked(run, second, 'c', 'outage', 1_500_000)
    attacked(run, second, 'd', 'outage', 2_900_000)
    for (const audience of [guest, { seat: 'blue', team: second } as const]) {
      const { columns, rows, atMs, sinceMs } = shown(run, 3_000_000, audience)
      expect([atMs, sinceMs]).toEqual([960_000, 360_000])
      expect(rows).toEqual(then.rows)
      expect(columns.map((one) => one.attack)).toEqual(['b', 'a'])
      expect(cell(rows, first, 'b')).toMatchObject({ state: 'open', ms: 60_000 })
      // Since 6:00, when all attacks `a` were judged and the second had closed, only the first has lost anything in defence.
      expect(rowOf(rows, second)?.changes).toEqual([])
    }
    expect(shown(run, 3_000_000).columns.map((one) => one.attack)).toEqual(['d', 'c', 'b', 'a'])
    run.give('reveal-standings', {}, 3_000_000, white())
    expect(shown(run, 3_000_000, guest).columns.map((one) => one.attack)).toEqual(['d', 'c', 'b', 'a'])
  })

  test('look back to a minute of the clock, ten minutes before or a little more', () => {
    expect(markStepMs(3_000)).toBe(60_000)
    expect(markStepMs(120_000)).toBe(120_000)
    fc.assert(
      fc.property(
        fc.constantFrom(3_000, 15_000, 120_000),
        fc.integer({ min: 720_000, max: 28_800_000 }),
        (step, at) => {
          const since = lookBackMs(step, at)
          expect(since % step).toBe(0)
          expect(at - since).toBeGreaterThanOrEqual(600_000)
          expect(at - since).toBeLessThan(600_000 + markStepMs(step))
        },
      ),
    )
    expect(lookBackMs(3_000, 300_000)).toBe(0)
  })
})
