import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { groupsOf } from '../../web/control/ledger-groups.ts'

const event = (position: number, wall: number, type: string, team: string | null = null) =>
  ({
    ...{ position, wall, type, version: 1, at: 0 },
    data: team === null ? {} : { team },
  }) as unknown as Recorded

const positions = (events: readonly Recorded[], byTeam: boolean) =>
  groupsOf(events, byTeam).map((group) => group.events.map(({ position }) => position))

describe('a burst of events is one line', () => {
  const burst = [
    event(1, 0, 'verdict.changed', 'a'),
    event(2, 100, 'verdict.changed', 'b'),
    event(3, 2_000, 'attack.launched', 'a'),
    event(4, 9_000, 'verdict.changed', 'a'),
    event(5, 10_500, 'verdict.changed', 'a'),
    event(6, 10_600, 'exercise.paused'),
  ]
  test('of a type and team, whatever came between; not longer than ten seconds, so that it stays where it is', () => {
    expect(positions(burst, true)).toEqual([[1, 4], [2], [3], [5], [6]])
  })
  test('or of a type, of all teams', () => {
    expect(positions(burst, false)).toEqual([[1, 2, 4], [3], [5], [6]])
  })
  test('time of day counts: in a pause exercise time stands still', () => {
    expect(positions([event(1, 0, 'seat.issued'), event(2, 3_600_000, 'seat.issued')], true)).toEqual([
      [1],
      [2],
    ])
  })
  test('300 events of 24 teams in a minute are fewer than 60 lines', () => {
    const types = ['verdict.changed', 'attack.launched', 'attack.blocked', 'ticket.opened', 'pilot.acted']
    const minute = Array.from({ length: 300 }, (_, i) =>
      event(i + 1, i * 200, types[i % types.length] ?? '', `team-${i % 24}`),
    )
    expect(groupsOf(minute, false).length).toBeLessThan(60)
  })
})

test('nothing is lost, doubled or turned around', () => {
  const made = fc.array(
    fc.record({
      type: fc.constantFrom('a.b', 'c.d'),
      team: fc.constantFrom('x', 'y', null),
      after: fc.nat(8_000),
    }),
  )
  fc.assert(
    fc.property(made, fc.boolean(), (all, byTeam) => {
      let wall = 0
      const events = all.map(({ type, team, after }, i) => {
        wall += after
        return event(i + 1, wall, type, team)
      })
      const lines = positions(events, byTeam)
      expect(lines.flat().toSorted((a, b) => a - b)).toEqual(events.map(({ position }) => position))
      for (const line of lines) expect(line).toEqual(line.toSorted((a, b) => a - b))
      const firsts = lines.map(([first]) => first ?? 0)
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
    }),
  )
})
