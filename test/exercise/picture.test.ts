import { describe, expect, test } from 'vitest'
import type { Recorded, RecordedOf } from '#exercise/ledger/events.ts'
import { upcast } from '#exercise/ledger/upcast.ts'
import type { Service } from '#exercise/scenario/model.ts'
import { goldenLedger } from './golden-views.ts'

const [created] = goldenLedger('first-light') as readonly RecordedOf<'exercise.created'>[]

/** What is read of a ledger whose exercise had these services. */
function read(services: readonly Partial<Service>[]): readonly Service[] {
  if (!created) throw new Error('the golden ledger is empty')
  const [some] = created.data.scenario.services
  const scenario = {
    ...created.data.scenario,
    services: services.map(
      (service) => ({ ...some, icon: undefined, hub: undefined, ...service }) as Service,
    ),
  }
  const event = upcast({ ...created, data: { ...created.data, scenario } } as Recorded)
  return (event as RecordedOf<'exercise.created'>).data.scenario.services
}

describe('what services look like', () => {
  test('in a ledger from before they said: as pages drew them by name then', () => {
    const services = read([{ id: 'xroad' }, { id: 'soc' }, { id: 'tax' }, { id: 'xroad-jp' }])
    expect(services.map(({ id, icon, hub, collector }) => ({ id, icon, hub, collector }))).toEqual([
      { id: 'xroad', icon: 'waypoints', hub: true, collector: undefined },
      { id: 'soc', icon: undefined, hub: undefined, collector: true },
      { id: 'tax', icon: 'landmark', hub: undefined, collector: undefined },
      { id: 'xroad-jp', icon: undefined, hub: undefined, collector: undefined },
    ])
  })

  test('in one from since then: as they say, and a name means nothing', () => {
    const services = read([{ id: 'xroad' }, { id: 'tax', icon: 'ship' }])
    expect(services.map(({ icon, hub }) => ({ icon, hub }))).toEqual([
      { icon: undefined, hub: undefined },
      { icon: 'ship', hub: undefined },
    ])
  })
})
