import { expect, test } from 'vitest'
import { PLATFORM, pilotOf } from '../../server/exercise/ledger/actor.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { subjectOf } from '../../web/instructor/event-text.ts'
import { white } from '../kit/actors.ts'

const opened = (by: object | null) =>
  ({
    type: 'terminal.opened',
    version: 2,
    at: 0,
    position: 1,
    wall: 0,
    data: { team: 'sea', service: 'tax', terminal: 't1', by },
  }) as Recorded

test('the ledger says who did it: a seat, with its person where that is known, a pilot, the platform', () => {
  expect(subjectOf(opened(white('w1')))).toBe('service tax · terminal t1 · by white w1')
  expect(subjectOf(opened({ ...white('w1'), name: 'Mari' }))).toBe(
    'service tax · terminal t1 · by white Mari',
  )
  expect(subjectOf(opened({ kind: 'seat', seatId: 's1' }))).toBe('service tax · terminal t1 · by seat s1')
  expect(subjectOf(opened(pilotOf('sea')))).toBe('service tax · terminal t1 · by pilot sea')
  expect(subjectOf(opened(PLATFORM))).toBe('service tax · terminal t1 · by platform')
  expect(subjectOf(opened(null))).toBe('service tax · terminal t1')
})
