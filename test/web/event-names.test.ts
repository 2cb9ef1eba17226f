import { beforeAll, describe, expect, test } from 'vitest'
import { fold } from '../../server/exercise/fold/evolve.ts'
import { PLATFORM, pilotOf } from '../../server/exercise/ledger/actor.ts'
import type { EventType, Recorded } from '../../server/exercise/ledger/events.ts'
import { VERSIONS } from '../../server/exercise/ledger/versions.ts'
import { exerciseView } from '../../server/exercise/views/exercise-view.ts'
import { eventText, kindOf, LEDGER_KINDS } from '../../web/control/event-names.ts'
import { joined } from '../../web/control/use-seen.ts'
import { makeSay } from '../../web/kit/i18n/use-say.ts'
import { goldenLedger } from '../exercise/golden-views.ts'
import { white } from '../kit/actors.ts'
import { recordLedger } from '../kit/ledger.ts'
import { beginIn } from '../kit/messages.ts'

beforeAll(() => beginIn('en'))

const say = makeSay('en', ((key: string) => key) as never)
const ledger = recordLedger(300_000)
const folded = fold(ledger)
const { scenario } = folded
const view = exerciseView(folded, 300_000, { seat: 'white' })
const opened = (by: object | null, more: object = {}) =>
  ({
    type: 'terminal.opened',
    version: 2,
    at: 0,
    position: 1,
    wall: 0,
    data: { team: 'finland', service: 'tax', terminal: 't1', by, ...more },
  }) as Recorded

test('names stand in place of ids, and who did it is said: a person, a pilot, the platform', () => {
  expect(eventText(say, scenario, view, opened({ ...white('w1'), name: 'Mari' }))).toBe('Tax filing · Mari')
  expect(eventText(say, scenario, view, opened(pilotOf('finland')))).toBe('Tax filing · person.pilot')
  expect(eventText(say, scenario, view, opened(PLATFORM))).toContain('person.platform')
  expect(eventText(say, scenario, view, opened(null))).toBe('Tax filing')
})

test('whatever is in it, it is one line, and bounded', () => {
  const text = eventText(say, scenario, view, opened(null, { reason: `a\n\t b${'x'.repeat(5_000)}` }))
  expect(text.length).toBeLessThan(220)
  expect(text).not.toMatch(/[\n\t]/)
  for (const event of ledger)
    expect(eventText(say, scenario, view, event)).not.toMatch(/\[object|undefined|\n/)
})

describe('golden ledgers, with all types of events that there are,', () => {
  const goldens = ['exercise-day', 'first-light', 'ground', 'own-means', 'witness'].map((name) =>
    goldenLedger(name),
  )

  test('are told without a name of a field, an id of a seat or terminal, or a bare number of milliseconds', () => {
    for (const events of goldens) {
      const state = fold(events)
      const injects = exerciseView(state, state.atMs, { seat: 'white' }).injects
      for (const event of events) {
        const told = eventText(say, state.scenario, { injects }, event)
        for (const part of told.split(' · ')) {
          expect(part, `${event.type}: ${told}`).not.toMatch(
            /\b[a-z]+(Ms|MiB|Id|Code|Hash)\b|^[a-z]+ (true|false)$|^\d{4,}$/,
          )
          expect(part, `${event.type}: ${told}`).not.toMatch(
            /^(terminal|handle|seed|weakness|kind|id|share|grader|strike) /,
          )
        }
      }
    }
  })

  test('name what they are about', () => {
    const told = (type: EventType, data: object) =>
      eventText(say, scenario, view, {
        type,
        version: 1,
        at: 0,
        position: 1,
        wall: 0,
        data,
      } as unknown as Recorded)
    const [attack] = scenario.attacks
    expect(
      told('entry.changed', {
        kind: 'attack',
        id: attack?.id,
        team: null,
        change: { kind: 'move', byMs: 60_000 },
        by: null,
      }),
    ).toBe(`${attack?.title.en} · msel.did.move`)
    expect(
      told('verdict.changed', {
        team: 'finland',
        service: 'tax',
        journey: 'x',
        from: 'up',
        to: 'down',
        evidence: null,
      }),
    ).toBe('Tax filing · x · state.exact.up · state.exact.down')
    expect(told('seat.issued', { seatId: 'b-17', seat: 'blue', team: 'finland', label: 'Finland 2' })).toBe(
      'seat.blue · Finland 2',
    )
    expect(told('isolation.restored', { lostMs: 3_000 })).toBe('ledger.field.ms')
  })
})

test('every type of event has its kind', () => {
  const kinds = new Set((Object.keys(VERSIONS) as EventType[]).map(kindOf))
  expect([...kinds].toSorted()).toEqual([...LEDGER_KINDS].toSorted())
  expect(kindOf('world.began')).toBe('service')
  expect(kindOf('isolation.lost')).toBe('platform')
})

test('what has been shown stays, whatever the feed forgets, and a feed that begins anew begins anew', () => {
  const at = (from: number, to: number) => ledger.slice(from - 1, to)
  const positions = (events: readonly Recorded[]) => events.map(({ position }) => position)
  const seen = joined(joined([], at(1, 20)), at(15, 40))
  expect(positions(seen)).toEqual(positions(at(1, 40)))
  expect(joined(seen, at(30, 40))).toBe(seen)
  expect(positions(joined(seen, at(50, 60)))).toEqual(positions(at(50, 60)))
  expect(positions(joined(seen, at(1, 5)))).toEqual(positions(at(1, 5)))
})
