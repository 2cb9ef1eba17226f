import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { madeTeams } from './made-scenario.ts'
import { finish, readyRun, runningRun } from './run.ts'

const [first = ''] = madeTeams.map(({ id }) => id)
const LOST = { machine: 'm2', name: 'cellar', teams: [first] }

describe('machines that carry enclaves', () => {
  test('one that goes is told once, and once that it is back', () => {
    const run = runningRun()
    expect(run.give('report-machine-lost', LOST, 5_000)).toMatchObject([{ type: 'machine.lost', data: LOST }])
    expect(run.give('report-machine-lost', LOST, 6_000)).toEqual([])
    expect(run.state.machinesAway).toEqual([{ ...LOST, sinceMs: 5_000 }])
    expect(run.give('report-machine-returned', { machine: 'm1' }, 7_000)).toEqual([])
    expect(run.give('report-machine-returned', { machine: 'm2' }, 8_000)).toMatchObject([
      { type: 'machine.returned', data: { machine: 'm2', name: 'cellar' } },
    ])
    expect(run.state.machinesAway).toEqual([])
  })
  test('what it is called stays with white', () => {
    const run = readyRun()
    run.give('report-machine-lost', LOST)
    const [event] = run.ledger.slice(-1)
    const named = (seat: 'white' | 'guest') => [
      (event && redact(event, { seat }))?.data,
      exerciseView(run.state, 0, { seat }).machinesAway?.[0],
    ]
    for (const one of named('white')) expect(one).toMatchObject({ name: 'cellar' })
    for (const one of named('guest')) expect(one).toMatchObject({ name: '' })
  })
  test('the wall says how many countries can not be measured, and since when', () => {
    const run = runningRun()
    run.give('report-machine-lost', LOST, 5_000)
    expect(nationalView(run.state, 6_000).health).toMatchObject({ state: 'away', away: 1, sinceMs: 5_000 })
    run.give('report-machine-returned', { machine: 'm2' }, 8_000)
    expect(nationalView(run.state, 9_000).health).toMatchObject({ state: 'well' })
  })
  test('of a range that does not stand it is nobody’s', () => {
    const run = runningRun()
    finish(run)
    expect(run.give('report-machine-lost', LOST)).toEqual([])
  })
})
