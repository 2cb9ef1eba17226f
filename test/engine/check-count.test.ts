import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { fold } from '../../server/exercise/fold/evolve.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { CheckCount } from '../../server/exercise/ledger/check-events.ts'
import { exconFacts } from '../../server/exercise/views/report/excon-facts.ts'
import { white } from '../kit/actors.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const nothing = () => ({ edits: [], typed: '' })
const LONG_MS = 1_200_000
const quiet = {
  ...smallScenario,
  durationMs: LONG_MS,
  citizens: { ...smallScenario.citizens, visitsPerMinute: 0 },
}

async function arrange() {
  const time = openFakeClock()
  const store = openMemoryLog()
  const { range, runs } = openFakeRange()
  const faults: string[] = []
  const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
  await standUp(engine, { scenario: quiet })
  const fault = (what: string, error: unknown) => void faults.push(`${what}: ${error}`)
  const loop = openExerciseLoop({
    ...{ engine, range, log: store.log, clock: time.clock, fault },
    playbook: { fix: nothing, wrongFix: nothing, undoWrongFix: nothing },
    terminals: openTerminals(engine, range, fault),
  })
  const begun = loop.begin()
  await time.pass(200)
  await begun
  const before = runs.length
  await startExercise(engine)
  return { ...time, engine, store, loop, faults, before }
}
type World = Awaited<ReturnType<typeof arrange>>

/** What the samples say of the time since the start: a second account of the same looks. */
function counted({ store }: World, fromMs: number) {
  const teams: Record<string, CheckCount> = {}
  for (const { team, journey, verdict, at } of store.samples) {
    if (at < fromMs) continue
    const known = teams[team] ?? { light: 0, full: 0, unknown: 0 }
    teams[team] = {
      light: known.light + (journey === 'alive' ? 1 : 0),
      full: known.full + (journey === 'alive' ? 0 : 1),
      unknown: known.unknown + (verdict === 'unknown' ? 1 : 0),
    }
  }
  return teams
}
const said = ({ store }: World) => store.events.filter(({ type }) => type === 'checks.counted')

test('how often each team was looked at stands in the ledger at a pause and at the end, and a report, a replay and an export say the same', async () => {
  const it = await arrange()
  await it.pass(60_000)
  expect(said(it)).toEqual([])
  await it.engine.submit({ type: 'pause-exercise', data: { reason: '' } }, white())
  await it.pass(1_000)
  expect(said(it)).toHaveLength(1)
  const first = it.engine.state().checks
  expect(first?.teams).toEqual(counted(it, 1))
  expect(Object.values(first?.teams ?? {}).every(({ full, light }) => full > 0 && light > full)).toBe(true)
  await it.engine.submit({ type: 'resume-exercise', data: {} }, white())
  await it.pass(30_000)
  await it.engine.submit({ type: 'end-exercise', data: { reason: '' } }, white())
  await it.pass(1_000)
  expect(said(it)).toHaveLength(2)
  const { platform } = exconFacts(it.engine.state(), it.engine.atMs())
  expect(Object.fromEntries(platform.teams.map(({ team, checks }) => [team, checks]))).toEqual(counted(it, 1))
  expect(platform.checks?.full.max).toBeGreaterThan(first?.teams[platform.teams[0]?.team ?? '']?.full ?? 0)
  // The ledger alone says it.
  expect(exconFacts(fold(it.store.events), it.engine.atMs()).platform).toEqual(platform)
  expect(it.faults).toEqual([])
})

test('while time runs it is said every few minutes, and what a stop of the platform would lose as it stops', async () => {
  const it = await arrange()
  await it.pass(301_000)
  expect(said(it)).toHaveLength(1)
  await it.pass(60_000)
  const closed = it.loop.close()
  await it.pass(20_000)
  await closed
  expect(said(it)).toHaveLength(2)
  expect(it.engine.state().checks?.teams).toEqual(counted(it, 1))
})

test('what was looked at before the start is nobody’s, and nobody but the platform counts', async () => {
  const it = await arrange()
  expect(it.before).toBeGreaterThan(0)
  expect(it.engine.state().checks).toBeNull()
  const data = {
    teams: { red: { light: 9, full: 9, unknown: 0 }, nobody: { light: 1, full: 0, unknown: 0 } },
  }
  await it.engine.submit({ type: 'count-checks', data }, PLATFORM)
  expect(Object.keys(it.engine.state().checks?.teams ?? {})).toEqual(['red'])
})
