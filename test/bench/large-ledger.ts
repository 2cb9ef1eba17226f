import type { NewEvent, Recorded } from '#exercise/ledger/events.ts'
import { RULES_VERSION } from '#exercise/ledger/rules.ts'
import { VERSIONS } from '#exercise/ledger/versions.ts'
import { random } from '#exercise/random.ts'
import type { Evidence, Scenario, Service, Team } from '#exercise/scenario/model.ts'
import { attackInfo } from '#exercise/scenario/weaknesses.ts'
import type { Text, Verdict } from '#exercise/scenario/words.ts'

export const TEAMS = 24
export const SERVICES = 15
export const HOURS = 8

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

export const scenario: Scenario = {
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
  injects: [],
  world: [],
  objectives: [],
  scoring: {
    availability: 5_000,
    defence: 3_000,
    recovery: 1_500,
    usability: 500,
    reporting: 0,
    forensics: 0,
    strategic: 0,
    slowCredit: 0.7,
    brokenCredit: 0.2,
    recoveryFullMs: 600_000,
    recoveryZeroMs: 3_600_000,
    answerWithinMs: 60_000,
    answerHoldsMs: 600_000,
    hintCosts: [10, 20, 40],
    reportWithinMs: 300_000,
  },
}

export const teams: readonly Team[] = Array.from({ length: TEAMS }, (_, n) => ({
  id: `team-${n}`,
  name: text(`Team ${n}`),
  country: 'ME',
  pilot: 'steady',
}))

const VERDICTS: readonly Verdict[] = ['up', 'slow', 'broken', 'down', 'unknown']

/** What a probe of a real service writes down, about. */
const words = (length: number, n: number) =>
  `HTTP/1.1 200 OK\ncontent-type: application/json\ndate: ${n}\n\n{"declaration":${n * 7_919},"state":"${(n * 2_654_435_761).toString(36)}"} `.padEnd(
    length,
    `field-${n % 97} `,
  )

/** Eight hours, 24 teams, 15 services each, `count` events: verdicts that never rest, every attack, hints and terminals. */
export function madeLedger(count: number, evidenceLength = 0): readonly Recorded[] {
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
  for (let n = 0; ledger.length < count; n += 1) {
    const at = Math.floor((scenario.durationMs * n) / count)
    const due = attacks[attack]
    if (due && due.trigger.atMs <= at) {
      attack += 1
      for (const team of teams) {
        const what = {
          team: team.id,
          attack: due.id,
          attempt: 1,
          info: attackInfo(scenario, due, due.trigger.atMs),
        }
        add({ type: 'attack.launched', at, data: what })
        add({ type: 'attack.landed', at, data: { ...what, evidence: null } })
        if (next() < 0.8)
          add({ type: 'foothold.closed', at, data: { team: team.id, attack: due.id, evidence: null } })
      }
    }
    const [team, where] = [pick(teams).id, pick(scenario.services)]
    const received = evidenceLength > 0 ? words(evidenceLength, n) : '200'
    const evidence: Evidence = { step: '1', sent: 'GET /', received, expected: '200', ms: n }
    const change = { team, service: where.id, journey: pick(where.journeys).id, from: pick(VERDICTS) }
    if (n % 100 === 0)
      add({ type: 'container.died', at, data: { team, service: where.id, exitCode: 137, oom: true } })
    if (n % 100 === 50) add({ type: 'container.started', at, data: { team, service: where.id } })
    add({ type: 'verdict.changed', at, data: { ...change, to: pick(VERDICTS), evidence } })
  }
  return ledger
}
