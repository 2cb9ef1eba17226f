import { describe, expect, test } from 'vitest'
import type { ServiceView, TeamView } from '../../server/exercise/views/views.ts'
import {
  ALL,
  type Asked,
  askedFrom,
  lostLately,
  ORDERS,
  teamsAsked,
} from '../../web/instructor/matrix-order.ts'
import { matrixShape } from '../../web/kit/matrix-shape.ts'

const service = (id: string, more: Partial<ServiceView> = {}) =>
  ({ id, verdict: 'up', breached: false, ...more }) as ServiceView
const team = (id: string, ...services: ServiceView[]) =>
  ({ id, name: { en: id, et: id, ja: id }, services }) as unknown as TeamView

const teams = [
  team('Team 10', service('tax'), service('eid', { verdict: 'slow' })),
  team('Õun', service('tax'), service('eid')),
  team('Team 9', service('tax', { verdict: 'down' }), service('eid', { verdict: 'broken' })),
  team('Zebra', service('tax', { breached: true }), service('eid')),
]
const lost: Readonly<Record<string, number>> = { 'Team 9': 5, Õun: 80 }
const asked = (of: Partial<Asked>, lang = 'et') =>
  teamsAsked(
    teams,
    { ...ALL, ...of },
    { nameOf: ({ name }) => name.et ?? '', lostOf: ({ id }) => lost[id] ?? 0, lang },
  ).map(({ id }) => id)

describe('order', () => {
  test('by rank they stay as they came', () => {
    expect(asked({})).toEqual(['Team 10', 'Õun', 'Team 9', 'Zebra'])
  })
  test('by name as the language has it, and 9 before 10', () => {
    expect(asked({ order: 'name' })).toEqual(['Zebra', 'Team 9', 'Team 10', 'Õun'])
    expect(asked({ order: 'name' }, 'en')).toEqual(['Õun', 'Team 9', 'Team 10', 'Zebra'])
  })
  test('the worst first: out of use or breached, then slow', () => {
    expect(asked({ order: 'worst' })).toEqual(['Team 9', 'Zebra', 'Team 10', 'Õun'])
  })
  test('what was lost lately', () => {
    expect(asked({ order: 'lost' })).toEqual(['Õun', 'Team 9', 'Team 10', 'Zebra'])
  })
})

describe('filters', () => {
  test('part of a name, in any case', () => {
    expect(asked({ text: ' õU ' })).toEqual(['Õun'])
    expect(asked({ text: 'team' })).toEqual(['Team 10', 'Team 9'])
  })
  test('trouble alone; of one service where one is chosen', () => {
    expect(asked({ trouble: true })).toEqual(['Team 10', 'Team 9', 'Zebra'])
    expect(asked({ trouble: true, service: 'eid' })).toEqual(['Team 10', 'Team 9'])
  })
  test('a service alone; one that there is not is none', () => {
    const of = { nameOf: () => '', lostOf: () => 0, lang: 'en' }
    const columns = (id: string) =>
      teamsAsked(teams, { ...ALL, service: id }, of).map(({ services }) => services.map((one) => one.id))
    expect(columns('eid')).toEqual(teams.map(() => ['eid']))
    expect(columns('gone')[0]).toEqual(['tax', 'eid'])
  })
  test('what was kept comes back, and nonsense is the default', () => {
    for (const order of ORDERS) {
      const one = { order, text: 'x', trouble: true, service: 'tax' }
      expect(askedFrom(JSON.stringify(one))).toEqual(one)
    }
    for (const odd of [
      null,
      '',
      '{',
      'null',
      '[]',
      '{"order":"size","text":3,"trouble":"yes","service":null}',
    ])
      expect(askedFrom(odd), String(odd)).toEqual(ALL)
  })
})

test('points lost in the last ten minutes: of now, without those of then', () => {
  const score = { possible: 1_000, total: 700 } as TeamView['score']
  const one = { ...team('a'), score }
  const losses = { stepMs: 60_000, count: 4, lost: { a: [0, 40, 90, 100] }, marks: [] }
  expect(lostLately(losses, one, 300_000)).toBe(300)
  expect(lostLately(losses, one, 600_000)).toBe(300)
  expect(lostLately(losses, one, 720_000)).toBe(210)
  // Between two samples the earlier counts; after the last one nothing has happened.
  expect(lostLately(losses, one, 719_000)).toBe(260)
  expect(lostLately(losses, one, 3_600_000)).toBe(200)
  expect(lostLately(null, one, 3_600_000)).toBe(300)
})

describe('shape of the table', () => {
  const names = (count: number) => Array.from({ length: count }, () => 'Digital identity')
  const of = (width: number, height: number | null, count: number, services: number) =>
    matrixShape({ width, height, teams: count, names: names(services) })
  test('more than eight teams have a line each; fewer where the window is low', () => {
    expect(of(49, 56, 24, 15).flat).toBe(true)
    expect(of(49, null, 9, 15).flat).toBe(true)
    expect(of(49, null, 8, 15).flat).toBe(false)
    expect(of(49, 48, 8, 15).flat).toBe(true)
    expect(of(49, 56, 3, 15).flat).toBe(false)
  })
  test('names stand as they are read where they fit', () => {
    expect(of(49, 56, 1, 6)).toMatchObject({ words: true, upright: false })
    expect(of(49, 56, 1, 9)).toMatchObject({ words: false, upright: false })
    expect(of(49, 56, 1, 15).upright).toBe(true)
    const long = ['Andmekaitseinspektsioon', 'Tervis']
    expect(matrixShape({ width: 18, height: 56, teams: 1, names: long }).upright).toBe(true)
  })
  test('what is too narrow for strips has marks; what is too narrow for them scrolls', () => {
    expect(of(49, 56, 24, 15).strips).toBe(true)
    expect(of(34.2, 48, 24, 15)).toMatchObject({ strips: false, column: 1.6 })
    expect(of(20, 52, 24, 15)).toMatchObject({ strips: true, column: 2.4 })
  })
})
