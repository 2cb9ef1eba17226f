import { evolve, fold } from '#exercise/fold/evolve.ts'
import { initialState } from '#exercise/fold/state.ts'
import type { NewEvent, Recorded } from '#exercise/ledger/events.ts'
import { random } from '#exercise/random.ts'
import type { Evidence, Scenario, Service, Team, Text, Verdict } from '#exercise/scenario/model.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { RULES_VERSION } from '../../server/exercise/ledger/rules.ts'
import { VERSIONS } from '../../server/exercise/ledger/versions.ts'

const EVENTS = 1_000_000
const TEAMS = 24
const SERVICES = 15
const ROUNDS = 5
const HOURS = 8
const AIM_MS = 1_000

const text = (en: string): Text => ({ en, et: en, ja: en })

const service = (n: number): Service => ({
  id: `service-${n}`,
  title: text(`Service ${n}`),
  publicText: text('People use it.'),
  weight: 1 + (n % 3),
  needs: [],
  public: true,
  journeys: ['alive', 'read', 'write'].map((id) => ({
    id,
    title: text(id),
    alive: id === 'alive',
    everyMs: 5_000,
  })),
})

const weaknesses = Array.from({ length: 2 * SERVICES }, (_, n) => ({
  id: `service-${n % SERVICES}/flaw-${n}`,
  service: `service-${n % SERVICES}`,
  title: text('A flaw'),
  publicText: text('Somebody reads what they should not.'),
  technique: 'T1190',
  owasp: 'A01',
  hints: [text('1'), text('2'), text('3')] as const,
}))

/** Two attacks on each weakness, spread over the day. */
const attacks = [...weaknesses, ...weaknesses].map((weakness, n) => ({
  id: `attack-${n}`,
  title: text('An attack'),
  weakness: weakness.id,
  service: weakness.service,
  trigger: { kind: 'at' as const, atMs: (n + 1) * 420_000 },
  weight: 1,
}))

const scenario: Scenario = {
  slug: 'large',
  title: text('A large one'),
  summary: text(''),
  durationMs: HOURS * 3_600_000,
  population: 1_000_000,
  aliveEveryMs: 5_000,
  services: Array.from({ length: SERVICES }, (_, n) => service(n)),
  citizens: {
    visitsPerMinute: 20,
    personas: Array.from({ length: 6 }, (_, n) => ({
      id: `persona-${n}`,
      name: text(`Persona ${n}`),
      age: 40,
      device: text('a phone'),
      role: 'worker' as const,
      share: 1 / 6,
      thinkMs: 500,
      journeys: Array.from({ length: 5 }, (_, k) => ({
        service: `service-${(n * 5 + k) % SERVICES}`,
        journey: k % 2 === 0 ? 'read' : 'write',
        use: 0.2,
      })),
    })),
  },
  weaknesses,
  attacks,
  phases: [],
  tutor: [],
  scoring: {
    availability: 5_000,
    defence: 3_000,
    recovery: 1_500,
    usability: 500,
    slowCredit: 0.7,
    brokenCredit: 0.2,
    recoveryFullMs: 600_000,
    recoveryZeroMs: 3_600_000,
    answerWithinMs: 60_000,
    answerHoldsMs: 600_000,
    hintCosts: [10, 20, 40],
  },
}

const teams: readonly Team[] = Array.from({ length: TEAMS }, (_, n) => ({
  id: `team-${n}`,
  name: text(`Team ${n}`),
  country: 'ME',
  pilot: 'steady',
}))

const VERDICTS: readonly Verdict[] = ['up', 'slow', 'broken', 'down', 'unknown']

/** Eight hours, 24 teams, 15 services each, a million events: verdicts that never rest, every attack, hints and terminals. */
function madeLedger(): readonly Recorded[] {
  const next = random('fold-bench')
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const ledger: Recorded[] = []
  const add = (event: Omit<NewEvent, 'version'>) => {
    const position = ledger.length + 1
    const recorded = { ...event, version: VERSIONS[event.type], position, wall: 1_790_000_000_000 + event.at }
    // As it comes from the store: every string an object of its own, so that no comparison is cheaper than it would be.
    ledger.push(JSON.parse(JSON.stringify(recorded)) as Recorded)
  }
  const created = {
    exerciseId: 'bench',
    scenario,
    scenarioHash: '',
    rulesVersion: RULES_VERSION,
    seed: 's',
    teams,
    speed: 1,
  }
  add({ type: 'exercise.created', at: 0, data: created })
  add({ type: 'exercise.started', at: 0, data: {} })
  let attack = 0
  for (let n = 0; ledger.length < EVENTS; n += 1) {
    const at = Math.floor((scenario.durationMs * n) / EVENTS)
    const due = attacks[attack]
    if (due && due.trigger.atMs <= at) {
      attack += 1
      for (const team of teams) {
        const what = { team: team.id, attack: due.id, attempt: 1 }
        add({ type: 'attack.launched', at, data: what })
        add({ type: 'attack.landed', at, data: { ...what, evidence: null } })
        if (next() < 0.8)
          add({ type: 'foothold.closed', at, data: { team: team.id, attack: due.id, evidence: null } })
      }
    }
    const [team, where] = [pick(teams).id, pick(scenario.services)]
    const evidence: Evidence = { step: '1', sent: 'GET /', received: '200', expected: '200', ms: n }
    const change = { team, service: where.id, journey: pick(where.journeys).id, from: pick(VERDICTS) }
    if (n % 100 === 0)
      add({ type: 'container.died', at, data: { team, service: where.id, exitCode: 137, oom: true } })
    if (n % 100 === 50) add({ type: 'container.started', at, data: { team, service: where.id } })
    add({ type: 'verdict.changed', at, data: { ...change, to: pick(VERDICTS), evidence } })
  }
  return ledger
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Fold of a million-event ledger (aim: under one second), with the cost of one event live and of one score beside it. */
export async function bench(): Promise<{
  name: string
  rows: { what: string; value: number; unit: string; against?: string; ratio?: number }[]
}> {
  const ledger = madeLedger()
  const times: { fold: number; loop: number }[] = []
  let state = initialState
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now()
    state = fold(ledger)
    const folded = performance.now()
    // The least that any fold must do: visit every event and read what it says.
    let read = 0
    for (const event of ledger) if ('team' in event.data) read += event.at
    if (read === 0) throw new Error('the ledger is empty')
    times.push({ fold: folded - begin, loop: performance.now() - folded })
  }
  const foldMs = median(times.map((t) => t.fold))
  const tail = ledger.slice(-20_000)
  const liveBegin = performance.now()
  let live = state
  for (const event of tail) live = evolve(live, event)
  const liveUs = ((performance.now() - liveBegin) / tail.length) * 1000
  const scoreMs = median(
    Array.from({ length: 20 }, () => {
      const begin = performance.now()
      for (const { id } of teams) scoreAt(state, id, state.atMs)
      return performance.now() - begin
    }),
  )
  return {
    name: `Fold of ${EVENTS.toLocaleString('en')} events (${TEAMS} teams x ${SERVICES} services, ${HOURS} h)`,
    rows: [
      { what: 'fold', value: foldMs, unit: 'ms', against: `aim ${AIM_MS} ms`, ratio: foldMs / AIM_MS },
      { what: 'only reading the events', value: median(times.map((t) => t.loop)), unit: 'ms' },
      { what: 'evolve, one live event', value: liveUs, unit: 'µs' },
      { what: `score of all ${TEAMS} teams`, value: scoreMs, unit: 'ms' },
    ],
  }
}
