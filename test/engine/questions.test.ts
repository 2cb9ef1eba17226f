import { expect, test } from 'vitest'
import { createExercise } from '../../server/engine/platform/create-exercise.ts'
import { questionDigest } from '../../server/engine/question-digest.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { injectOf, teamOf } from '../../server/exercise/fold/state.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { inject } from '../exercise/made-scenario.ts'
import { blue } from '../kit/actors.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { openMemoryLog } from './memory-log.ts'

const ID = 'which-file'
const scenario: Scenario = {
  ...smallScenario,
  injects: [
    inject(ID, 0, {
      expects: { kind: 'question', tries: 3, hints: [], answers: ['id_deploy'] },
      rubric: [],
      category: 'forensics',
      trigger: at(0),
    }),
  ],
}

test('an answer is compared by the engine: no digest that comes with it counts, and the ledger does not hold the answer', async () => {
  const { log } = openMemoryLog()
  const loaded = { scenario, teams: smallTeams, hash: 'h', files: [] } as never
  const engine = await createExercise({
    log,
    clock: wallClock,
    exerciseId: 'q',
    loaded,
    place: { folder: '/nowhere', packs: [] },
    speed: 1,
  })
  await engine.submit({ type: 'start-deploy', data: {} }, PLATFORM)
  for (const { id: team } of smallTeams) {
    const checks = [{ name: 'host', target: '10.0.0.1', ok: true, detail: '' }]
    await engine.submit({ type: 'report-isolation', data: { team, checks } }, PLATFORM)
  }
  await engine.submit({ type: 'finish-deploy', data: { ms: 1 } }, PLATFORM)
  await engine.submit({ type: 'start-exercise', data: {} }, PLATFORM)
  const team = smallTeams[0]?.id ?? ''
  await engine.submit({ type: 'send-inject', data: { team, inject: ID } }, PLATFORM)
  const { seed } = engine.state()
  expect(seed).not.toBe('')
  const tryIt = (text: string, seen: number, digest?: string) =>
    engine.submit(
      { type: 'try-question', data: { team, inject: ID, text, seen, ...(digest && { digest }) } },
      blue(),
    )
  const forged = await tryIt('guess', 0, questionDigest(seed, ID, 'id_deploy'))
  expect(forged).toMatchObject({ ok: true, events: [{ type: 'question.tried', data: { right: false } }] })
  expect(JSON.stringify(await engine.events(0, 1_000))).not.toContain('id_deploy')
  // Five at once from as many pages: one of them is a try.
  const together = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => tryIt(text, 1)))
  expect(together.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await tryIt(' ID_DEPLOY', 2, 'nonsense')).toMatchObject({
    ok: true,
    events: [{ data: { right: true, n: 3 } }, { type: 'inject.answered' }, { data: { share: 0.5 } }],
  })
  expect(injectOf(teamOf(engine.state(), team), ID)?.tries).toHaveLength(3)
  await engine.close()
})
