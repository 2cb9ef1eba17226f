import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolve } from '#exercise/fold/evolve.ts'
import { attackOf, initialState, teamOf } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience, Scenario } from '#exercise/scenario/model.ts'
import { lootOf, wayIn } from '#exercise/schedule/chains.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { madeScenario } from './made-scenario.ts'
import { attacked, plannedMs, type Run, runningRun } from './run.ts'

const TEAM = 'meremaa'
const AFTER: Readonly<Record<string, string>> = { 'wave-2': 'wave-1', 'wave-3': 'wave-2', 'wave-5': 'wave-2' }

/** wave-1 -> wave-2 -> wave-3 and wave-5; wave-4 stands alone. */
const chained: Scenario = {
  ...madeScenario,
  attacks: madeScenario.attacks.map((attack) => {
    const after = AFTER[attack.id]
    return after === undefined ? attack : { ...attack, after }
  }),
}

const atOf = (attack: string) => plannedMs(chained, attack)
const launch = (run: Run, attack: string) => run.give('launch-attack', { team: TEAM, attack }, atOf(attack))
const stateOf = (run: Run, attack: string) => attackOf(teamOf(run.state, TEAM), attack)?.state
const entry = (run: Run, id: string) => explain(run.state, TEAM, run.state.atMs).find((e) => e.id === id)

describe('[SC14] an attack that comes after another', () => {
  test('is tried where the earlier one landed', () => {
    const run = runningRun(chained)
    attacked(run, TEAM, 'wave-1', 'landed')
    expect(launch(run, 'wave-2').map((e) => e.type)).toEqual(['attack.launched'])
    expect(stateOf(run, 'wave-2')).toBe('under-way')
  })

  test('counts as defended where the way in was closed, all the way down the chain, and says why', () => {
    const run = runningRun(chained)
    attacked(run, TEAM, 'wave-1', 'defended')
    for (const attack of ['wave-2', 'wave-3']) {
      expect(launch(run, attack)).toMatchObject([
        { type: 'attack.launched' },
        {
          type: 'attack.blocked',
          data: {
            cause: 'defended',
            evidence: { step: `after ${AFTER[attack]}`, received: 'the way in was closed' },
          },
        },
      ])
      const { points, possible, code } = entry(run, `defence/${attack}`) ?? {}
      expect({ points, code }).toEqual({ points: possible, code: 'defence.blocked' })
      expect(entry(run, `recovery/${attack}`)?.code).toBe('recovery.nothing-lost')
    }
  })

  test('is blocked by outage where the earlier one was: switching off is no defence of what comes after', () => {
    const run = runningRun(chained)
    attacked(run, TEAM, 'wave-1', 'outage')
    expect(launch(run, 'wave-2').at(-1)).toMatchObject({ type: 'attack.blocked', data: { cause: 'outage' } })
    expect(entry(run, 'defence/wave-2')).toMatchObject({ points: 0, code: 'defence.outage' })
  })

  test('is void where the earlier one was, and counts nowhere', () => {
    const run = runningRun(chained)
    for (const attempt of [1, 2]) {
      launch(run, 'wave-1')
      run.give('report-attack', {
        team: TEAM,
        attack: 'wave-1',
        attempt,
        result: 'fault',
        alive: false,
        evidence: null,
      })
    }
    expect(stateOf(run, 'wave-1')).toBe('void')
    launch(run, 'wave-2')
    expect(stateOf(run, 'wave-2')).toBe('void')
    expect(entry(run, 'defence/wave-2')).toBeUndefined()
    expect(timelineDue(run.state, atOf('wave-2')).attacks).not.toContainEqual({
      team: TEAM,
      attack: 'wave-2',
    })
  })

  test('waits while the earlier one is under way or to be tried again, whoever asks', () => {
    const run = runningRun(chained)
    const isDue = () =>
      timelineDue(run.state, atOf('wave-2')).attacks.some((a) => a.team === TEAM && a.attack === 'wave-2')
    launch(run, 'wave-1')
    expect(isDue()).toBe(false)
    expect(launch(run, 'wave-2')).toEqual([])
    run.give('report-attack', {
      team: TEAM,
      attack: 'wave-1',
      attempt: 1,
      result: 'fault',
      alive: false,
      evidence: null,
    })
    expect(isDue()).toBe(false)
    run.give('launch-attack', { team: TEAM, attack: 'wave-1' })
    run.give('report-attack', {
      team: TEAM,
      attack: 'wave-1',
      attempt: 2,
      result: 'landed',
      alive: true,
      evidence: null,
    })
    expect(isDue()).toBe(true)
  })

  test('is tried though the earlier foothold was closed meanwhile: what was carried off is carried off', () => {
    const run = runningRun(chained)
    attacked(run, TEAM, 'wave-1', 'landed')
    run.give('report-foothold', {
      team: TEAM,
      attack: 'wave-1',
      result: 'failed',
      alive: true,
      evidence: null,
    })
    expect(launch(run, 'wave-2').map((e) => e.type)).toEqual(['attack.launched'])
  })

  test('whatever becomes of each, none is tried past a closed door, all are judged, and points stay in bounds', () => {
    const outcome = fc.constantFrom('landed', 'defended', 'outage' as const)
    fc.assert(
      fc.property(fc.tuple(outcome, outcome, outcome, outcome, outcome), (outcomes) => {
        const run = runningRun(chained)
        for (const [index, attack] of chained.attacks.entries()) {
          const way = wayIn(teamOf(run.state, TEAM) ?? fail(), attack)
          if (way === 'open')
            attacked(run, TEAM, attack.id, outcomes[index] as 'landed' | 'defended' | 'outage')
          else expect(launch(run, attack.id)).toHaveLength(2)
          const before = attack.after && stateOf(run, attack.after)
          if (before && before !== 'landed') expect(stateOf(run, attack.id)).toBe(before)
        }
        const { total, possible } = scoreAt(run.state, TEAM, chained.durationMs)
        expect(total).toBeGreaterThanOrEqual(0)
        expect(total).toBeLessThanOrEqual(possible)
        expect(
          timelineDue(run.state, chained.durationMs - 1).attacks.filter(({ team }) => team === TEAM),
        ).toEqual([])
      }),
    )
  })
})

function fail(): never {
  throw new Error('there is no such team')
}

describe('loot', () => {
  const land = (run: Run, attack: string, loot: Readonly<Record<string, string>>) => {
    run.give('launch-attack', { team: TEAM, attack }, atOf(attack))
    const data = {
      team: TEAM,
      attack,
      attempt: 1,
      result: 'landed',
      alive: true,
      evidence: null,
      loot,
    } as const
    run.give('report-attack', data)
    // Said twice, as after a lost answer: it changes nothing.
    expect(run.give('report-attack', { ...data, loot: { key: 'another' } })).toEqual([])
  }

  test('is in the ledger by the names that scripts use; what was taken later counts', () => {
    const run = runningRun(madeScenario)
    land(run, 'wave-1', { key: 'first', page: 'p' })
    land(run, 'wave-5', { key: 'second' })
    const refolded = run.ledger.reduce(evolve, initialState)
    expect(lootOf(refolded, TEAM)).toEqual({
      'loot.population/search-injection.key': 'second',
      'loot.population/search-injection.page': 'p',
    })
    expect(lootOf(refolded, 'saareke')).toEqual({})
  })

  test('nobody but white ever receives it', () => {
    const run = runningRun(madeScenario)
    land(run, 'wave-1', { key: 'secret-loot' })
    const watchers: readonly Audience[] = [
      { seat: 'guest' },
      { seat: 'observer' },
      { seat: 'blue', team: TEAM },
    ]
    for (const audience of watchers)
      expect(JSON.stringify(run.ledger.map((event) => redact(event, audience)))).not.toContain('secret-loot')
    expect(JSON.stringify(run.ledger.map((event) => redact(event, { seat: 'white' })))).toContain(
      'secret-loot',
    )
  })
})
