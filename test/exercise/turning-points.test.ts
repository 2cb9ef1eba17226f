import { expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { seriesOf } from '#exercise/views/series.ts'
import { MAIN, mainPoints, SWING_MS, turningPoints } from '#exercise/views/turning-points.ts'
import { goldenLedger } from './golden-views.ts'

const END_MS = 600_000
const ledger = goldenLedger('exercise-day')

function pointsFor(audience: Audience, of = ledger) {
  const events = of.flatMap((event) => redact(event, audience) ?? [])
  return turningPoints(fold(events), seriesOf(events, 3_000, END_MS), END_MS)
}

test('who was first and last to mend each attack is what the ledger says', () => {
  const told = pointsFor({ seat: 'white' })
  const closed = new Map<string, number[]>()
  const landed = new Map<string, number>()
  for (const { type, data, at } of ledger) {
    if (type === 'attack.landed') landed.set(data.attack, (landed.get(data.attack) ?? 0) + 1)
    if (type === 'foothold.closed') closed.set(data.attack, [...(closed.get(data.attack) ?? []), at])
  }
  const count = (kind: string) => told.filter((one) => one.kind === kind).length
  const all = [...landed].filter(([attack]) => (closed.get(attack)?.length ?? 0) > 0)
  expect(all.length).toBeGreaterThan(1)
  expect(count('first-landed')).toBe(landed.size)
  expect(count('first-mended')).toBe(all.length)
  expect(count('last-mended')).toBe(
    all.filter(([attack, n]) => n > 1 && closed.get(attack)?.length === n).length,
  )
  const times = [...closed.values()].map((ats) => Math.min(...ats)).sort((a, b) => a - b)
  expect(told.filter(({ kind }) => kind === 'first-mended').map(({ atMs }) => atMs)).toEqual(times)
})

test('they are in order, few, and of nothing that the audience may not know', () => {
  for (const audience of [{ seat: 'guest' }, { seat: 'observer' }, { seat: 'white' }] as const) {
    const told = pointsFor(audience)
    expect(told.length).toBeGreaterThan(3)
    expect(told.map(({ atMs }) => atMs)).toEqual(told.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
    for (const kind of ['outage', 'chain', 'swing'] as const)
      expect(told.filter((one) => one.kind === kind).length).toBeLessThanOrEqual(3)
    expect(told.some(({ kind }) => kind === 'note')).toBe(audience.seat === 'white')
  }
})

test('an outage lasts from its first broken moment to the first that is not; the longest are told', () => {
  const told = pointsFor({ seat: 'white' }).flatMap((one) => (one.kind === 'outage' ? [one] : []))
  const { teams } = fold(ledger)
  for (const { team, service, atMs, forMs } of told) {
    const history =
      teams.find(({ id }) => id === team)?.services.find(({ id }) => id === service)?.history ?? []
    const at = (ms: number) => history.findLast(({ fromMs }) => fromMs <= ms)?.verdict
    for (const ms of [atMs, atMs + forMs / 2, atMs + forMs - 1]) expect(['broken', 'down']).toContain(at(ms))
    if (atMs + forMs < END_MS) expect(['broken', 'down']).not.toContain(at(atMs + forMs))
  }
  expect(told.length).toBeGreaterThan(0)
})

test('a swing is the worst stretch of a team against the mean of all', () => {
  const state = fold(ledger)
  const timesMs = [0, 60_000, 120_000, SWING_MS + 120_000]
  const swings = turningPoints(
    { ...state, teams: state.teams.slice(0, 2), notes: [] },
    {
      timesMs,
      teams: [
        { id: 'a', lost: [0, 0, 40, 41] },
        { id: 'b', lost: [0, 0, 0, 41] },
      ],
    },
    END_MS,
  ).flatMap((one) => (one.kind === 'swing' ? [one] : []))
  expect(swings).toEqual([
    { kind: 'swing', team: 'a', points: 20, atMs: 120_000, withinMs: 120_000 },
    { kind: 'swing', team: 'b', points: 20, atMs: SWING_MS + 120_000, withinMs: SWING_MS },
  ])
})

test('how long attackers were inside is the same for all who are told', () => {
  // As on a real range, where an attack takes its time.
  const slow = ledger.map((event) =>
    event.type === 'attack.launched' ? { ...event, at: Math.max(0, event.at - 7_000) } : event,
  )
  const lengths = (audience: Audience) =>
    pointsFor(audience, slow).flatMap((one) => (one.kind === 'first-mended' ? [[one.atMs, one.afterMs]] : []))
  expect(lengths({ seat: 'white' }).length).toBeGreaterThan(1)
  expect(lengths({ seat: 'guest' })).toEqual(lengths({ seat: 'white' }))
})

test('the main ones are some of all, in their order: the heavy ones before who was first, and never a note', () => {
  const all = pointsFor({ seat: 'white' })
  const main = mainPoints(all)
  expect(all.length).toBeGreaterThan(MAIN)
  expect(main).toHaveLength(MAIN)
  expect(all.filter((one) => main.includes(one))).toEqual(main)
  const heavy = all.filter(({ kind }) => ['outage', 'chain', 'swing'].includes(kind))
  expect(heavy.length).toBeGreaterThan(0)
  for (const one of heavy.slice(0, MAIN)) expect(main).toContain(one)
  expect(main.some(({ kind }) => kind === 'note')).toBe(false)
})

test('where an attack got into one team alone nobody was first', () => {
  const [only] = fold(ledger).teams
  const told = pointsFor(
    { seat: 'white' },
    ledger.filter(({ data }) => !('team' in data) || data.team === only?.id),
  )
  const attacks = told.flatMap((one) => ('attack' in one ? [one] : []))
  expect(attacks.length).toBeGreaterThan(1)
  expect(attacks.every(({ alone }) => alone)).toBe(true)
  expect(attacks.some(({ kind }) => kind === 'last-mended')).toBe(false)
  const several = pointsFor({ seat: 'white' }).flatMap((one) => ('attack' in one ? [one] : []))
  expect(several.some(({ alone }) => !alone)).toBe(true)
})
