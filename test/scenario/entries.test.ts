import { describe, expect, test } from 'vitest'
import { surprised } from '../../server/engine/platform/surprise.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import type { Edit } from './fixture.ts'
import { attack, inject, note, SCENARIO, T, timelineOf, world } from './timeline-fixture.ts'

const load = async (entries: readonly string[], more = '', ...edits: readonly Edit[]) => {
  const made = await timelineOf(entries, more, ...edits)
  return (await loadScenario(made.scenario, { infra: made.infra })).scenario
}
const text = { en: 'a', et: 'b', ja: 'c' }
const OBJECTIVES = `objectives: [{ id: mend, title: ${T} }, { id: tell, title: ${T} }]\n`

describe('one list of entries', () => {
  test('attacks and notes of it are what those of the older lists are, with their numbers', async () => {
    const { attacks, tutor, injects } = await load(
      [
        inject('hello', 'at: 1m'),
        attack(
          'third',
          `at: 4m, jitter: 50s, follows: drawer-first, weight: 9, objectives: [mend], note: ${T}`,
        ),
        note('look', 'after: { entry: third, outcome: open, delay: 5s }, teams: [north]'),
        inject('bye', 'manual: true, number: 40'),
        note('end', 'when: { phase: busy }, for: 10s'),
      ],
      OBJECTIVES,
    )
    expect(injects.map(({ id, number }) => [id, number])).toEqual([
      ['hello', 1],
      ['bye', 40],
    ])
    expect(attacks.map(({ id }) => id)).toEqual(['drawer-first', 'drawer-late', 'third'])
    expect(attacks[2]).toEqual({
      id: 'third',
      number: 2,
      title: text,
      weakness: 'desk/open-drawer',
      service: 'desk',
      trigger: { kind: 'at', atMs: 240_000 },
      jitterMs: 50_000,
      after: 'drawer-first',
      weight: 9,
      objectives: ['mend'],
      note: text,
    })
    expect(tutor).toEqual([
      {
        id: 'look',
        number: 3,
        text,
        trigger: { kind: 'after', after: { kind: 'attack', id: 'third', outcome: 'open' }, delayMs: 5_000 },
        teams: ['north'],
      },
      {
        id: 'end',
        number: 41,
        text,
        trigger: { kind: 'when', when: { kind: 'phase', phase: 'busy' }, forMs: 10_000, once: 'team' },
      },
    ])
  })

  test('an attack on some teams only, and one that counts nowhere', async () => {
    const { attacks } = await load([
      attack('one', 'at: 4m, teams: [north], weight: 0'),
      attack('two', 'at: 4m10s, teams: [north], follows: one'),
    ])
    expect(attacks.slice(2)).toMatchObject([
      { id: 'one', teams: ['north'], weight: 0 },
      { id: 'two', teams: ['north'], after: 'one' },
    ])
    expect(attacks[0]).not.toHaveProperty('teams')
  })

  test('what waits for notes, of either list, for world events and for reports', async () => {
    const { tutor, world: events } = await load(
      [
        world('cut', 'after: { entry: old-look, outcome: said }, jitter: 5s'),
        note('a', 'after: { entry: cut, outcome: ended, delay: 5s }'),
        note('b', 'when: { and: [{ entry: a, outcome: said }, { entry: cut, outcome: began }] }'),
        note('c', 'when: { or: [{ report: any }, { report: { attack: drawer-late } }] }'),
        note('d', 'when: { not: { report: { service: desk } } }, for: 1m'),
      ],
      `  tutor:\n    - { id: old-look, text: ${T}, at: 30s }\n`,
    )
    expect(events).toMatchObject([
      {
        trigger: { kind: 'after', after: { kind: 'note', id: 'old-look', outcome: 'said' }, delayMs: 0 },
        jitterMs: 5_000,
      },
    ])
    const triggers = new Map(tutor.map(({ id, trigger }) => [id, trigger]))
    expect(triggers.get('a')).toMatchObject({ after: { kind: 'world', id: 'cut', outcome: 'ended' } })
    expect(triggers.get('b')).toMatchObject({
      when: {
        of: [
          { kind: 'came-out', after: { kind: 'note', id: 'a', outcome: 'said' } },
          { kind: 'came-out', after: { kind: 'world', id: 'cut', outcome: 'began' } },
        ],
      },
    })
    expect(triggers.get('c')).toMatchObject({
      when: { kind: 'or', of: [{ kind: 'report' }, { kind: 'report', attack: 'drawer-late' }] },
    })
    expect(triggers.get('d')).toMatchObject({ when: { of: { kind: 'report', service: 'desk' } } })
  })

  test('the same attack and the same note, written the older way and in the list', async () => {
    const older = await load(
      [],
      `  tutor:\n    - { id: look, text: ${T}, landed: drawer-late, after: 3s }\n    - { id: hello, text: ${T}, at: 1m }\n`,
      { file: SCENARIO, from: '  entries:\n', to: '' },
    )
    const listed = await load([
      note('look', 'after: { entry: drawer-late, outcome: open, delay: 3s }'),
      note('hello', 'at: 1m'),
    ])
    const bare = listed.tutor.map(({ number: _, ...rest }) => rest)
    expect(bare).toEqual(older.tutor)
  })

  test('a sitrep has the usual rubric, or its own', async () => {
    const own = `rubric: [{ id: x, title: ${T}, points: 1 }]`
    const { injects } = await load(
      [
        inject('a', 'at: 1m, answer: { sitrep: true }'),
        inject('b', `at: 1m, answer: { sitrep: true }, ${own}`),
        inject('c', `at: 1m, answer: { text: 9 }, ${own}`),
      ],
      'scoring: { availability: 3500, reporting: 1000, strategic: 500 }\n',
    )
    expect(injects.map(({ rubric }) => rubric.map(({ id }) => id))).toEqual([
      ['services', 'impact', 'actions', 'planned', 'needs'],
      ['x'],
      ['x'],
    ])
    expect(injects[0]?.rubric.every(({ points, anchors }) => anchors?.at(-1)?.points === points)).toBe(true)
  })

  test('what a weakness tests is what every attack on it tests, as far as the scenario has it', async () => {
    const weakness = 'infra/services/desk/weaknesses/open-drawer/weakness.yaml'
    const { attacks } = await load([attack('third', 'at: 4m, jitter: 50s, objectives: [tell]')], OBJECTIVES, {
      file: weakness,
      from: 'technique:',
      to: 'objectives: [mend, of-another-scenario]\ntechnique:',
    })
    expect(attacks.map(({ id, objectives }) => [id, objectives])).toEqual([
      ['drawer-first', ['mend']],
      ['drawer-late', ['mend']],
      ['third', ['mend', 'tell']],
    ])
  })
})

test('every entry moves within its jitter, the same for the same seed, and never before the start', async () => {
  const scenario = await load([
    inject('a', 'at: 1m, jitter: 30s'),
    inject('b', 'after: { entry: a, outcome: sent, delay: 5s }, jitter: 20s'),
    note('c', 'at: 2m, jitter: 30s'),
    inject('d', 'at: 1m'),
  ])
  const seeds = Array.from({ length: 50 }, (_, seed) => surprised(scenario, `${seed}`))
  expect(surprised(scenario, '7')).toEqual(seeds[7])
  const moments = (pick: (made: typeof scenario) => number) => seeds.map(pick)
  const fixed = (list: 'injects' | 'tutor', index: number) =>
    moments((made) => {
      const trigger = made[list][index]?.trigger
      return trigger?.kind === 'at' ? trigger.atMs : trigger?.kind === 'after' ? trigger.delayMs : Number.NaN
    })
  for (const [list, index, least, most] of [
    ['injects', 0, 30_000, 90_000],
    ['injects', 1, 0, 25_000],
    ['tutor', 0, 90_000, 150_000],
  ] as const) {
    const all = fixed(list, index)
    expect(Math.min(...all)).toBeGreaterThanOrEqual(least)
    expect(Math.max(...all)).toBeLessThanOrEqual(most)
    expect(new Set(all).size).toBeGreaterThan(20)
  }
  expect(new Set(fixed('injects', 2))).toEqual(new Set([60_000]))
})
