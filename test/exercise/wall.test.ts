import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience, Scenario } from '#exercise/scenario/model.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { affectedCurve, peakOf, personHours } from '#exercise/views/wall/curve.ts'
import { madeScenario, madeTeams, text } from './made-scenario.ts'
import { attacked, fixed, type Run, runningRun, seen } from './run.ts'

const addresses = { what: text('secret addresses'), people: 4_000 }
const accounts = { what: text('bank accounts'), people: 300 }
const scenario: Scenario = {
  ...madeScenario,
  weaknesses: madeScenario.weaknesses.map((weakness) =>
    weakness.id === 'population/search-injection'
      ? { ...weakness, takes: addresses }
      : weakness.id === 'tax/refund-iban' || weakness.id === 'tax/foreign-declaration'
        ? { ...weakness, takes: weakness.id === 'tax/refund-iban' ? accounts : { ...accounts, people: 900 } }
        : weakness,
  ),
  life: [
    {
      id: 'mail',
      title: text('Read letters'),
      journeys: [
        { service: 'portal', journey: 'mailbox' },
        { service: 'portal', journey: 'login' },
      ],
    },
    { id: 'file', title: text('File the return'), journeys: [{ service: 'tax', journey: 'file' }] },
    {
      id: 'address',
      title: text('Keep an address secret'),
      journeys: [{ service: 'population', journey: 'lookup' }],
    },
  ],
}
const view = (run: Run, at: number) => nationalView(run.state, at)
const lifeOf = (run: Run, at: number, id: string) => view(run, at).life.find((one) => one.id === id)

describe('[NV1] what was taken', () => {
  test('counts of each country once, with the larger number, and stays taken', () => {
    const run = runningRun(scenario)
    expect(view(run, 1_000).taken).toEqual([])
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    attacked(run, 'saareke', 'wave-1', 'defended', 60_000)
    attacked(run, 'laanemets', 'wave-1', 'landed', 61_000)
    expect(view(run, 62_000).taken).toEqual([
      {
        service: 'population',
        what: addresses.what,
        people: 8_000,
        teams: ['meremaa', 'laanemets'],
        sinceMs: 60_000,
        open: ['meremaa', 'laanemets'],
      },
    ])
    fixed(run, 'meremaa', 'wave-1', 90_000)
    attacked(run, 'meremaa', 'wave-2', 'landed', 120_000)
    attacked(run, 'meremaa', 'wave-3', 'landed', 200_000)
    attacked(run, 'laanemets', 'wave-5', 'landed', 420_000)
    const kinds = view(run, 430_000).taken
    expect(kinds.map(({ what, people, open }) => [what.en, people, open])).toEqual([
      ['secret addresses', 8_000, ['laanemets']],
      ['bank accounts', 900, ['meremaa']],
    ])
  })

  test('an attack that takes nothing takes nothing', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    expect(view(run, 61_000).taken).toEqual([])
  })
})

describe('[NV2] what people can do', () => {
  test('is as good as the worst of its journeys, by countries, since when, and the worst comes first', () => {
    const run = runningRun(scenario)
    expect(view(run, 1_000).life.map(({ id, out, sinceMs }) => [id, out, sinceMs])).toEqual([
      ['mail', [], null],
      ['file', [], null],
      ['address', [], null],
    ])
    seen(run, 'meremaa', 'tax/file', 'slow', 20_000)
    seen(run, 'saareke', 'portal/login', 'broken', 30_000)
    seen(run, 'laanemets', 'portal/mailbox', 'down', 40_000)
    expect(view(run, 50_000).life.map(({ id }) => id)).toEqual(['mail', 'file', 'address'])
    expect(lifeOf(run, 50_000, 'mail')).toMatchObject({
      out: ['saareke', 'laanemets'],
      slow: [],
      teams: 3,
      sinceMs: 30_000,
    })
    expect(lifeOf(run, 50_000, 'file')).toMatchObject({ out: [], slow: ['meremaa'], sinceMs: 20_000 })
    seen(run, 'saareke', 'portal/login', 'up', 60_000)
    expect(lifeOf(run, 61_000, 'mail')).toMatchObject({ out: ['laanemets'], sinceMs: 40_000 })
  })

  test('leaks where it works and an attacker is inside', () => {
    const run = runningRun(scenario)
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    expect(lifeOf(run, 70_000, 'address')).toMatchObject({ out: [], leaks: ['meremaa'], sinceMs: 60_000 })
    expect(view(run, 70_000).life[0]?.id).toBe('address')
    seen(run, 'meremaa', 'population/lookup', 'broken', 80_000)
    expect(lifeOf(run, 90_000, 'address')).toMatchObject({ out: ['meremaa'], leaks: [], sinceMs: 80_000 })
  })

  test('attackers are inside since they came, though nobody knows since before whether it works', () => {
    const run = runningRun(scenario)
    seen(run, 'meremaa', 'population/lookup', 'unknown', 40_000)
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    expect(lifeOf(run, 70_000, 'address')).toMatchObject({ leaks: ['meremaa'], sinceMs: 60_000 })
  })

  test('names the service for want of which it fails', () => {
    const run = runningRun(scenario)
    seen(run, 'meremaa', 'registry-db/alive', 'down', 20_000)
    seen(run, 'meremaa', 'tax/file', 'broken', 21_000)
    expect(lifeOf(run, 30_000, 'file')?.because).toEqual(['registry-db'])
  })

  test('is each public service where the scenario names nothing', () => {
    expect(view(runningRun(), 1_000).life.map(({ id }) => id)).toEqual(['population', 'tax', 'portal'])
  })
})

describe('[NV3] the curve', () => {
  test('holds a number until the next; its peak is the first moment of the highest', () => {
    const teams = [
      {
        affected: [
          { fromMs: 10_000, people: 50 },
          { fromMs: 40_000, people: 0 },
        ],
      },
      {
        affected: [
          { fromMs: 20_000, people: 30 },
          { fromMs: 60_000, people: 5 },
        ],
      },
    ] as unknown as Run['state']['teams']
    const curve = affectedCurve({ teams }, 70_000)
    expect(curve.map(({ atMs, people }) => [atMs, people])).toEqual([
      [0, 0],
      [10_000, 50],
      [20_000, 80],
      [40_000, 30],
      [60_000, 5],
    ])
    expect(peakOf(curve)).toEqual({ atMs: 20_000, people: 80 })
    expect(personHours(curve, 70_000)).toBeCloseTo((50 * 10 + 80 * 20 + 30 * 20 + 5 * 10) / 3_600)
    expect(peakOf(affectedCurve({ teams: [] }, 70_000))).toBeNull()
  })

  test('has a bounded number of points and loses no peak', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3_600_000), fc.nat(9)), { maxLength: 3_000 }), (turns) => {
        const affected = turns.toSorted((a, b) => a[0] - b[0]).map(([fromMs, people]) => ({ fromMs, people }))
        const curve = affectedCurve({ teams: [{ affected }] as unknown as Run['state']['teams'] }, 3_600_000)
        expect(curve.length).toBeLessThanOrEqual(401)
        // Within one instant only the last number counts.
        const counted = affected.filter(({ fromMs }, i) => affected[i + 1]?.fromMs !== fromMs)
        expect(peakOf(curve)?.people ?? 0).toBe(Math.max(0, ...counted.map(({ people }) => people)))
        expect(curve.at(-1)?.people).toBe(counted.at(-1)?.people ?? 0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('[NV4] the expected end', () => {
  test('is unknown until three like troubles are over, and when one lasts far longer than the others', () => {
    const teams = ['a1', 'b2', 'c3', 'd4'].map((id) => ({ ...madeTeams[0], id })) as typeof madeTeams
    const run = runningRun(scenario, teams)
    expect(view(run, 1_000).expected).toEqual({ state: 'normal', ms: 0, by: 0, normal: 4, teams: 4 })
    for (const { id } of teams) attacked(run, id, 'wave-1', 'landed', 60_000)
    expect(view(run, 61_000).expected).toMatchObject({ state: 'unknown', normal: 0 })
    fixed(run, 'a1', 'wave-1', 80_000)
    fixed(run, 'b2', 'wave-1', 100_000)
    expect(view(run, 100_000).expected).toMatchObject({ state: 'unknown', by: 2, normal: 2 })
    fixed(run, 'c3', 'wave-1', 120_000)
    // It has lasted as long as it did anywhere: nobody knows.
    expect(view(run, 120_000).expected).toMatchObject({ state: 'unknown', ms: 0, by: 3, normal: 3 })
    expect(view(run, 141_000).expected).toMatchObject({ state: 'unknown' })
    fixed(run, 'd4', 'wave-1', 150_000)
    attacked(run, 'a1', 'wave-5', 'landed', 420_000)
    // The middle of 20, 40, 60 and 90 s is 60 s.
    expect(view(run, 430_000).expected).toEqual({ state: 'expected', ms: 50_000, by: 4, normal: 3, teams: 4 })
  })
})

test('everybody sees the same of it', () => {
  const run = runningRun(scenario)
  attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
  attacked(run, 'saareke', 'wave-2', 'landed', 120_000)
  seen(run, 'laanemets', 'portal/login', 'broken', 130_000)
  const whole = view(run, 140_000)
  for (const audience of [
    { seat: 'guest' },
    { seat: 'observer' },
    { seat: 'blue', team: 'meremaa' },
  ] satisfies Audience[]) {
    const own = nationalView(fold(run.ledger.flatMap((event) => redact(event, audience) ?? [])), 140_000)
    expect([own.taken, own.life, own.curve, own.expected]).toEqual([
      whole.taken,
      whole.life,
      whole.curve,
      whole.expected,
    ])
  }
})
