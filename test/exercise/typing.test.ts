import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { mayType } from '#exercise/decide/typing.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { white } from '../kit/actors.ts'
import { madeScenario } from './made-scenario.ts'
import { openRun, type Run, readyRun, runningRun } from './run.ts'

const preparing = (id: string): Scenario => ({
  ...madeScenario,
  phases: madeScenario.phases.map((phase) => (phase.id === id ? { ...phase, preparation: true } : phase)),
})
const team = (run: Run) => mayType(run.state, 'blue')
const pause = (run: Run, at: number) => {
  run.give('pass-time', {}, at)
  run.give('pause-exercise', { reason: '' }, at)
}
const prepare = (run: Run, open: boolean) => run.give('change-preparation', { open }, undefined, white())

describe('what a team types while time stands still', () => {
  test('comes in while the exercise runs, and neither before the start nor in a pause', () => {
    const run = readyRun()
    expect(team(run)).toBe(false)
    run.give('start-exercise', {})
    expect(team(run)).toBe(true)
    pause(run, 10_000)
    expect(team(run)).toBe(false)
    expect(mayType(run.state, 'white')).toBe(true)
  })

  test('comes in where the phase is one of preparation: in its own pauses, and before the start where it is the first', () => {
    expect(team(readyRun(preparing('calm')))).toBe(true)
    expect(team(readyRun(preparing('storm')))).toBe(false)
    const run = runningRun(preparing('storm'))
    pause(run, 10_000)
    expect(team(run)).toBe(false)
    run.give('resume-exercise', {})
    pause(run, 70_000)
    expect(team(run)).toBe(true)
  })

  test('comes in where the instructor has opened terminals by hand, until time goes on', () => {
    const run = readyRun()
    expect(prepare(run, true)).toMatchObject([
      { type: 'preparation.changed', data: { open: true, by: { seat: 'white' } } },
    ])
    expect(team(run)).toBe(true)
    run.give('start-exercise', {})
    pause(run, 10_000)
    expect(team(run)).toBe(false)
    prepare(run, true)
    expect(team(run)).toBe(true)
    prepare(run, false)
    expect(team(run)).toBe(false)
    prepare(run, true)
    run.give('resume-exercise', {})
    pause(run, 20_000)
    expect(team(run)).toBe(false)
  })

  test('does not come in where the instructor has closed what the phase opens', () => {
    const run = readyRun(preparing('calm'))
    prepare(run, false)
    expect(team(run)).toBe(false)
    run.give('start-exercise', {})
    pause(run, 10_000)
    expect(team(run)).toBe(true)
  })

  test('is nothing to change while the exercise runs, before it stands or after its end, and to say what is so changes nothing', () => {
    const run = openRun()
    expect(run.refused('change-preparation', { open: true }).code).toBe('wrong-phase')
    const other = runningRun()
    expect(other.refused('change-preparation', { open: true }, 1_000).code).toBe('wrong-phase')
    other.give('end-exercise', { reason: 'over' }, 2_000)
    expect(other.refused('change-preparation', { open: true }).code).toBe('wrong-phase')
    expect(prepare(readyRun(), false)).toEqual([])
    expect(prepare(readyRun(preparing('calm')), true)).toEqual([])
  })

  test('is opened by white alone, and everybody is told, but not by whom', () => {
    const command = { type: 'change-preparation', data: { open: true } } as const
    expect(mayCommand('white', null, command)).toBe(true)
    for (const seat of ['observer', 'guest'] as const)
      expect(mayCommand(seat, null, command)).toMatchObject({ code: 'not-allowed' })
    expect(mayCommand('blue', 'meremaa', command)).toMatchObject({ code: 'not-allowed' })
    const run = readyRun()
    prepare(run, true)
    expect(run.state.story.at(-1)).toMatchObject({ code: 'story.preparation.opened', params: {} })
    prepare(run, false)
    expect(run.state.story.at(-1)).toMatchObject({ code: 'story.preparation.closed' })
  })
})
