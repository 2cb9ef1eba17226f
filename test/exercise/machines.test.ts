import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { white } from '../kit/actors.ts'
import { madeTeams } from './made-scenario.ts'
import { finish, readyRun, runningRun } from './run.ts'

const [first = '', second = ''] = madeTeams.map(({ id }) => id)
const LOST = { machine: 'm2', name: 'cellar', teams: [first] }

describe('[SC29] machines that carry enclaves', () => {
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

describe('[SC29] an enclave that is set up anew on another machine', () => {
  const away = () => {
    const run = runningRun()
    run.give('report-machine-lost', { ...LOST, teams: [first, second] }, 5_000)
    return run
  }
  const changes = [
    { service: 'tax', savedWall: 1_790_000_000_000 },
    { service: 'register', savedWall: null },
  ]
  const moved = { team: first, ok: true, name: 'attic', reason: '', changes }

  test('is only for white to ask, of a team that there is, whose machine is away', () => {
    const run = away()
    const ask = { team: first }
    for (const seat of ['white', 'blue', 'observer', 'guest'] as const)
      expect(mayCommand(seat, first, { type: 'move-enclave', data: ask }) === true).toBe(seat === 'white')
    expect(run.refused('move-enclave', { team: 'nobody' }, 6_000, white()).code).toBe('unknown-team')
    run.give('report-machine-returned', { machine: 'm2' }, 7_000)
    expect(run.refused('move-enclave', ask, 8_000, white())).toMatchObject({
      code: 'machine-answers',
      params: ask,
    })
    expect(readyRun().refused('move-enclave', ask, 0, white()).code).toBe('machine-answers')
    const over = away()
    finish(over)
    expect(over.refused('move-enclave', ask, over.state.atMs, white()).code).toBe('wrong-phase')
  })
  test('is begun once, by whom is kept, and is done once', () => {
    const run = away()
    expect(run.give('report-moved', moved, 5_500)).toEqual([])
    expect(run.give('move-enclave', { team: first }, 6_000, white())).toMatchObject([
      { type: 'enclave.move-began', data: { team: first, by: white() } },
    ])
    expect(run.give('move-enclave', { team: first }, 6_500, white('other'))).toEqual([])
    expect(run.state.moving).toEqual([first])
    expect(run.give('report-moved', moved, 9_000)).toMatchObject([{ type: 'enclave.moved', data: moved }])
    expect(run.give('report-moved', moved, 9_500)).toEqual([])
    expect([run.state.moving, run.state.machinesAway.map(({ teams }) => teams)]).toEqual([[], [[second]]])
    // It stands elsewhere now: that the old machine stays away is nothing of its own.
    expect(run.refused('move-enclave', { team: first }, 10_000, white()).code).toBe('machine-answers')
  })
  test('leaves nobody on a machine that stays away when it was the last', () => {
    const run = away()
    for (const team of [first, second]) {
      run.give('move-enclave', { team }, 6_000, white())
      run.give('report-moved', { ...moved, team }, 7_000)
    }
    expect([run.state.machinesAway, nationalView(run.state, 8_000).health.state]).toEqual([[], 'well'])
    expect(run.give('report-machine-returned', { machine: 'm2' }, 9_000)).toEqual([])
  })
  test('that fails stays where it was, and may be asked for again', () => {
    const run = away()
    run.give('move-enclave', { team: first }, 6_000, white())
    const failed = { ...moved, ok: false, name: '', reason: 'x'.repeat(2_000), changes: [] }
    const [event] = run.give('report-moved', failed, 7_000)
    expect(event).toMatchObject({ data: { ok: false, reason: 'x'.repeat(1_000) } })
    expect([run.state.moving, run.state.machinesAway[0]?.teams]).toEqual([[], [first, second]])
    expect(run.give('move-enclave', { team: first }, 8_000, white())).toHaveLength(1)
  })
  test('is known to all; who asked, where it stands and why it failed only to white, what went with it to its team too', () => {
    const run = away()
    run.give('move-enclave', { team: first }, 6_000, white())
    run.give('report-moved', { ...moved, reason: 'no space left' }, 7_000)
    const [began, ended] = run.ledger.slice(-2)
    if (!began || !ended) throw new Error('nothing happened')
    const seenBy = (audience: Parameters<typeof redact>[1]) => [
      redact(began, audience)?.data,
      redact(ended, audience)?.data,
    ]
    const told = { team: first, ok: true, name: '', reason: '' }
    expect(seenBy({ seat: 'white' })).toEqual([
      { team: first, by: white() },
      { ...moved, reason: 'no space left' },
    ])
    expect(seenBy({ seat: 'blue', team: first })).toEqual([
      { team: first, by: null },
      { ...told, changes },
    ])
    for (const other of [{ seat: 'blue', team: second }, { seat: 'guest' }] as const)
      expect(seenBy(other)).toEqual([
        { team: first, by: null },
        { ...told, changes: [] },
      ])
  })
})
