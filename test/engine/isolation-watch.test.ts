import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { followIsolation } from '../../server/engine/isolation-watch.ts'
import type { IsolationNews } from '../../server/engine/ports/range-news.ts'
import { white } from '../kit/actors.ts'
import { smallTeams } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock, settle } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const checks = [{ name: 'probe: the host out of reach', target: '10.0.0.1', ok: true, detail: 'silence' }]

async function running() {
  const { clock } = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const faults: string[] = []
  const engine = await openEngine({ log: store.log, clock, exerciseId: 'x' })
  await standUp(engine)
  await startExercise(engine)
  followIsolation(engine, world.range, (what) => faults.push(what))
  const since = store.events.length
  const told = async (...news: readonly IsolationNews[]) => {
    for (const one of news) world.isolation(one)
    await settle()
    return store.events.slice(since).map(({ type }) => type)
  }
  return { engine, told, faults }
}

const lost = (lasting: boolean): IsolationNews => ({
  happened: 'lost',
  team: null,
  what: 'rule "INPUT -i kilp-+ -j DROP" was gone',
  lasting,
})

test('what is mended at once stands in the ledger with the proof made anew, and the exercise goes on', async () => {
  const it = await running()
  const proofs = smallTeams.map(({ id }): IsolationNews => ({ happened: 'proven', team: id, checks }))
  expect(await it.told(lost(false), ...proofs, { happened: 'restored', lostMs: 900 })).toEqual([
    'isolation.lost',
    ...smallTeams.map(() => 'isolation.proven'),
    'isolation.restored',
  ])
  expect(it.engine.state()).toMatchObject({ phase: 'running', isolationLost: null })
  expect(it.faults).toEqual([])
})

test('what stays open pauses the exercise with a reason, and nobody resumes it before it is proven closed', async () => {
  const it = await running()
  expect(await it.told(lost(true), lost(true))).toEqual(['isolation.lost', 'exercise.paused'])
  const resume = () => it.engine.submit({ type: 'resume-exercise', data: {} }, white())
  expect(await resume()).toMatchObject({ ok: false, refusal: { code: 'isolation-lost' } })
  expect(await it.told({ happened: 'restored', lostMs: 60_000 })).toContain('isolation.restored')
  expect(await resume()).toMatchObject({ ok: true })
})
