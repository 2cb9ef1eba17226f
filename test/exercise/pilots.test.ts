import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { pilotOf } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { decidePilot } from '#exercise/pilots/pilots.ts'
import { PILOTS } from '#exercise/scenario/model.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { madeScenario } from './made-scenario.ts'
import { playOut } from './made-world.ts'
import { attacked, type Run, runningRun } from './run.ts'

const teams = (['swift', 'steady', 'clumsy', 'absent', 'person'] as const).map((pilot) => ({
  id: pilot,
  name: { en: pilot, et: pilot, ja: pilot },
  country: 'ME',
  pilot,
}))
const playbook = madeScenario.weaknesses.map((w) => ({ weakness: w.id, service: w.service }))
const viewOf = (run: Run, team: string) =>
  fold(run.ledger.flatMap((event) => redact(event, { seat: 'blue', team }) ?? []))

describe('sparring pilots', { timeout: 30_000 }, () => {
  const played = playOut(madeScenario, teams)
  const of = (team: string) => played.actions.filter((a) => a.team === team)
  const landed = (team: string) =>
    played.run.ledger.filter((e) => e.type === 'attack.landed' && e.data.team === team)

  test('play the same exercise to clearly different outcomes', () => {
    const view = exerciseView(played.run.state, 600_000, { seat: 'white' })
    const totals = Object.fromEntries(view.teams.map((t) => [t.id, t.score.total]))
    expect(view.teams.slice(0, 3).map((t) => t.id)).toEqual(['swift', 'steady', 'clumsy'])
    expect(view.teams.map((t) => t.rank)).toEqual([1, 2, 3, 4, 4])
    const { swift = 0, steady = 0, clumsy = 0, absent = 0, person } = totals
    expect(swift - steady).toBeGreaterThan(300)
    expect(steady - clumsy).toBeGreaterThan(100)
    expect(clumsy - absent).toBeGreaterThan(300)
    expect(absent).toBe(person)
  })

  test('swift fixes most weaknesses before they are attacked', () => {
    expect(landed('swift').length).toBeLessThanOrEqual(1)
    expect(landed('absent').length).toBe(madeScenario.attacks.length)
    expect(new Set(of('swift').map((a) => a.weakness)).size).toBe(madeScenario.weaknesses.length)
  })

  test('steady applies the reference fix 60 to 90 s after each breach', () => {
    const breaches = landed('steady')
    expect(of('steady').map((a) => a.action)).toEqual(breaches.map(() => 'fix'))
    for (const [i, action] of of('steady').entries()) {
      const waited = action.at - (breaches[i]?.at ?? 0)
      expect(waited).toBeGreaterThanOrEqual(60_000)
      expect(waited).toBeLessThanOrEqual(91_000)
    }
  })

  test('clumsy tries a wrong fix, takes it back after about 70 s, and then fixes', () => {
    const first = of('clumsy').filter((a) => a.weakness === 'population/search-injection')
    expect(first.map((a) => a.action)).toEqual(['wrong-fix', 'undo-wrong-fix', 'fix'])
    const [wrong, undone] = first
    expect((undone?.at ?? 0) - (wrong?.at ?? 0)).toBe(70_000)
    const broke = played.run.ledger.some(
      (e) => e.type === 'verdict.changed' && e.data.team === 'clumsy' && e.data.to === 'broken',
    )
    expect(broke).toBe(true)
  })

  test('absent and person do nothing', () => {
    expect([...of('absent'), ...of('person')]).toEqual([])
  })

  test('play the same again for the same seed', () => {
    expect(playOut(madeScenario, teams).actions).toEqual(played.actions)
  })

  test('a failed fix is tried again, three times at most', () => {
    const run = runningRun()
    attacked(run, 'saareke', 'wave-1', 'landed')
    const at: number[] = []
    for (let now = 60_000; now < 300_000; now += 1_000) {
      const [action] = decidePilot('steady', 'saareke', viewOf(run, 'saareke'), playbook, 'seed', now)
      if (!action) continue
      at.push(now)
      run.give('report-pilot', { team: 'saareke', ...action, ok: false }, now, pilotOf('saareke'))
    }
    expect(at.length).toBe(3)
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBe(20_000)
  })

  test('a terminal that does not open is asked for again after a rest only', () => {
    const run = runningRun()
    attacked(run, 'saareke', 'wave-1', 'landed')
    const asked: number[] = []
    for (let now = 160_000; now < 180_000; now += 100) {
      const [action] = decidePilot('steady', 'saareke', viewOf(run, 'saareke'), playbook, 'seed', now)
      if (!action) continue
      asked.push(now)
      const terminal = `t${now}`
      run.give('open-terminal', { team: 'saareke', service: 'population', terminal }, now, pilotOf('saareke'))
      run.give('close-terminal', { team: 'saareke', terminal, reason: 'could-not-open' }, now)
    }
    expect(asked).toEqual([160_000, 165_000, 170_000, 175_000])
  })

  test('does nothing while the exercise stands', () => {
    const run = runningRun()
    attacked(run, 'saareke', 'wave-1', 'landed')
    run.give('pause-exercise', { reason: '' }, 200_000)
    for (const pilot of PILOTS)
      expect(decidePilot(pilot, 'saareke', viewOf(run, 'saareke'), playbook, 'seed', 200_000)).toEqual([])
  })
})
