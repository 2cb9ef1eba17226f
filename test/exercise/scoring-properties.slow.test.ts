import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fact } from '#exercise/decide/decision.ts'
import { evolve, fold } from '#exercise/fold/evolve.ts'
import { initialState } from '#exercise/fold/state.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { CATEGORIES } from '#exercise/scenario/words.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { better, scoreAt } from '#exercise/scoring/scoring.ts'
import { white } from '../kit/actors.ts'
import { livedInScenario, madeScenario, madeTeams, peopledScenario } from './made-scenario.ts'
import { randomExercise } from './random-exercise.ts'
import { allSeen, attacked, finish, fixed, plannedMs, type Run, runningRun, seen } from './run.ts'

const END = madeScenario.durationMs
const TEAMS = madeTeams.map((t) => t.id)
const scoresOf = (events: readonly Recorded[], atMs: number) => {
  const state = fold(events)
  return TEAMS.map((team) => scoreAt(state, team, atMs))
}
const renumbered = (events: readonly Recorded[]) => events.map((event, i) => ({ ...event, position: i + 1 }))

/** Scenarios whose weights and budgets do not divide evenly. */
const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({
    weights: fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 4, maxLength: 4 }),
    attackWeights: fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 5, maxLength: 5 }),
    availability: fc.integer({ min: 1_000, max: 8_000 }),
    defence: fc.integer({ min: 500, max: 2_000 }),
    durationMs: fc.integer({ min: 421_000, max: 28_800_000 }),
  })
  .map(({ weights, attackWeights, availability, defence, durationMs }) => ({
    ...madeScenario,
    durationMs,
    services: madeScenario.services.map((s, i) => ({ ...s, weight: weights[i] ?? 1 })),
    attacks: madeScenario.attacks.map((a, i) => ({ ...a, weight: attackWeights[i] ?? 1 })),
    scoring: { ...madeScenario.scoring, availability, defence, recovery: 10_000 - availability - defence },
  }))

/** How a team that stays up fares: what becomes of each attack, and when its foothold closes, if ever. */
type Fate = readonly { readonly result: 'landed' | 'defended'; readonly closesAfterMs: number | null }[]
const fortunes: fc.Arbitrary<Fate> = fc.array(
  fc.record({ result: fc.constantFrom('landed', 'defended'), closesAfterMs: fc.option(fc.nat(200_000)) }),
  { minLength: 5, maxLength: 5 },
)

function suffer(run: Run, team: string, fate: Fate) {
  const all = madeScenario.attacks.map((attack, i) => ({ attack, fortune: fate[i] }))
  const acts = all.flatMap(({ attack, fortune }) => {
    const strike = {
      at: plannedMs(madeScenario, attack.id),
      do: () => attacked(run, team, attack.id, fortune?.result ?? 'landed'),
    }
    if (fortune?.result !== 'landed' || fortune.closesAfterMs === null) return [strike]
    const closeAt = Math.min(plannedMs(madeScenario, attack.id) + fortune.closesAfterMs, END)
    return [strike, { at: closeAt, do: () => fixed(run, team, attack.id, closeAt) }]
  })
  for (const act of acts.toSorted((a, b) => a.at - b.at)) act.do()
}

describe('what always holds', { timeout: 30_000 }, () => {
  test('1: nothing lands and all is up: full marks, whatever the weights', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const run = runningRun(scenario)
        for (const attack of scenario.attacks) attacked(run, 'meremaa', attack.id, 'defended')
        finish(run)
        expect(scoreAt(run.state, 'meremaa', scenario.durationMs)).toMatchObject({
          total: 10_000,
          possible: 10_000,
        })
      }),
      { numRuns: 60 },
    )
  })

  test('1: also of a team that is not attacked by everything: possible is all but that, and it is as good as any other', () => {
    const spared = fc.tuple(anyScenario, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), fortunes)
    fc.assert(
      fc.property(spared, ([made, onAll, fate]) => {
        const scenario: Scenario = {
          ...made,
          attacks: made.attacks.map((one, i) => (onAll[i] ? one : { ...one, teams: ['saareke'] })),
        }
        const end = (how: (n: number) => 'landed' | 'defended') => {
          const run = runningRun(scenario)
          for (const [i, { id, teams }] of scenario.attacks.entries())
            for (const team of ['meremaa', 'saareke'])
              if (!teams || teams.includes(team)) attacked(run, team, id, how(i))
          finish(run)
          return run.state
        }
        const state = end(() => 'defended')
        const [some, all] = ['meremaa', 'saareke'].map((team) => scoreAt(state, team, made.durationMs))
        if (!some || !all) throw new Error('two teams play')
        expect(all).toMatchObject({ total: 10_000, possible: 10_000 })
        expect(some.total).toBe(some.possible)
        expect(better(some, all)).toBe(0)
        // All else is worth to it what it is worth to others, to the last part.
        const linesOf = (team: string) => explain(state, team, made.durationMs).filter((line) => line.attack)
        const spare = scenario.attacks.flatMap(({ id, teams }) => (teams ? id : []))
        const others = linesOf('saareke').filter(({ attack }) => !spare.includes(attack ?? ''))
        expect(linesOf('meremaa').map(({ id, possible }) => [id, possible])).toEqual(
          others.map(({ id, possible }) => [id, possible]),
        )
        const missing = linesOf('saareke').reduce(
          (sum, { attack, possible }) => sum + (spare.includes(attack ?? '') ? possible : 0),
          0,
        )
        expect(some.possible).toBe(10_000 - missing)
        // However it fares, that is what it can have.
        const fared = scoreAt(
          end((n) => fate[n]?.result ?? 'landed'),
          'meremaa',
          made.durationMs,
        )
        expect(fared.possible).toBe(some.possible)
        expect(fared.total).toBeLessThanOrEqual(fared.possible)
      }),
      { numRuns: 60 },
    )
  })

  test('2: down throughout is below up throughout though breached by everything', () => {
    fc.assert(
      fc.property(fortunes, (fate) => {
        const run = runningRun(livedInScenario)
        allSeen(run, 'laanemets', 'down', 0)
        for (const attack of madeScenario.attacks) {
          attacked(run, 'laanemets', attack.id, 'outage')
        }
        const up = runningRun(livedInScenario)
        suffer(up, 'meremaa', fate)
        finish(run)
        finish(up)
        const [low, high] = [scoreAt(run.state, 'laanemets', END), scoreAt(up.state, 'meremaa', END)]
        expect(low.total).toBeLessThan(high.total)
        expect(better(high, low)).toBeLessThan(0)
      }),
      { numRuns: 60 },
    )
  })

  test('3: blocked by outage never earns more than breached but running', () => {
    const times = fc.record({
      awayMs: fc.integer({ min: 1, max: 50_000 }),
      holdsMs: fc.option(fc.nat(300_000)),
    })
    fc.assert(
      fc.property(fc.constantFrom(...madeScenario.attacks), times, (attack, { awayMs, holdsMs }) => {
        const shut = runningRun(livedInScenario)
        const alive = `${attack.service}/alive`
        seen(shut, 'meremaa', alive, 'down', plannedMs(madeScenario, attack.id) - 1)
        attacked(shut, 'meremaa', attack.id, 'outage')
        seen(shut, 'meremaa', alive, 'up', plannedMs(madeScenario, attack.id) + awayMs)
        const open = runningRun(livedInScenario)
        attacked(open, 'meremaa', attack.id, 'landed')
        if (holdsMs !== null)
          fixed(open, 'meremaa', attack.id, Math.min(END, plannedMs(madeScenario, attack.id) + holdsMs))
        finish(shut)
        finish(open)
        const [off, on] = [scoreAt(shut.state, 'meremaa', END), scoreAt(open.state, 'meremaa', END)]
        for (const category of CATEGORIES)
          expect(off.categories[category].points).toBeLessThanOrEqual(on.categories[category].points)
        expect(off.total).toBeLessThan(on.total)
      }),
      { numRuns: 60 },
    )
  })

  test('4: more checks of what is as it was change nothing', () => {
    fc.assert(
      fc.property(randomExercise, fc.nat(), (run, salt) => {
        const before = run.ledger.length
        const standing = run.state.teams[salt % TEAMS.length]
        for (const service of standing?.services ?? [])
          for (const { id, verdict } of service.journeys)
            if (standing && verdict !== 'unknown') seen(run, standing.id, `${service.id}/${id}`, verdict)
        expect(run.ledger.length).toBe(before)
      }),
      { numRuns: 30 },
    )
  })

  test('4: a pause and another speed change nothing, wherever they fall', () => {
    fc.assert(
      fc.property(randomExercise, fc.nat(), (run, where) => {
        const ledger = [...run.ledger]
        const start = ledger.findIndex((e) => e.type === 'exercise.started')
        const rest = ledger.slice(start + 1)
        const cut = start + 1 + (where % (rest.length + 1))
        const at = ledger[cut - 1]?.at ?? 0
        const running = fold(ledger.slice(0, cut)).phase === 'running'
        fc.pre(start >= 0 && running)
        const by = white()
        const pause = [
          fact('exercise.paused', at, { by, reason: '' }),
          fact('exercise.resumed', at, { by }),
          fact('speed.changed', at, { from: 1, to: 4, by }),
        ].map((event): Recorded => ({ ...event, position: 0, wall: 0 }))
        const paused = renumbered([...ledger.slice(0, cut), ...pause, ...ledger.slice(cut)])
        expect(scoresOf(paused, END)).toEqual(scoresOf(ledger, END))
      }),
      { numRuns: 60 },
    )
  })

  test('4: the order of events on different subjects within an instant changes nothing', () => {
    let swaps = 0
    fc.assert(
      fc.property(randomExercise, fc.infiniteStream(fc.boolean()), (run, coins) => {
        const ledger = [...run.ledger]
        for (let i = 1; i < ledger.length; i += 1) {
          const [a, b] = [ledger[i - 1], ledger[i]]
          if (!a || !b || a.at !== b.at || !independent(a, b) || !coins.next().value) continue
          ledger[i - 1] = b
          ledger[i] = a
          swaps += 1
        }
        for (const later of [0, 7_000])
          expect(scoresOf(renumbered(ledger), run.state.atMs + later)).toEqual(
            scoresOf(run.ledger, run.state.atMs + later),
          )
      }),
      { numRuns: 80 },
    )
    expect(swaps).toBeGreaterThan(100)
  })

  test('5: folded at once, in two parts or event by event: the same state', () => {
    fc.assert(
      fc.property(randomExercise, fc.nat(), (run, where) => {
        const cut = where % (run.ledger.length + 1)
        const whole = fold(run.ledger)
        const first = deepFrozen(fold(run.ledger.slice(0, cut)))
        expect(fold(run.ledger.slice(cut), first)).toEqual(whole)
        expect(run.ledger.reduce((state, event) => deepFrozen(evolve(state, event)), initialState)).toEqual(
          whole,
        )
      }),
      { numRuns: 40 },
    )
  })

  test('6: points within what is possible, and lines that sum exactly to the totals', () => {
    fc.assert(
      fc.property(randomExercise, fc.nat(100_000), (run, laterMs) => {
        const at = run.state.atMs + laterMs
        for (const team of TEAMS) {
          const score = scoreAt(run.state, team, at)
          const lines = explain(run.state, team, at)
          for (const category of CATEGORIES) {
            const { points, possible } = score.categories[category]
            const of = lines.filter((line) => line.category === category)
            expect(of.reduce((sum, line) => sum + line.points, 0)).toBe(points)
            expect(of.reduce((sum, line) => sum + line.possible, 0)).toBe(possible)
            expect(points).toBeGreaterThanOrEqual(0)
            expect(points).toBeLessThanOrEqual(possible)
            expect(possible).toBeLessThanOrEqual(peopledScenario.scoring[category])
          }
          expect(lines.reduce((sum, line) => sum + line.points, 0)).toBe(score.total)
          expect(new Set(lines.map((line) => line.id)).size).toBe(lines.length)
          for (const line of lines)
            for (const position of line.events) expect(run.ledger[position - 1]?.position).toBe(position)
        }
      }),
      { numRuns: 60 },
    )
  })
})

const SUBJECTS = ['team', 'service', 'journey', 'attack', 'weakness'] as const

/** Facts about different things: neither can have led to the other. */
function independent(a: Recorded, b: Recorded): boolean {
  if (!('team' in a.data) || !('team' in b.data)) return false
  if (a.data.team !== b.data.team) return true
  // What is taken away takes along all that needs it: it is about every service of the team. [SC24]
  if ([a, b].some(({ type }) => type.startsWith('world.') || type.startsWith('service.'))) return false
  const [x, y] = [a.data, b.data] as Record<string, unknown>[]
  // What happens to one ticket or terminal happens in its order.
  if ((['ticket', 'terminal'] as const).some((key) => x?.[key] !== undefined && x[key] === y?.[key]))
    return false
  // Hints and adjustments of one team are taken in their order.
  if (a.type === b.type && (a.type === 'hint.taken' || a.type === 'score.adjusted')) return false
  return SUBJECTS.some((key) => x?.[key] !== y?.[key])
}

/** A state that was handed out must never change: writing to it throws. */
function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFrozen(part)
  }
  return value
}
