import { describe, expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import type { Range } from '../../server/engine/ports/ports.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock, settle } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const nothing = () => ({ edits: [], typed: '' })
const noPlaybook = { fix: nothing, wrongFix: nothing, undoWrongFix: nothing }
const quiet: Scenario = { ...smallScenario, citizens: { ...smallScenario.citizens, visitsPerMinute: 0 } }

async function arrange(
  scenario: Scenario = quiet,
  change: (range: Range) => Partial<Range> = () => ({}),
  sharers?: () => number,
) {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const range = { ...world.range, ...change(world.range) }
  const faults: string[] = []
  const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
  await standUp(engine, { scenario })
  const fault = (what: string, error: unknown) => void faults.push(`${what}: ${error}`)
  const terminals = openTerminals(engine, range, fault)
  const tools = {
    engine,
    range,
    log: store.log,
    clock: time.clock,
    playbook: noPlaybook,
    terminals,
    fault,
    sharers,
  }
  const loop = openExerciseLoop(tools)
  const begin = async () => {
    const begun = loop.begin()
    await time.pass(200)
    await begun
    await startExercise(engine)
  }
  const tickets = () => store.events.map(({ type }) => type).filter((type) => type.startsWith('ticket.'))
  return { ...world, ...time, engine, store, loop, begin, faults, tickets }
}

describe('the runner', () => {
  test('while another exercise runs on the machine, it has half as many places there, and all of them again afterwards', async () => {
    let sharers = 1
    let now = 0
    let most = 0
    const it = await arrange(
      { ...quiet, durationMs: 3_600_000 },
      (range) => ({
        async runJourney(team, service, journey) {
          if (journey === 'alive') return range.runJourney(team, service, journey)
          now += 1
          most = Math.max(most, now)
          await it.clock.sleep(12_000)
          now -= 1
          return range.runJourney(team, service, journey)
        },
      }),
      () => sharers,
    )
    await it.begin()
    const mostWith = async (among: number) => {
      sharers = among
      await it.pass(60_000)
      most = now
      await it.pass(600_000)
      return most
    }
    // Of four processors, for two teams with two such journeys each.
    expect(await mostWith(1)).toBe(4)
    expect(await mostWith(2)).toBe(2)
    expect(await mostWith(9)).toBe(1)
    expect(await mostWith(1)).toBe(4)
  })

  test('a service that turned while it was under check is looked at again at once', async () => {
    let hold: PromiseWithResolvers<void> | null = null
    const begun: number[] = []
    const it = await arrange(quiet, (range) => ({
      async runJourney(team, service, journey) {
        if (`${team}/${service}/${journey}` !== 'red/tax/alive')
          return range.runJourney(team, service, journey)
        begun.push(it.clock.now())
        await hold?.promise
        return range.runJourney(team, service, journey)
      },
    }))
    await it.begin()
    await it.pass(5_000)
    hold = Promise.withResolvers()
    // The next light check begins and hangs; meanwhile the container starts anew.
    await it.pass(7_000)
    const held = begun.length
    it.container({ team: 'red', service: 'tax', happened: 'died', exitCode: 1, oom: false })
    await settle()
    it.container({ team: 'red', service: 'tax', happened: 'started', exitCode: 0, oom: false })
    await settle()
    hold.resolve()
    hold = null
    await it.pass(200)
    expect(begun.length).toBeGreaterThan(held)
  })

  test('while the store refuses, checks wait longer and longer before they try again', async () => {
    const it = await arrange()
    await it.begin()
    await it.pass(10_000)
    it.store.killAfter(it.store.events.length)
    for (const { id } of smallTeams)
      for (const service of ['tax', 'register']) it.down.add(`${id}/${service}`)
    const before = it.runs.length
    await it.pass(10_000)
    // Eight checks fail, two looks each: after 1, 2 and 4 seconds again.
    expect(it.runs.length - before).toBeLessThanOrEqual(8 * 2 * 4)
    expect(it.runs.length - before).toBeGreaterThan(16)
    it.store.killAfter(Number.POSITIVE_INFINITY)
    await it.pass(15_000)
    expect(it.store.events.filter(({ type }) => type === 'verdict.changed').length).toBeGreaterThan(8)
  })

  test('one slow moment costs a moment: a slow journey is looked at again within seconds', async () => {
    const it = await arrange()
    await it.begin()
    await it.pass(20_000)
    it.flaky.set('red/tax/file', ['slow', 'slow'])
    await it.pass(40_000)
    const turns = it.store.events.filter((e) => e.type === 'verdict.changed' && e.data.journey === 'file')
    const slow = turns.find((e) => e.type === 'verdict.changed' && e.data.to === 'slow')
    const back = turns.findLast((e) => e.type === 'verdict.changed' && e.data.from === 'slow')
    expect(slow).toBeDefined()
    expect((back?.at ?? Infinity) - (slow?.at ?? 0)).toBeLessThanOrEqual(1_500)
  })

  test('what never ends is closed at the deadline of its kind, and its place is free again', async () => {
    let hang = false
    const it = await arrange(quiet, (range) => ({
      runJourney: (team, service, journey) =>
        hang ? new Promise(() => {}) : range.runJourney(team, service, journey),
    }))
    await it.begin()
    hang = true
    await it.pass(20_000)
    hang = false
    const stuck = it.runs.length
    await it.pass(20_000)
    // Some still hang; those whose turn had not come are looked at.
    await it.pass(60_000)
    expect(it.faults.some((fault) => fault.includes('light-check was not over'))).toBe(true)
    const before = it.runs.filter((run) => run.endsWith('/alive')).length
    await it.pass(10_000)
    expect(it.runs.length).toBeGreaterThan(stuck)
    expect(it.runs.filter((run) => run.endsWith('/alive')).length - before).toBeGreaterThanOrEqual(4)
  })
})

describe('a look at a foothold', () => {
  test('that hangs when an attack on the same weakness comes due is not tried again, and the attack begins when it is over, with its moment as planned', async () => {
    const lasted: (readonly [what: string, from: number, to: number])[] = []
    let hangs = false
    const it = await arrange(quiet, (range) => {
      const slowly =
        (what: 'attack' | 'look'): Range['runExploit'] =>
        async (team, weakness, loot) => {
          if (!hangs || team !== 'red' || weakness !== 'register/injection')
            return range.runExploit(team, weakness, loot)
          const since = it.engine.atMs()
          await it.clock.sleep(40_000)
          lasted.push([what, since, it.engine.atMs()])
          return { ...(await range.runExploit(team, weakness, loot)), outcome: 'fail', refused: false }
        }
      return { runExploit: slowly('attack'), runFoothold: slowly('look') }
    })
    await it.begin()
    // The attack at 60 s has landed, the next one on the same weakness comes at 180 s.
    await it.pass(142_000)
    hangs = true
    await it.pass(130_000)
    const launched = it.store.events.find(
      (e) => e.type === 'attack.launched' && e.data.team === 'red' && e.data.attack === 'third',
    )
    expect(launched).toMatchObject({ data: { info: { atMs: 180_000 } } })
    // The look that began before 160 s took 40 seconds once, not twice.
    expect(launched?.at).toBeGreaterThan(181_000)
    expect(launched?.at).toBeLessThan(201_000)
    expect(lasted.map(([what]) => what)).toEqual(['look', 'attack', 'attack'])
    for (const [n, [, from]] of lasted.entries()) expect(from).toBeGreaterThanOrEqual(lasted[n - 1]?.[2] ?? 0)
  })
})

describe('citizens', () => {
  test('come at the scenario’s rate, to each team, and nothing is written while all works', async () => {
    const it = await arrange({
      ...smallScenario,
      services: smallScenario.services.map((service) => ({
        ...service,
        journeys: service.journeys.map((journey) => ({ ...journey, everyMs: 10_000_000 })),
      })),
    })
    await it.begin()
    await it.pass(120_000)
    for (const { id } of smallTeams) {
      const visits = it.runs.filter((run) => run.startsWith(`${id}/`) && !run.endsWith('/alive')).length - 2
      // 6 a minute: 12 in two minutes, each a quarter sooner or later.
      expect(visits).toBeGreaterThanOrEqual(8)
      expect(visits).toBeLessThanOrEqual(20)
    }
    expect(it.tickets()).toEqual([])
  })

  test('what fails twice becomes one complaint, and who complained comes back until it works', async () => {
    const it = await arrange(smallScenario)
    await it.begin()
    it.down.add('red/tax')
    await it.pass(60_000)
    expect(it.tickets()).toEqual(['ticket.opened'])
    expect(it.engine.state().teams[0]?.tickets[0]).toMatchObject({ persona: 'everybody', service: 'tax' })
    it.down.delete('red/tax')
    await it.pass(35_000)
    expect(it.tickets()).toEqual(['ticket.opened', 'ticket.closed'])
  })

  test('who complained is not kept waiting by others who complained', async () => {
    const personas = Array.from({ length: 12 }, (_, i) => ({
      ...(smallScenario.citizens.personas[0] as Scenario['citizens']['personas'][number]),
      id: `p${i}`,
      share: 1 / 12,
    }))
    const it = await arrange(
      { ...smallScenario, durationMs: 900_000, attacks: [], citizens: { visitsPerMinute: 60, personas } },
      (range) => ({
        // A citizen takes a while.
        async runJourney(team, service, journey, visitor) {
          if (visitor) await it.clock.sleep(8_000)
          return range.runJourney(team, service, journey)
        },
      }),
    )
    await it.begin()
    it.down.add('red/tax')
    it.down.add('red/register')
    await it.pass(120_000)
    const open = () =>
      it.engine.state().teams[0]?.tickets.filter((ticket) => ticket.closedMs === null).length ?? 0
    expect(open()).toBeGreaterThan(8)
    it.down.clear()
    await it.pass(120_000)
    expect(open()).toBe(0)
  })

  test('nobody comes where the scenario says so', async () => {
    const visitors: unknown[] = []
    const it = await arrange(quiet, (range) => ({
      runJourney(team, service, journey, visitor) {
        if (visitor) visitors.push(visitor)
        return range.runJourney(team, service, journey)
      },
    }))
    await it.begin()
    await it.pass(60_000)
    expect(visitors).toEqual([])
  })
})
