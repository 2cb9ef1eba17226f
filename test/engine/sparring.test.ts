import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { runTask } from '../../server/engine/runner/runs.ts'
import type { TaskTools } from '../../server/engine/runner/task-run.ts'
import { openSparring } from '../../server/engine/sparring.ts'
import { teamOf } from '../../server/exercise/fold/state.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Team } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { openFakeClock } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

test('what a team knows is folded only where a pilot asks for it', async () => {
  const teams = (['swift', 'person', 'absent', 'clumsy'] as const).map(
    (pilot): Team => ({
      id: `team-${pilot}`,
      name: { en: pilot, et: pilot, ja: pilot },
      country: 'XX',
      pilot,
    }),
  )
  const engine = await openEngine({
    log: openMemoryLog().log,
    clock: openFakeClock().clock,
    exerciseId: 'x',
  })
  const data = { exerciseId: 'x', scenario: smallScenario, scenarioHash: 'h', seed: 's', teams, speed: 1 }
  await engine.submit({ type: 'create-exercise', data }, PLATFORM)
  const asked: string[] = []
  const sparring = openSparring({
    engine: {
      ...engine,
      audiences: {
        ...engine.audiences,
        now(audience) {
          asked.push('team' in audience ? audience.team : audience.seat)
          return engine.audiences.now(audience)
        },
      },
    },
  })
  sparring.wanted(0)
  expect(asked).toEqual(['team-swift', 'team-clumsy'])
})

test('a pilot’s report is wanted once, and filed as the machine’s', async () => {
  const team = 'team-swift'
  const { clock, pass } = openFakeClock()
  const engine = await openEngine({ log: openMemoryLog().log, clock, exerciseId: 'x' })
  const attack = smallScenario.attacks[0]?.id ?? ''
  const scoring = { ...smallScenario.scoring, reporting: 100 }
  const teams: readonly Team[] = [
    { id: team, name: { en: 's', et: 's', ja: 's' }, country: 'XX', pilot: 'swift' },
  ]
  const scenario = {
    ...smallScenario,
    scoring,
    attacks: smallScenario.attacks.map((one) => ({ ...one, trigger: at(0) })),
  }
  const data = { exerciseId: 'x', scenario, scenarioHash: 'h', seed: 's', teams, speed: 1 }
  const give = async (type: string, given: object) => {
    const done = await engine.submit({ type, data: given } as never, PLATFORM)
    if (!done.ok) throw new Error(`${type}: ${done.refusal.message}`)
  }
  await give('create-exercise', data)
  await give('start-deploy', {})
  const checks = [{ name: 'host', target: '10.0.0.1', ok: true, detail: '' }]
  await give('report-isolation', { team, checks })
  await give('finish-deploy', { ms: 1 })
  await give('start-exercise', {})
  await give('launch-attack', { team, attack })
  const evidence = { step: '1', sent: 'GET /secret-path', received: '', expected: '', ms: 1 }
  await give('report-attack', { team, attack, attempt: 1, result: 'landed', alive: true, evidence })
  await pass(20_000)
  const sparring = openSparring({ engine })
  const reports = () => sparring.wanted(20_000).filter(({ task }) => task.kind === 'pilot-report')
  const [wanted] = reports()
  if (wanted) await runTask(wanted.task, { engine, clock } as unknown as TaskTools)
  const [report] = teamOf(engine.state(), team)?.reports ?? []
  expect(report?.versions).toMatchObject([
    {
      by: { kind: 'pilot', team },
      fields: { technique: scenario.weaknesses[0]?.technique, indicators: '/secret-path' },
    },
  ])
  expect(reports()).toEqual([])
  await engine.close()
})
