import type {
  Attack,
  Journey,
  Persona,
  Scenario,
  Service,
  Team,
  Text,
  Weakness,
} from '#exercise/scenario/model.ts'
import { at } from '#exercise/scenario/trigger.ts'

export const text = (en: string): Text => ({ en, et: `${en} (et)`, ja: `${en} (ja)` })

const journey = (id: string, alive: boolean): Journey => ({
  id,
  title: text(`Journey ${id}`),
  alive,
  everyMs: alive ? 5_000 : 20_000,
})

const service = (id: string, weight: number, journeys: readonly string[]): Service => ({
  id,
  title: text(`Service ${id}`),
  publicText: text(`People use ${id}.`),
  weight,
  needs: id === 'registry-db' ? [] : ['registry-db'],
  public: id !== 'registry-db',
  journeys: [journey('alive', true), ...journeys.map((name) => journey(name, false))],
})

const persona = (id: Persona['role'], share: number, wants: Readonly<Record<string, number>>): Persona => ({
  id,
  name: text(`An ${id}`),
  age: 40,
  device: text('a phone'),
  role: id,
  share,
  thinkMs: 500,
  journeys: Object.entries(wants).map(([key, use]) => {
    const [service = '', name = ''] = key.split('/')
    return { service, journey: name, use }
  }),
})

const weakness = (id: string, technique: string): Weakness => ({
  id,
  service: id.split('/')[0] ?? '',
  title: text(`Secret title of ${id}`),
  publicText: text(`Somebody reads what they should not (${id.length}).`),
  technique,
  owasp: 'A01',
  hints: [text('Vague secret-hint'), text('Clear secret-hint'), text('Exact secret-hint')],
})

/** Attack of a weakness at a moment of exercise time, ms. */
export const attack = (id: string, weaknessId: string, atMs: number, weight = 1): Attack => ({
  id,
  title: text(`Attack title of ${id}`),
  weakness: weaknessId,
  service: weaknessId.split('/')[0] ?? '',
  trigger: at(atMs),
  weight,
})

/** Ten minutes, four services, four weaknesses, five attacks (one weakness is used twice); shares that do not divide evenly. */
export const madeScenario: Scenario = {
  slug: 'made-storm',
  title: text('A made storm'),
  summary: text('Four services, five attacks.'),
  durationMs: 600_000,
  population: 100_000,
  aliveEveryMs: 5_000,
  services: [
    service('registry-db', 1, []),
    service('population', 2, ['lookup']),
    service('tax', 3, ['file', 'refund', 'history']),
    service('portal', 1, ['login', 'mailbox']),
  ],
  citizens: {
    visitsPerMinute: 6,
    personas: [
      persona('elder', 0.3, { 'portal/mailbox': 0.5, 'population/lookup': 0.2 }),
      persona('worker', 0.7, { 'tax/file': 0.6, 'tax/refund': 0.3, 'portal/login': 0.1 }),
    ],
  },
  weaknesses: [
    weakness('population/search-injection', 'T1190'),
    weakness('tax/refund-iban', 'T1657'),
    weakness('tax/foreign-declaration', 'T1213.006'),
    weakness('portal/stored-script', 'T1539'),
  ],
  attacks: [
    attack('wave-1', 'population/search-injection', 60_000),
    attack('wave-2', 'tax/refund-iban', 120_000, 2),
    attack('wave-3', 'tax/foreign-declaration', 200_000),
    attack('wave-4', 'portal/stored-script', 300_000, 1.5),
    attack('wave-5', 'population/search-injection', 420_000),
  ],
  phases: [
    { id: 'calm', title: text('Calm'), trigger: at(0) },
    { id: 'storm', title: text('Storm'), trigger: at(60_000) },
    { id: 'after', title: text('After'), trigger: at(480_000) },
  ],
  tutor: [],
  scoring: {
    availability: 5_000,
    defence: 3_000,
    recovery: 2_000,
    usability: 0,
    slowCredit: 0.7,
    brokenCredit: 0.2,
    recoveryFullMs: 60_000,
    recoveryZeroMs: 240_000,
    answerWithinMs: 30_000,
    answerHoldsMs: 120_000,
    hintCosts: [20, 50, 100],
  },
}

const team = (id: string, pilot: Team['pilot']): Team => ({
  id,
  name: text(`Team ${id}`),
  country: id.slice(0, 2).toUpperCase(),
  pilot,
})

export const madeTeams: readonly Team[] = [
  team('meremaa', 'swift'),
  team('saareke', 'steady'),
  team('laanemets', 'absent'),
]

/** The same with points for citizens whose complaints are heard. */
export const livedInScenario: Scenario = {
  ...madeScenario,
  scoring: { ...madeScenario.scoring, availability: 4_500, recovery: 1_800, usability: 700 },
}
