import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { RecordedOf } from '#exercise/ledger/events.ts'
import { type Stored, upcast } from '#exercise/ledger/upcast.ts'
import type { Service } from '#exercise/scenario/model.ts'
import { goldenFile } from './golden-views.ts'

/** As it was stored by the first Kilp. */
const [created = ''] = readFileSync(goldenFile('first-light.jsonl'), 'utf8').split('\n')

/** What is read of a ledger of then whose exercise had these services. */
function read(services: readonly Partial<Service>[]): readonly Service[] {
  const stored = JSON.parse(created) as Stored & { data: { scenario: { services: readonly Service[] } } }
  const [some] = stored.data.scenario.services
  const scenario = {
    ...stored.data.scenario,
    services: services.map((service) => ({ ...some, ...service })),
  }
  const event = upcast({ ...stored, data: { ...stored.data, scenario } })
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
