import { describe, expect, test } from 'vitest'
import type { RecordedOf } from '#exercise/ledger/events.ts'
import { upcast } from '#exercise/ledger/upcast.ts'

/** What is read of a ledger that an older Kilp wrote on an exercise with these services. */
function read(services: readonly object[]) {
  const data = { rulesVersion: 1, scenario: { services, weaknesses: [], attacks: [], phases: [], tutor: [] } }
  const event = upcast({ type: 'exercise.created', version: 1, at: 0, data, position: 1, wall: 0 })
  return (event as RecordedOf<'exercise.created'>).data.scenario.services.map(
    ({ id, icon, hub, collector }) => ({ id, icon, hub, collector }),
  )
}

describe('what services look like', () => {
  test('in a ledger from before they said: as pages drew them by name then', () => {
    expect(read([{ id: 'xroad' }, { id: 'soc' }, { id: 'tax' }, { id: 'xroad-jp' }])).toEqual([
      { id: 'xroad', icon: 'waypoints', hub: true, collector: undefined },
      { id: 'soc', icon: undefined, hub: undefined, collector: true },
      { id: 'tax', icon: 'landmark', hub: undefined, collector: undefined },
      { id: 'xroad-jp', icon: undefined, hub: undefined, collector: undefined },
    ])
  })

  test('in one from since then: as they say, and a name means nothing', () => {
    expect(read([{ id: 'xroad' }, { id: 'tax', icon: 'ship' }])).toEqual([
      { id: 'xroad', icon: undefined, hub: undefined, collector: undefined },
      { id: 'tax', icon: 'ship', hub: undefined, collector: undefined },
    ])
  })
})
