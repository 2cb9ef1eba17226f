import { describe, expect, test } from 'vitest'
import { type Engine, openEngine } from '../../server/engine/engine.ts'
import { type ExerciseLoop, openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { PositionConflict } from '../../server/engine/ports/ports.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Team } from '../../server/exercise/scenario/model.ts'
import { skipTarget } from '../../server/exercise/schedule/skip.ts'
import { scoreAt } from '../../server/exercise/scoring/scoring.ts'
import { inject } from '../exercise/made-scenario.ts'
import { white } from '../kit/actors.ts'
import { smallScenario, smallTeams, text } from '../kit/small-scenario.ts'
import { standUp } from '../kit/standing-exercise.ts'
import { openFakeClock, settle } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const playbook = {
  fix: (weakness: string) => ({ edits: [], typed: `fix ${weakness}` }),
  wrongFix: (weakness: string) => ({ edits: [], typed: `wrong ${weakness}` }),
  undoWrongFix: (weakness: string) => ({ edits: [], typed: `undo ${weakness}` }),
}

/** An exercise with a range of switches and a clock that only the test moves. */
async function arrange(teams: readonly Team[] = smallTeams, scenario = smallScenario) {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const faults: string[] = []
  const up = async (): Promise<{ engine: Engine; loop: ExerciseLoop }> => {
    const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
    const loop = openExerciseLoop({
      engine,
      range: world.range,
      log: store.log,
      clock: time.clock,
      playbook,
      terminals: openTerminals(engine, world.range, (what) => faults.push(what)),
      fault: (what, error) => faults.push(`${what}: ${error}`),
    })
    return { engine, loop }
  }
  const first = await up()
  await standUp(first.engine, { teams, scenario })
  return { ...time, ...world, ...first, store, faults, up }
}

/** The second attack comes through what the first carried off. */
const chainedScenario: typeof smallScenario = {
  ...smallScenario,
  attacks: smallScenario.attacks.map((attack) =>
    attack.id === 'second' ? { ...attack, after: 'first' } : attack,
  ),
}

async function begin(it: Awaited<ReturnType<typeof arrange>>) {
  await it.loop.begin()
  await it.engine.submit({ type: 'start-exercise', data: {} }, PLATFORM)
}

const types = (it: { store: { events: readonly { type: string }[] } }) =>
  it.store.events.map((event) => event.type)

describe('engine', () => {
  test('a whole exercise runs on its own: attacks at their times, an end, full marks for nobody', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(310_000)
    expect(it.engine.state().phase).toBe('ended')
    expect(types(it).filter((type) => type === 'attack.landed')).toHaveLength(6)
    expect(it.engine.atMs()).toBe(smallScenario.durationMs)
    const score = scoreAt(it.engine.state(), 'red', it.engine.atMs())
    expect(score.categories.availability.points).toBeCloseTo(score.categories.availability.possible, 3)
    expect(score.total).toBeLessThan(score.possible)
    expect(it.faults).toEqual([])
  })

  test('one lost packet is no outage: the second look decides', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(20_000)
    const before = types(it).filter((type) => type === 'verdict.changed').length
    it.flaky.set('red/tax/file', ['down'])
    it.flaky.set('red/tax/alive', ['down'])
    await it.pass(60_000 - 21_000)
    expect(types(it).filter((type) => type === 'verdict.changed')).toHaveLength(before)
  })

  test('a restart of a second costs no availability, whenever it comes', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(10_000)
    const lost = () => {
      const { points, possible } = scoreAt(it.engine.state(), 'red', it.engine.atMs()).categories.availability
      return possible - points
    }
    const perSecond = scoreAt(it.engine.state(), 'red', 10_000).categories.availability.possible / 10
    for (let n = 0; n < 12; n += 1) {
      const before = lost()
      // At another moment of the interval between two looks each time.
      await it.pass(3_000 + n * 430)
      it.down.add('red/tax')
      await it.pass(1_000)
      it.down.delete('red/tax')
      await it.pass(6_000)
      expect((lost() - before) / perSecond).toBeCloseTo(0, 3)
    }
  })

  test('an outage is seen within a check interval and its end within two seconds', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(10_000)
    const at = it.engine.atMs()
    it.down.add('red/tax')
    await it.pass(7_000)
    const fell = it.store.events.find((e) => e.type === 'verdict.changed' && e.data.to === 'down')
    expect(fell?.at).toBeLessThanOrEqual(at + 6_500)
    it.down.delete('red/tax')
    const back = it.engine.atMs()
    await it.pass(3_000)
    const rose = it.store.events.findLast(
      (e) => e.type === 'verdict.changed' && e.data.journey === 'alive' && e.data.to === 'up',
    )
    expect(rose?.at).toBeGreaterThan(back - 1)
    expect(rose?.at).toBeLessThanOrEqual(back + 2_000)
  })

  test('an exploit that fails because a needed service is away is an outage, not a defence', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(100_000)
    it.fixed.add('sea/tax/other-person')
    it.fixed.add('red/tax/other-person')
    it.down.add('red/register')
    await it.pass(80_000)
    const causes = it.store.events.flatMap((e) =>
      e.type === 'attack.blocked' ? [`${e.data.team} ${e.data.cause}`] : [],
    )
    expect(causes.sort()).toEqual(['red outage', 'sea defended'])
  })

  test('a restart of a few seconds in the moment of an attack is no outage: the attacker comes back', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(119_500)
    it.fixed.add('red/tax/other-person')
    it.down.add('red/tax')
    it.down.add('sea/tax')
    await it.pass(3_000)
    it.down.delete('red/tax')
    it.down.delete('sea/tax')
    await it.pass(10_000)
    const ends = it.store.events.flatMap((e) =>
      (e.type === 'attack.landed' || e.type === 'attack.blocked') && e.data.attack === 'second'
        ? [`${e.data.team} ${e.type} ${'cause' in e.data ? e.data.cause : ''}`.trim()]
        : [],
    )
    expect(ends.sort()).toEqual(['red attack.blocked defended', 'sea attack.landed'])
  })

  test('a fixed weakness closes the foothold; a service that was only taken down does not', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(65_000)
    it.fixed.add('red/register/injection')
    it.down.add('sea/register')
    await it.pass(30_000)
    const closed = it.store.events.flatMap((e) => (e.type === 'foothold.closed' ? [e.data.team] : []))
    expect(closed).toEqual(['red'])
  })

  test('an implant outlives the hole: only removing it closes the foothold', async () => {
    const it = await arrange()
    it.leaves.add('register/injection')
    await begin(it)
    await it.pass(65_000)
    it.fixed.add('red/register/injection')
    await it.pass(30_000)
    expect(types(it)).not.toContain('foothold.closed')
    it.implants.delete('red/register/injection')
    // Sea removes the implant and leaves the hole: the foothold is closed, and the next attack lands again.
    it.implants.delete('sea/register/injection')
    await it.pass(15_000)
    const closed = it.store.events.flatMap((e) => (e.type === 'foothold.closed' ? [e.data.team] : []))
    expect(closed.sort()).toEqual(['red', 'sea'])
    await it.pass(80_000)
    const third = it.store.events.flatMap((e) =>
      (e.type === 'attack.landed' || e.type === 'attack.blocked') && e.data.attack === 'third'
        ? [`${e.data.team} ${e.type}`]
        : [],
    )
    expect(third.sort()).toEqual(['red attack.blocked', 'sea attack.landed'])
  })

  test('loot of one attack reaches the next of the chain, also when the platform was killed in between', async () => {
    const it = await arrange(smallTeams, chainedScenario)
    it.loot.set('register/injection', { key: 'k1' })
    await begin(it)
    it.fixed.add('sea/register/injection')
    await it.pass(80_000)
    await it.loop.close()
    const again = await it.up()
    await again.engine.submit({ type: 'recover-platform', data: { awayMs: 1_000 } }, PLATFORM)
    if (again.engine.state().phase === 'paused')
      await again.engine.submit({ type: 'resume-exercise', data: {} }, white())
    await again.loop.begin()
    await it.pass(60_000)
    expect(it.runs).not.toContain('sea!tax/other-person')
    expect(it.handed.find(({ weakness }) => weakness === 'tax/other-person')?.loot).toEqual({
      'loot.register/injection.key': 'k1',
    })
    const second = it.store.events.flatMap((e) =>
      (e.type === 'attack.landed' || e.type === 'attack.blocked') && e.data.attack === 'second'
        ? [`${e.data.team} ${e.type} ${e.data.evidence?.received ?? ''}`.trim()]
        : [],
    )
    expect(second.sort()).toEqual(['red attack.landed', 'sea attack.blocked the way in was closed'])
    const foothold = it.handed.findLast(({ weakness }) => weakness === 'register/injection')
    expect(foothold?.loot).toEqual({ 'loot.register/injection.key': 'k1' })
  })

  test('a pause stops checks and attacks, and exercise time', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(30_000)
    await it.engine.submit({ type: 'pause-exercise', data: { reason: 'lunch' } }, white())
    const at = it.engine.atMs()
    const runs = it.runs.length
    await it.pass(120_000)
    expect(it.engine.atMs()).toBe(at)
    expect(it.runs.length).toBe(runs)
    await it.engine.submit({ type: 'resume-exercise', data: {} }, white())
    await it.pass(1_000)
    expect(it.engine.atMs()).toBe(at + 1_000)
  })

  test('another speed from now on, and a skip of quiet time, also after the platform was killed', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(2_000)
    await it.engine.submit({ type: 'change-speed', data: { speed: 4 } }, white())
    await it.pass(1_000)
    expect(it.engine.atMs()).toBe(6_000)
    expect(it.engine.clock()).toMatchObject({ speed: 4, running: true })
    const skipped = await it.engine.submit(
      { type: 'skip-quiet-time', data: { toMs: skipTarget(it.engine.state(), 6_000) ?? 0 } },
      white(),
    )
    const target = it.engine.atMs()
    expect(skipped).toMatchObject({ ok: true, events: [{ type: 'exercise.skipped', at: target }] })
    expect(target).toBeGreaterThan(6_000)
    await it.loop.close()
    const again = await it.up()
    expect(again.engine.atMs()).toBe(target)
    await again.engine.submit({ type: 'recover-platform', data: { awayMs: 1_000 } }, PLATFORM)
    await again.loop.begin()
    await it.pass(1_000)
    expect(again.engine.atMs()).toBe(target + 4_000)
  })

  test('a sparring pilot reads and answers a message once, in the words of the scenario, as itself', async () => {
    const pilots = { swift: { kind: 'text', text: text('We fix the cause.') } } as const
    const scenario = {
      ...smallScenario,
      injects: [inject('press-asks', 10_000, { withinMs: 60_000, pilots })],
      scoring: {
        ...smallScenario.scoring,
        availability: smallScenario.scoring.availability - 500,
        strategic: 500,
      },
    }
    const teams = (['swift', 'clumsy', 'absent'] as const).map(
      (pilot): Team => ({ id: pilot, name: text(pilot), country: 'XX', pilot }),
    )
    const it = await arrange(teams, scenario)
    await begin(it)
    await it.pass(200_000)
    const said = it.store.events.flatMap((event) =>
      event.type === 'inject.answered' || event.type === 'inject.read'
        ? [[event.type, event.data.team, event.data.by?.kind, Math.round(event.at / 1_000)]]
        : [],
    )
    expect(said).toEqual([
      ['inject.read', 'swift', 'pilot', 31],
      ['inject.answered', 'swift', 'pilot', 31],
      ['inject.read', 'clumsy', 'pilot', 85],
      ['inject.answered', 'clumsy', 'pilot', 85],
    ])
    expect(JSON.stringify(it.store.events.find(({ type }) => type === 'inject.answered'))).toContain(
      'We fix the cause. (et)',
    )
    expect(it.faults).toEqual([])
  })

  test('a sparring pilot fixes through a terminal and is recorded', async () => {
    const it = await arrange([
      { id: 'red', name: { en: 'R', et: 'R', ja: 'R' }, country: 'RR', pilot: 'swift' },
    ])
    await begin(it)
    await it.pass(290_000)
    expect([...it.fixed].sort()).toEqual(['red/register/injection', 'red/tax/other-person'])
    expect(types(it).filter((type) => type === 'pilot.acted')).toHaveLength(2)
    expect(types(it).filter((type) => type === 'terminal.opened')).toHaveLength(2)
    expect(types(it).filter((type) => type === 'terminal.closed')).toHaveLength(2)
  })

  test('a container that dies is recorded and looked at at once', async () => {
    const it = await arrange()
    await begin(it)
    await it.pass(10_000)
    it.down.add('red/tax')
    it.container({ team: 'red', service: 'tax', happened: 'died', exitCode: 137, oom: true })
    const looked = it.runs.length
    await it.pass(300)
    expect(types(it)).toContain('container.died')
    expect(it.runs.slice(looked)).toContain('red/tax/alive')
    // The second look.
    await it.pass(2_300)
    expect(
      it.store.events.some(
        (e) => e.type === 'verdict.changed' && e.data.service === 'tax' && e.data.to === 'down',
      ),
    ).toBe(true)
  })

  test('an attack that lands while the store is full is recorded when there is room again', async () => {
    const first = await arrange()
    await begin(first)
    await first.pass(70_000)
    const it = await arrange()
    await begin(it)
    it.store.killAfter(types(first).indexOf('attack.launched') + 1)
    await it.pass(70_000)
    expect(types(it).at(-1)).toBe('attack.launched')
    it.store.killAfter(Number.POSITIVE_INFINITY)
    await it.pass(5_000)
    const landed = it.store.events.flatMap((e) => (e.type === 'attack.landed' ? [e.data.team] : []))
    expect(landed.sort()).toEqual(['red', 'sea'])
  })

  test('a container whose start was missed counts as running again when its service answers', async () => {
    const it = await arrange()
    await begin(it)
    it.container({ team: 'red', service: 'tax', happened: 'died', exitCode: 137, oom: false })
    await it.pass(300)
    const ofContainers = types(it).filter((type) => type.startsWith('container.'))
    expect(ofContainers.slice(-2)).toEqual(['container.died', 'container.started'])
  })

  test('closing waits for what is under way, but not for ever', async () => {
    const it = await arrange()
    await begin(it)
    it.range.runJourney = () => new Promise(() => {})
    await it.pass(10_000)
    let closed = false
    const closing = it.loop.close().then(() => {
      closed = true
    })
    await it.pass(5_000)
    expect(closed).toBe(false)
    await it.pass(6_000)
    await closing
  })

  test('two engines over one ledger: the second writer is refused, nothing is lost', async () => {
    const it = await arrange()
    const { engine: other } = await it.up()
    await it.engine.submit({ type: 'add-note', data: { text: 'first' } }, white())
    await expect(other.submit({ type: 'add-note', data: { text: 'second' } }, white())).rejects.toThrow(
      PositionConflict,
    )
    expect(it.store.events.filter((e) => e.type === 'note.added')).toHaveLength(1)
  })
})

describe('recovery', () => {
  test('killed after every event, the exercise goes on and nothing is scored twice', async () => {
    const whole = await arrange()
    await begin(whole)
    await whole.pass(310_000)
    const total = whole.store.events.length
    for (let kill = 8; kill < total; kill += 1) {
      const it = await arrange()
      await begin(it)
      it.store.killAfter(kill)
      await it.pass(310_000, 1_000)
      await it.loop.close()
      it.store.killAfter(Number.POSITIVE_INFINITY)
      const kept = [...it.store.events]
      const { engine, loop } = await it.up()
      // as main.ts does
      await engine.submit({ type: 'recover-platform', data: { awayMs: 5_000 } }, PLATFORM)
      await loop.begin()
      if (engine.state().phase === 'ready')
        await engine.submit({ type: 'start-exercise', data: {} }, PLATFORM)
      await it.pass(400_000, 1_000)
      await settle()
      expect(it.store.events.slice(0, kept.length)).toEqual(kept)
      expect(engine.state().phase, `killed after ${kill}`).toBe('ended')
      const concluded = it.store.events.flatMap((e) =>
        e.type === 'attack.landed' || e.type === 'attack.blocked' ? [`${e.data.team}/${e.data.attack}`] : [],
      )
      expect(new Set(concluded).size, `killed after ${kill}`).toBe(concluded.length)
      expect(concluded).toHaveLength(6)
      await loop.close()
    }
  }, 60_000)
})
