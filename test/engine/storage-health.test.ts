import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { white } from '../kit/actors.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { openFakeClock, settle } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

const MiB = 2 ** 20
const full = () => Object.assign(new Error('No space left'), { code: 'full' })

/** An exercise whose store refuses notes as `refuses` says of their length. */
async function arrange(refuses: (length: number) => Error | null) {
  const store = openMemoryLog()
  const time = openFakeClock()
  const faults: string[] = []
  const log: EventLog = {
    ...store.log,
    async append(...of) {
      const [event] = of[2]
      const error = event?.type === 'note.added' ? refuses(event.data.text.length) : null
      if (error) throw error
      return store.log.append(...of)
    },
  }
  const engine = await openEngine({
    log,
    clock: time.clock,
    exerciseId: 'x',
    fault: (what) => faults.push(what),
  })
  const data = { exerciseId: 'x', scenario: smallScenario, scenarioHash: 'h', seed: 's', speed: 1 }
  await engine.submit({ type: 'create-exercise', data: { ...data, teams: smallTeams } }, PLATFORM)
  const note = (text: string) => engine.submit({ type: 'add-note', data: { text } }, white())
  const trouble = async () => {
    engine.storage()
    await settle()
    return engine.storage()
  }
  return { ...time, store, engine, faults, note, trouble }
}

test('a disk that is nearly full is told of before anything is refused, and no more when there is room', async () => {
  const it = await arrange(() => null)
  it.store.leave(1_000 * MiB)
  expect(await it.trouble()).toBeNull()
  it.store.leave(150 * MiB)
  await it.pass(11_000)
  expect(await it.trouble()).toEqual({ state: 'low', freeMiB: 150 })
  it.store.leave(900 * MiB)
  await it.pass(11_000)
  expect(await it.trouble()).toBeNull()
})

test('a full disk is one until there is room, also while short facts still go in', async () => {
  let room = false
  const it = await arrange((length) => (!room && length > 1_000 ? full() : null))
  it.store.leave(2 * MiB)
  await expect(it.note('long '.repeat(300))).rejects.toThrow('No space')
  expect(await it.trouble()).toEqual({ state: 'full', freeMiB: 2 })
  expect(await it.note('short')).toMatchObject({ ok: true })
  await it.pass(11_000)
  expect(await it.trouble()).toMatchObject({ state: 'full' })
  await expect(it.note('again '.repeat(300))).rejects.toThrow('No space')
  expect(it.faults).toEqual(['no space left for the ledger'])
  room = true
  it.store.leave(900 * MiB)
  await it.pass(11_000)
  await it.trouble()
  expect(await it.note('long '.repeat(300))).toMatchObject({ ok: true })
  expect(await it.trouble()).toBeNull()
})

test('on a disk that is small, what was refused and then goes in is proof enough', async () => {
  let room = false
  const it = await arrange((length) => (!room && length > 1_000 ? full() : null))
  it.store.leave(30 * MiB)
  await expect(it.note('long '.repeat(300))).rejects.toThrow('No space')
  room = true
  await it.note('short')
  expect(await it.trouble()).toMatchObject({ state: 'full' })
  await it.note('long! '.repeat(300))
  expect(await it.trouble()).toEqual({ state: 'low', freeMiB: 30 })
})

test('a store that refuses for another reason is failing until it takes something again', async () => {
  let away = true
  const it = await arrange(() => (away ? new Error('connection refused') : null))
  await expect(it.note('lost')).rejects.toThrow('refused')
  expect(await it.trouble()).toEqual({ state: 'failing', freeMiB: null })
  away = false
  await it.note('taken')
  expect(await it.trouble()).toBeNull()
})
