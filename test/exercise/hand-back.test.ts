import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience, Pilot } from '#exercise/scenario/model.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { white } from '../kit/actors.ts'
import { attacked, type Run, runningRun } from './run.ts'

const TEAM = 'meremaa'
const guest: Audience = { seat: 'guest' }
const own: Audience = { seat: 'blue', team: TEAM }
const rival: Audience = { seat: 'blue', team: 'saareke' }

const give = (run: Run, pilot: Pilot, at: number) =>
  run.give('change-pilot', { team: TEAM, pilot }, at, white())
const acts = (run: Run, action: 'fix' | 'wrong-fix', at: number, ok = true) =>
  run.give('report-pilot', { team: TEAM, weakness: 'tax/refund-iban', action, ok }, at)

/** What an audience sees of the team, from its own stream. */
function seen(run: Run, at: number, audience: Audience = guest) {
  const stream = run.ledger.flatMap((event) => redact(event, audience) ?? [])
  return exerciseView(fold(stream), at, audience).teams.find(({ id }) => id === TEAM)
}
const handedBack = (run: Run, at: number, audience?: Audience) => seen(run, at, audience)?.handedBack

describe('a team that is handed back to a pilot', () => {
  test('shows to everybody for how long the machine has played it since', () => {
    const run = runningRun()
    expect(handedBack(run, 50_000)).toBeUndefined()
    give(run, 'person', 50_000)
    expect(handedBack(run, 80_000)).toBeUndefined()
    give(run, 'swift', 100_000)
    for (const audience of [guest, own, rival, { seat: 'observer' }, { seat: 'white' }] as const)
      expect(handedBack(run, 130_000, audience)).toEqual({ playedMs: 30_000, mended: 0 })
    // Another pilot goes on; people take it again; nobody plays it; and the machine once more.
    give(run, 'steady', 140_000)
    give(run, 'person', 160_000)
    expect(handedBack(run, 300_000)).toEqual({ playedMs: 60_000, mended: 0 })
    give(run, 'absent', 300_000)
    expect(handedBack(run, 350_000)).toEqual({ playedMs: 60_000, mended: 0 })
    give(run, 'clumsy', 350_000)
    expect(handedBack(run, 360_000)).toEqual({ playedMs: 70_000, mended: 0 })
  })

  test('is none that a machine has played from the beginning, whatever machine', () => {
    const run = runningRun()
    give(run, 'steady', 50_000)
    give(run, 'absent', 60_000)
    give(run, 'swift', 70_000)
    acts(run, 'fix', 80_000)
    for (const audience of [guest, own, { seat: 'white' }] as const)
      expect(handedBack(run, 100_000, audience)).toBeUndefined()
  })

  test('was played by nobody in time that was skipped, and not while the clock stands', () => {
    const run = runningRun()
    give(run, 'person', 1_000)
    give(run, 'swift', 10_000)
    run.give('skip-quiet-time', { toMs: 50_000 }, 20_000, white())
    expect(handedBack(run, 52_000)).toEqual({ playedMs: 12_000, mended: 0 })
    run.give('pause-exercise', { reason: '' }, 53_000, white())
    expect(handedBack(run, 90_000)).toEqual({ playedMs: 13_000, mended: 0 })
  })

  test('shows what the pilot mended then as mended by its pilot: how many to everybody, which to white and itself alone', () => {
    const run = runningRun()
    attacked(run, TEAM, 'wave-1', 'defended')
    attacked(run, TEAM, 'wave-2', 'landed')
    acts(run, 'fix', 121_000, false)
    give(run, 'person', 125_000)
    give(run, 'swift', 130_000)
    acts(run, 'wrong-fix', 140_000)
    acts(run, 'fix', 150_000, false)
    expect(handedBack(run, 151_000)?.mended).toBe(0)
    acts(run, 'fix', 160_000)
    const marked = (audience: Audience) =>
      seen(run, 200_000, audience)
        ?.attacks.filter(({ mendedByPilot }) => mendedByPilot)
        .map(({ attack }) => attack)
    for (const audience of [guest, own, rival, { seat: 'observer' }, { seat: 'white' }] as const) {
      expect(handedBack(run, 200_000, audience)?.mended).toBe(1)
      const insider = audience.seat === 'white' || audience === own
      expect([audience, marked(audience)]).toEqual([audience, insider ? ['wave-2'] : []])
    }
    // Which weakness it is stays with the team.
    for (const audience of [guest, rival, { seat: 'observer' }] as const)
      expect(
        JSON.stringify(run.ledger.filter((e) => e.type === 'pilot.acted').map((e) => redact(e, audience))),
      ).not.toMatch(/refund|tax-/)
  })

  test('counts what the machine had begun when people took the team again, and not what it did before they ever had', () => {
    const run = runningRun()
    acts(run, 'fix', 10_000)
    give(run, 'person', 20_000)
    // Begun before the people came.
    acts(run, 'fix', 21_000)
    expect(run.state.teams[0]?.handBack.mended).toBe(0)
    give(run, 'swift', 30_000)
    give(run, 'person', 40_000)
    acts(run, 'fix', 41_000)
    expect(handedBack(run, 50_000)).toEqual({ playedMs: 10_000, mended: 1 })
  })
})
