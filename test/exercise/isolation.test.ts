import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { madeTeams } from './made-scenario.ts'
import { finish, type Run, readyRun, runningRun } from './run.ts'

const OPEN = { team: null, what: 'iptables: "INPUT -i kilp-+ -j DROP" was gone' }
const lose = (run: Run, at?: number) => run.give('report-isolation-lost', OPEN, at)
const restore = (run: Run, at?: number) => run.give('report-isolation-restored', { lostMs: 1_400 }, at)
const types = (events: readonly { readonly type: string }[]) => events.map((event) => event.type)

describe('isolation while an exercise stands', () => {
  test('is lost and restored, each once', () => {
    const run = runningRun()
    expect(types(lose(run, 5_000))).toEqual(['isolation.lost'])
    expect(lose(run, 6_000)).toEqual([])
    expect(run.state.isolationLost).toEqual({ ...OPEN, atMs: 5_000 })
    expect(types(run.give('report-isolation-lost', { team: 'meremaa', what: 'the host' }, 6_000))).toEqual([
      'isolation.lost',
    ])
    expect(restore(run, 7_000)).toMatchObject([{ type: 'isolation.restored', data: { lostMs: 1_400 } }])
    expect(restore(run, 8_000)).toEqual([])
    expect(run.state.isolationLost).toBeNull()
  })
  test('is proven anew by an event; a proof that fails is none', () => {
    const run = runningRun()
    const check = { name: 'host', target: '10.1.0.1', ok: true, detail: 'silence' }
    const team = madeTeams[0]?.id ?? ''
    expect(types(run.give('report-isolation', { team, checks: [check] }, 9_000))).toEqual([
      'isolation.proven',
    ])
    expect(
      run.refused('report-isolation', { team, checks: [{ ...check, ok: false, detail: 'connected' }] }),
    ).toMatchObject({ code: 'not-isolated', message: expect.stringContaining('connected') })
  })
  test('an exercise neither starts nor goes on while it is lost', () => {
    const ready = readyRun()
    lose(ready)
    expect(ready.refused('start-exercise', {})).toMatchObject({
      code: 'isolation-lost',
      params: { what: OPEN.what },
    })
    restore(ready)
    ready.give('start-exercise', {})
    ready.give('pause-exercise', { reason: 'isolation-lost' }, 1_000)
    lose(ready)
    expect(ready.refused('resume-exercise', {}).code).toBe('isolation-lost')
    restore(ready)
    ready.give('resume-exercise', {})
    expect(ready.state.phase).toBe('running')
  })
  test('of a range that does not stand is nobody’s', () => {
    const run = runningRun()
    finish(run)
    expect(lose(run)).toEqual([])
  })
})

describe('who learns of lost isolation', () => {
  const run = runningRun()
  lose(run, 5_000)
  const show = (audience: Audience) => {
    const own = fold(run.ledger.flatMap((event) => redact(event, audience) ?? []))
    const view = exerciseView(own, 6_000, audience)
    return {
      told: view.story.some((item) => item.code === 'story.isolation.lost'),
      why: view.isolationLost?.what ?? null,
      hears: JSON.stringify(own).includes('iptables'),
    }
  }
  test('white, with what is open', () => {
    expect(show({ seat: 'white' })).toEqual({ told: true, why: OPEN.what, hears: true })
  })
  test('observers, without it', () => {
    expect(show({ seat: 'observer' })).toEqual({ told: true, why: null, hears: false })
  })
  test.each<Audience>([{ seat: 'guest' }, { seat: 'blue', team: madeTeams[0]?.id ?? '' }])(
    '$seat: not, for it would be an invitation',
    (audience) => {
      expect(show(audience)).toEqual({ told: false, why: null, hears: false })
    },
  )
})
