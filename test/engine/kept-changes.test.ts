import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openKeptChanges } from '../../server/engine/kept-changes.ts'
import type { LoadedScenario } from '../../server/engine/ports/loaded-scenario.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { insider, redact } from '../../server/exercise/ledger/audience.ts'
import { blue } from '../kit/actors.ts'
import { smallTeams } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock, settle } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

const DIFF =
  '--- a/main.ts\n+++ b/main.ts\n@@ -1,2 +1,3 @@\n-const a = 1\n+const a = 2\n+const b = 3\n const c = 4\n'
const [{ id: team } = { id: '' }, { id: other } = { id: '' }] = smallTeams

/** A running exercise whose teams change what the test says. */
async function running() {
  const time = openFakeClock()
  const store = openMemoryLog()
  const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
  await standUp(engine)
  await startExercise(engine)
  const diffs: Record<string, string> = {}
  const asked: string[] = []
  const faults: string[] = []
  const patch = { plant: '', wrongFixes: [], otherFixes: [], journeys: [], cleanup: '', lootFrom: [] }
  const patches: LoadedScenario['patches'] = Object.fromEntries(
    engine
      .state()
      .scenario.weaknesses.map(({ id }) => [
        id,
        { ...patch, fix: `fix of ${id}`, foothold: false, witness: false },
      ]),
  )
  const kept = openKeptChanges({
    ...{ engine, patches, log: store.log, clock: time.clock },
    range: {
      changes: async (of, service) => {
        asked.push(`${of}/${service}`)
        const found = diffs[`${of}/${service}`] ?? ''
        if (found === 'broken') throw new Error('no engine')
        return found
      },
    },
    fault: (what, error) => faults.push(`${what}: ${error}`),
  })
  const restart = (ok = true, service = 'tax') =>
    engine.submit({ type: 'restart-app', data: { team, service, ok } }, blue(team))
  const end = () => engine.submit({ type: 'end-exercise', data: { reason: '' } }, PLATFORM)
  const changes = () => engine.state().teams.find(({ id }) => id === team)?.changes ?? {}
  return { ...time, store, engine, diffs, asked, faults, kept, restart, end, changes }
}

test('what was changed is kept after a restart that went well, once while it stays the same', async () => {
  const it = await running()
  it.diffs[`${team}/tax`] = DIFF
  await it.restart(false)
  await settle()
  expect(it.asked).toEqual([])
  await it.restart()
  await settle()
  expect(it.changes()).toMatchObject({ tax: { files: 1, added: 2, removed: 1, file: { name: 'tax.diff' } } })
  const { sha256 = '' } = it.changes().tax?.file ?? {}
  expect(String(await it.store.log.readFile('x', sha256))).toBe(DIFF)
  const events = it.store.events.length
  await it.restart()
  await settle()
  expect(it.store.events.slice(events).map(({ type }) => type)).not.toContain('changes.kept')
  // The team itself and white, nobody else.
  const event = it.store.events.find(({ type }) => type === 'changes.kept')
  if (!event) throw new Error('nothing was kept')
  expect(redact(event, { seat: 'blue', team })).toMatchObject({ data: { service: 'tax' } })
  expect(redact(event, { seat: 'blue', team: other })).toBeNull()
  expect(redact(event, { seat: 'guest' })).toBeNull()
  expect(insider({ seat: 'white' }, team)).toBe(true)
})

test('a terminal that is closed is a moment to keep, and restarts all day are not', async () => {
  const it = await running()
  it.diffs[`${team}/register`] = DIFF
  const terminal = { team, service: 'register', terminal: 't' }
  await it.engine.submit({ type: 'open-terminal', data: terminal }, blue(team))
  await it.engine.submit(
    { type: 'close-terminal', data: { team, terminal: 't', reason: 'closed' } },
    PLATFORM,
  )
  await settle()
  expect(it.changes()).toHaveProperty('register')
  for (let n = 0; n < 40; n += 1) {
    it.diffs[`${team}/tax`] = `${DIFF}+${n}\n`
    await it.restart()
    await settle()
  }
  expect(it.asked.filter((one) => one === `${team}/tax`)).toHaveLength(20)
  // The end is kept however many there were.
  await it.end()
  await it.kept.close()
  expect(it.changes().tax?.added).toBe(3)
  expect(String(await it.store.log.readFile('x', it.changes().tax?.file.sha256 ?? ''))).toContain('+39')
})

test('at the end all services are read, what fails stops nothing, and the reference is there for those who played', async () => {
  const it = await running()
  it.diffs[`${team}/register`] = 'broken'
  it.diffs[`${team}/tax`] = DIFF
  expect(await it.engine.submit({ type: 'keep-fixes', data: { fixes: [] } }, PLATFORM)).toMatchObject({
    ok: false,
    refusal: { code: 'wrong-phase' },
  })
  await it.end()
  await it.kept.close()
  const all = smallTeams.flatMap(({ id }) => it.engine.state().scenario.services.map((s) => `${id}/${s.id}`))
  expect(it.asked.toSorted()).toEqual(all.toSorted())
  expect(it.faults).toEqual([`keeping what ${team}/register changed: Error: no engine`])
  expect(Object.keys(it.changes())).toEqual(['tax'])
  const { fixes, scenario } = it.engine.state()
  expect(fixes.map(({ service }) => service)).toEqual(scenario.weaknesses.map(({ service }) => service))
  const [fix] = fixes
  expect(fix?.file.name).toBe('register-1.diff')
  expect(String(await it.store.log.readFile('x', fix?.file.sha256 ?? ''))).toBe('fix of register/injection')
  const event = it.store.events.find(({ type }) => type === 'fixes.kept')
  if (!event) throw new Error('no fixes were kept')
  expect(redact(event, { seat: 'blue', team })).toMatchObject({ data: { fixes: [{}, {}] } })
  for (const seat of ['guest', 'observer'] as const)
    expect(redact(event, { seat })).toMatchObject({ data: { fixes: [] } })
})
