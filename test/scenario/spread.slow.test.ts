import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { surprised } from '../../server/engine/platform/surprise.ts'
import { fixedMs } from '../../server/exercise/scenario/trigger.ts'
import { neededSpreadMs } from '../../server/exercise/schedule/freeze.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { complaints, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'
const FOLDER = resolve(import.meta.dirname, '../../scenarios')
const SEEDS = Array.from({ length: 200 }, (_, n) => `seed ${n}`)

describe('kilp check', () => {
  test('warns of a jitter that is so small that a freeze pays, and says which would be enough', async () => {
    const found = await complaints(await fixture({ file: SCENARIO, from: 'jitter: 30s', to: 'jitter: 3s' }))
    expect(found).toEqual([
      `${SCENARIO}:23:11 small-jitter its moment is known to within 6s: to freeze \`desk\` for so long, and for the 45s that attackers ask again, costs less than to be breached; \`jitter: 29s\` makes it cost more`,
    ])
    expect(
      await complaints(await fixture({ file: SCENARIO, from: 'jitter: 30s', to: 'jitter: 29s' })),
    ).toEqual([])
    expect(
      await complaints(await fixture({ file: SCENARIO, from: 'jitter: 30s', to: 'jitter: 28s' })),
    ).toHaveLength(1)
  })

  test('says nothing of an attack that the instructor lets come, nor beside an error', async () => {
    const manual = { file: SCENARIO, from: 'at: 3m', to: 'manual: true' }
    const small = { file: SCENARIO, from: '      jitter: 30s\n', to: '' }
    expect(await complaints(await fixture(manual, small))).toEqual([])
    const wrong = { file: SCENARIO, from: 'defaultTeams: 1', to: 'defaultTeams: 9' }
    expect(
      (await complaints(await fixture(wrong, small))).filter((line) => line.includes('small-jitter')),
    ).toEqual([])
  })
})

const slugs = (await readdir(FOLDER, { withFileTypes: true })).flatMap((e) =>
  e.isDirectory() ? [e.name] : [],
)
describe.each(slugs)('the moments of %s over seeds', (slug) => {
  const drawn = async () => {
    const { scenario } = await loadScenario(join(FOLDER, slug))
    const exercises = SEEDS.map((seed) => surprised(scenario, seed).attacks)
    const momentsOf = (id: string) =>
      exercises.map(
        (attacks) =>
          fixedMs(attacks.find((one) => one.id === id)?.trigger ?? { kind: 'manual' }) ?? Number.NaN,
      )
    return { scenario, exercises, momentsOf }
  }

  test('spread as far as it takes that no freeze pays, evenly, and stay in the phase and the exercise', async () => {
    const { scenario, momentsOf } = await drawn()
    const starts = scenario.phases.map(({ trigger }) => fixedMs(trigger) ?? 0)
    const phaseOf = (atMs: number) => starts.findLastIndex((from) => atMs >= from)
    for (const attack of scenario.attacks) {
      const moments = momentsOf(attack.id)
      const [first, last] = [Math.min(...moments), Math.max(...moments)]
      const spread = 2 * (attack.jitterMs ?? 0)
      expect([attack.id, spread >= neededSpreadMs(scenario, attack)]).toEqual([attack.id, true])
      // Of 200 draws the outermost lie close to the edges, and as many on this side of the middle as on the other.
      expect([attack.id, last - first > 0.95 * spread, last - first <= spread]).toEqual([
        attack.id,
        true,
        true,
      ])
      const early = moments.filter((atMs) => atMs < (fixedMs(attack.trigger) ?? 0)).length
      expect([attack.id, early > 60 && early < 140]).toEqual([attack.id, true])
      expect([attack.id, phaseOf(first), last < scenario.durationMs]).toEqual([
        attack.id,
        phaseOf(last),
        true,
      ])
    }
  })

  test('come in an order that differs, while what comes after another or again never comes before it', async () => {
    const { scenario, exercises } = await drawn()
    const planned = new Map(scenario.attacks.map((one) => [one.id, one]))
    for (const attacks of exercises)
      for (const [place, { id, after, weakness }] of attacks.entries()) {
        const before = attacks.slice(0, place)
        if (after) expect(before.map((one) => one.id)).toContain(after)
        // Of the same weakness, in the author's order.
        const later = attacks.slice(place + 1).filter((one) => one.weakness === weakness)
        for (const one of later)
          expect(fixedMs(planned.get(one.id)?.trigger ?? { kind: 'manual' })).toBeGreaterThan(
            fixedMs(planned.get(id)?.trigger ?? { kind: 'manual' }) ?? 0,
          )
      }
    const orders = new Set(exercises.map((attacks) => attacks.map(({ id }) => id).join()))
    // A training comes as it is written; elsewhere hardly two exercises are alike.
    expect(orders.size).toBeGreaterThanOrEqual(slug === 'first-watch' ? 1 : 150)
  })
})
