import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import type { CommandPayloads } from '../../server/exercise/decide/commands.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { inject } from '../exercise/made-scenario.ts'
import { white } from '../kit/actors.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { standUp } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const nobody = { edits: [], typed: '' }
const playbook = { fix: () => nobody, wrongFix: () => nobody, undoWrongFix: () => nobody }

/** A running exercise on a range of switches; `again` opens a second engine on the same ledger, as after a crash. */
async function running() {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const faults: string[] = []
  const up = async () => {
    const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
    const fault = (what: string, error?: unknown) => faults.push(`${what}: ${error}`)
    const terminals = openTerminals(engine, world.range, fault)
    const loop = openExerciseLoop({
      engine,
      range: world.range,
      log: store.log,
      clock: time.clock,
      playbook,
      terminals,
      fault,
    })
    return { engine, loop }
  }
  const first = await up()
  const scenario = {
    ...smallScenario,
    injects: [inject('press', 50_000), inject('spare', 0, { number: 2, trigger: { kind: 'manual' } })],
  }
  await standUp(first.engine, { teams: smallTeams, scenario })
  await first.loop.begin()
  await first.engine.submit({ type: 'start-exercise', data: {} }, PLATFORM)
  return { ...time, ...world, ...first, store, faults, up }
}

const came = (it: Awaited<ReturnType<typeof running>>) =>
  it.store.events.flatMap(({ type, data }) => {
    if (type !== 'attack.launched' && type !== 'inject.sent') return []
    const { team, attack, inject: message } = data as { team: string; attack?: string; inject?: string }
    return [`${team} ${attack ?? message}`]
  })
const change = (
  id: string,
  team: string | null,
  what: CommandPayloads['change-entry']['change'],
  kind: 'attack' | 'inject' = 'attack',
) => ({ type: 'change-entry', data: { kind, id, team, change: what, seen: 0 } }) as const

test('an engine does what white says: what is held does not come, also after a crash; what is released, fired and added comes within a second', async () => {
  const it = await running()
  const [one = '', other = ''] = smallTeams.map(({ id }) => id)
  const [first] = smallScenario.attacks
  const firstMs = first?.trigger.kind === 'at' ? first.trigger.atMs : 0
  expect((await it.engine.submit(change(first?.id ?? '', one, { kind: 'hold' }), white())).ok).toBe(true)
  expect(
    (await it.engine.submit(change('press', null, { kind: 'move', byMs: 60_000 }, 'inject'), white())).ok,
  ).toBe(true)
  await it.pass(Math.max(firstMs, 50_000) + 5_000)
  expect(came(it)).not.toContain(`${one} ${first?.id}`)
  expect(came(it)).toContain(`${other} ${first?.id}`)
  expect(came(it).filter((name) => name.endsWith('press'))).toEqual([])

  const spare = { kind: 'inject', id: 'spare', team: other } as const
  await it.engine.submit({ type: 'fire-entry', data: spare }, white())
  await it.engine.submit(change(first?.id ?? '', one, { kind: 'release' }), white())
  const weakness = smallScenario.weaknesses[1]?.id ?? ''
  const added = {
    id: 'ad-hoc',
    atMs: 0,
    teams: [other],
    entry: { kind: 'attack', weakness, counts: false },
  } as const
  expect((await it.engine.submit({ type: 'add-entry', data: added }, white())).ok).toBe(true)
  await it.pass(1_500)
  expect(came(it)).toEqual(
    expect.arrayContaining([`${one} ${first?.id}`, `${other} spare`, `${other} ad-hoc`]),
  )
  expect(came(it)).not.toContain(`${one} ad-hoc`)
  await it.pass(60_000)
  expect(it.runs).toContain(`${other}!${weakness}`)
  expect(
    it.store.events.some(
      ({ type, data }) => type === 'attack.landed' && 'attack' in data && data.attack === 'ad-hoc',
    ),
  ).toBe(true)
  expect(came(it).filter((name) => name.endsWith('press'))).toHaveLength(smallTeams.length)

  const again = await it.up()
  expect(again.engine.state().entries).toEqual(it.engine.state().entries)
  expect(again.engine.state().scenario.attacks.map(({ id }) => id)).toContain('ad-hoc')
  expect(it.faults).toEqual([])
})
