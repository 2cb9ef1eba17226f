import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openVisits } from '../../server/engine/visits.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { openFakeClock, settle } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

async function arrange(scenario: Scenario = smallScenario) {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
  const created = { exerciseId: 'x', scenario, scenarioHash: 'h', seed: 's', teams: smallTeams, speed: 1 }
  await engine.submit({ type: 'create-exercise', data: created }, PLATFORM)
  await engine.submit({ type: 'start-deploy', data: {} }, PLATFORM)
  const checks = [{ name: 'host', target: '10.0.0.1', ok: true, detail: '' }]
  for (const { id } of smallTeams)
    await engine.submit({ type: 'report-isolation', data: { team: id, checks } }, PLATFORM)
  await engine.submit({ type: 'finish-deploy', data: { ms: 1 } }, PLATFORM)
  await engine.submit({ type: 'start-exercise', data: {} }, PLATFORM)
  const visits = openVisits({ engine, range: world.range, clock: time.clock })
  const under: Promise<void>[] = []
  /** Lets exercise time pass in steps, as the conductor's tick does. */
  const live = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      under.push(...visits.due(engine.atMs()))
      await time.pass(500)
      await settle()
    }
    await Promise.all(under.splice(0))
  }
  const types = () => store.events.map((event) => event.type).filter((type) => type.startsWith('ticket.'))
  return { ...world, engine, live, types }
}

test('citizens come at the scenario’s rate, to each team, and nothing is written while all works', async () => {
  const it = await arrange()
  await it.live(120_000)
  for (const { id } of smallTeams) {
    const visits = it.runs.filter((run) => run.startsWith(`${id}/`)).length
    // 6 a minute: 12 in two minutes, each a half sooner or later.
    expect(visits).toBeGreaterThanOrEqual(8)
    expect(visits).toBeLessThanOrEqual(24)
  }
  expect(it.types()).toEqual([])
})

test('what fails twice becomes one ticket, and who complained comes back until it works', async () => {
  const it = await arrange()
  it.down.add('red/tax')
  await it.live(60_000)
  expect(it.types()).toEqual(['ticket.opened'])
  expect(it.engine.state().teams[0]?.tickets[0]).toMatchObject({ persona: 'everybody', service: 'tax' })
  it.down.delete('red/tax')
  await it.live(20_000)
  expect(it.types()).toEqual(['ticket.opened', 'ticket.closed'])
})

test('a failure that is gone at the second try is no complaint', async () => {
  const it = await arrange()
  it.flaky.set('red/register/look-up', ['broken'])
  await it.live(60_000)
  expect(it.types()).toEqual([])
})

test('nobody comes where the scenario says so', async () => {
  const it = await arrange({ ...smallScenario, citizens: { ...smallScenario.citizens, visitsPerMinute: 0 } })
  await it.live(60_000)
  expect(it.runs).toEqual([])
})
