import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { madeTeams } from './made-scenario.ts'
import { finish, runningRun } from './run.ts'

const [own = '', other = ''] = madeTeams.map(({ id }) => id)
const filled = {
  team: own,
  service: 'portal',
  strike: 7,
  heldMiB: 900,
  teamMiB: 1_100,
  allowedMiB: 1_000,
  stays: false,
}
const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)

describe('a service that filled the disk', () => {
  test('is a fact each time, and once when it is said twice', () => {
    const run = runningRun()
    expect(types(run.give('report-disk', filled, 1_000))).toEqual(['disk.filled'])
    expect(run.give('report-disk', filled, 1_000)).toEqual([])
    // Of one that nobody can count nothing else differs.
    expect(types(run.give('report-disk', { ...filled, strike: 8 }, 2_000))).toEqual(['disk.filled'])
    expect(types(run.give('report-disk', { ...filled, strike: 9, stays: true }, 3_000))).toEqual([
      'disk.filled',
    ])
    expect(run.refused('report-disk', { ...filled, service: 'nowhere' }).code).toBe('unknown-service')
    finish(run)
    expect(run.give('report-disk', { ...filled, strike: 10 })).toEqual([])
  })
  test('is told to its team and white, with what to do, and to nobody else', () => {
    const run = runningRun()
    const [event] = run.give('report-disk', filled, 1_000)
    if (!event) throw new Error('no event')
    const seen = (audience: Audience) => ({
      receives: redact({ ...event, position: 1, wall: 1 } as never, audience) !== null,
      story: exerciseView(run.state, 2_000, audience).story.some(({ code }) => code === 'story.disk.filled'),
    })
    const yes = { receives: true, story: true }
    const no = { receives: false, story: false }
    expect(seen({ seat: 'white' })).toEqual(yes)
    expect(seen({ seat: 'blue', team: own })).toEqual(yes)
    expect(seen({ seat: 'blue', team: other })).toEqual(no)
    expect(seen({ seat: 'observer' })).toEqual(no)
    expect(seen({ seat: 'guest' })).toEqual(no)
  })
})
