import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { blue } from '../kit/actors.ts'
import { madeScenario } from './made-scenario.ts'
import { attacked, finish, fixed, type Run, runningRun, seen } from './run.ts'

const lessons = (run: Run) => nationalView(run.state, run.state.atMs).lessons
const turnsTo = (run: Run, team: string, service: string, at: number) =>
  run.give('open-terminal', { team, service, terminal: `${team}-${at}` }, at, blue(team))

describe('[NV7] lessons', () => {
  test('are none before the end, and none of an exercise in which nothing happened', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    expect(lessons(run)).toEqual([])
    finish(run)
    expect(lessons(run).length).toBeGreaterThan(0)
    const quiet = runningRun()
    finish(quiet)
    expect(lessons(quiet)).toEqual([])
  })

  test('say where attackers stayed, what stood longest, and who was done soonest with the same', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    attacked(run, 'saareke', 'wave-1', 'landed', 60_000)
    turnsTo(run, 'saareke', 'population', 70_000)
    fixed(run, 'saareke', 'wave-1', 90_000)
    attacked(run, 'laanemets', 'wave-2', 'landed', 120_000)
    fixed(run, 'meremaa', 'wave-1', 360_000)
    finish(run)
    const [open, longest, fastest, ...more] = lessons(run)
    expect(open).toMatchObject({ kind: 'open', teams: ['laanemets'] })
    expect(longest).toEqual({
      kind: 'longest',
      bout: {
        cause: 'attack',
        service: 'population',
        team: 'meremaa',
        ms: 300_000,
        noticedMs: null,
        mendingMs: null,
      },
    })
    expect(fastest).toMatchObject({
      kind: 'fastest',
      bout: { team: 'saareke', ms: 30_000, noticedMs: 10_000 },
      slowestMs: 300_000,
    })
    expect(more).toEqual([])
  })

  test('of one country say nothing of who was faster', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    fixed(run, 'meremaa', 'wave-1', 90_000)
    finish(run)
    expect(lessons(run).map(({ kind }) => kind)).toEqual(['longest', 'most-hit', 'blocked'])
  })

  test('an outage that followed from another is no lesson of its own, though it stood longer', () => {
    const run = runningRun({
      ...madeScenario,
      services: madeScenario.services.map((one) => (one.id === 'tax' ? { ...one, needs: ['portal'] } : one)),
    })
    seen(run, 'meremaa', 'portal/login', 'down', 60_000)
    seen(run, 'meremaa', 'tax/file', 'down', 61_000)
    seen(run, 'meremaa', 'portal/login', 'up', 120_000)
    seen(run, 'meremaa', 'tax/file', 'up', 180_000)
    finish(run)
    expect(lessons(run)).toMatchObject([{ kind: 'longest', bout: { cause: 'outage', service: 'portal' } }])
  })

  test('are the same for guests by their own stream', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    attacked(run, 'saareke', 'wave-1', 'landed', 61_000)
    turnsTo(run, 'saareke', 'population', 70_000)
    fixed(run, 'saareke', 'wave-1', 90_000)
    finish(run)
    const state = fold(run.ledger.flatMap((event) => redact(event, { seat: 'guest' }) ?? []))
    expect(nationalView(state, state.atMs).lessons).toEqual(lessons(run))
  })
})
