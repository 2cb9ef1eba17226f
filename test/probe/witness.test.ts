import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TURNS_OF_EACH, turnsOf } from '../../infra/probe/src/turns.ts'
import { get, probeHere, type Served, serve } from './probe-here.ts'

let served: Served
const seen: { readonly path: string; readonly at: number }[] = []
beforeAll(async () => {
  served = await serve((request, response) => {
    seen.push({ path: request.url ?? '', at: performance.now() })
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    } else if (request.url !== '/silent') response.end(request.url)
  })
})
afterAll(() => served.close())

const wanting = (path: string, text: string) =>
  get(`${served.url}${path}`, { deadlineMs: 300, expect: { text: [text] } })

test.each([
  ['told no, and the witness is served', '/ok', '/no', '/mine', true],
  ['an answer that breaks off', '/ok', '/cut', '/mine', false],
  ['no answer', '/ok', '/silent', '/mine', false],
  ['told no, and the witness is not served', '/ok', '/no', '/gone', false],
  ['nothing could be set up', '/gone', '/no', '/mine', false],
])('an attacker who fails: %s', async (_, setup, exploit, witness, refused) => {
  const wants: Readonly<Record<string, string>> = { '/ok': 'ok', '/mine': 'mine' }
  const script = {
    setup: [wanting(setup, wants[setup] ?? 'what is not said')],
    steps: [wanting(exploit, 'the secret')],
    witness: [wanting(witness, wants[witness] ?? 'what is not said')],
  }
  expect(await probeHere().run({ script })).toMatchObject({ outcome: 'fail', refused })
})

test('an attack that lands tells what it did before: its own steps as a log has them, without what the script says of them', async () => {
  const script = {
    setup: [wanting('/ok', 'ok')],
    steps: [
      { ...get(`${served.url}/ok`), name: 'The trick' },
      get(`${served.url}/ok`),
      {
        http: { method: 'POST', url: `${served.url}/in`, query: { q: '1' }, form: { pin: '1234' } },
        redirects: 0,
        deadlineMs: 1_000,
      },
      wanting('/mine', 'mine'),
    ],
    witness: [wanting('/mine', 'mine')],
  }
  const { evidence } = await probeHere().run({ script })
  expect(evidence?.before).toEqual([`GET ${served.url}/ok → 200`, `POST ${served.url}/in?q=1 (pin) → 200`])
  // Of a check nothing is told that is not in its own step.
  const { witness: _, ...check } = script
  expect((await probeHere().run({ script: check })).evidence?.before).toBeUndefined()
})

describe('an attacker who is to wait', () => {
  test('comes so long after the setup, which takes nothing of the time that there is', async () => {
    const before = seen.length
    const script = {
      setup: [wanting('/ok', 'ok')],
      steps: [wanting('/mine', 'mine')],
      witness: [wanting('/mine', 'mine')],
      deadlineMs: 400,
    }
    expect(await probeHere().run({ script, pauseMs: 700 })).toMatchObject({ outcome: 'pass', verdict: 'up' })
    const [setup, exploit] = seen.slice(before)
    expect((exploit?.at ?? 0) - (setup?.at ?? 0)).toBeGreaterThanOrEqual(650)
  })

  test('comes at once where nothing was set up', async () => {
    const since = performance.now()
    const script = { setup: [], steps: [wanting('/mine', 'mine')] }
    expect(await probeHere().run({ script, pauseMs: 5_000 })).toMatchObject({ outcome: 'pass' })
    expect(performance.now() - since).toBeLessThan(2_000)
  })
})

describe('who refuses an attacker once, and then serves everybody', () => {
  /** Serves `/secret` to all but those whom `refuse` turns away, by how often it was asked for and how long ago. */
  const office = (refuse: (asked: number, quietMs: number) => boolean) => {
    let asked = 0
    let last = 0
    return serve((_, response) => {
      const now = performance.now()
      const no = refuse(asked, now - last)
      asked += 1
      last = now
      response.statusCode = no ? 403 : 200
      response.end(no ? 'forbidden' : 'the secret')
    })
  }
  const attack = async (refuse: Parameters<typeof office>[0], more: object = {}) => {
    const site = await office(refuse)
    const ask = get(`${site.url}/secret`, { expect: { text: ['the secret'] } })
    const asked = await Promise.all(
      Array.from({ length: 12 }, (_, n) => n).map(async () =>
        probeHere().run({ script: { steps: [ask], witness: [ask], ...more } }),
      ),
    )
    await site.close()
    return asked
  }

  test('is never taken for a defence', async () => {
    const defended = (await attack((asked) => asked === 0)).filter(({ refused }) => refused)
    expect(defended).toEqual([])
    expect((await attack((_, quietMs) => quietMs > 200)).filter(({ refused }) => refused)).toEqual([])
  })

  test('nor is who turns away every second one', async () => {
    const runs = await attack((asked) => asked % 2 === 0)
    // By chance a run may meet that order; they are drawn anew each time.
    expect(runs.filter(({ refused }) => refused).length).toBeLessThan(runs.length / 2)
  })
})

test('turns: each asks more than once, either may be first, and none foresees how often', () => {
  const seeds = Array.from({ length: 400 }, (_, n) => `seed ${n}`)
  const all = seeds.map((seed) => turnsOf(seed, { unhurried: true, witnessFirst: true }))
  for (const turns of all) {
    for (const who of ['attacker', 'witness'] as const) {
      const times = turns.filter((turn) => turn.who === who).length
      expect(times).toBeGreaterThanOrEqual(2)
      expect(times).toBeLessThanOrEqual(TURNS_OF_EACH)
    }
    expect(turns[0]?.waitMs).toBe(0)
  }
  const orders = new Set(all.map((turns) => turns.map(({ who }) => who[0]).join('')))
  expect(orders.size).toBeGreaterThanOrEqual(10)
  const waits = all.flatMap((turns) => turns.slice(1).map(({ waitMs }) => waitMs))
  expect(waits.filter((ms) => ms < 500).length / waits.length).toBeGreaterThan(0.5)
  expect(waits.filter((ms) => ms > 1_400).length / waits.length).toBeGreaterThan(0.3)
  for (const seed of seeds) {
    const turns = turnsOf(seed, { unhurried: false, witnessFirst: true, once: 'witness' }).map(
      ({ who }) => who,
    )
    expect(turns.filter((who) => who === 'witness')).toHaveLength(1)
    expect(turns.length).toBeGreaterThanOrEqual(3)
  }
  for (const seed of seeds) {
    const turns = turnsOf(seed, { unhurried: true, witnessFirst: true, once: 'last' }).map(({ who }) => who)
    expect([turns.at(-1), turns.indexOf('witness')]).toEqual(['witness', turns.length - 1])
    expect(turns.length).toBeGreaterThanOrEqual(3)
  }
  expect(turnsOf('s', { unhurried: true, witnessFirst: true, once: 'all' }).map(({ who }) => who)).toEqual([
    'attacker',
    'witness',
  ])
})
