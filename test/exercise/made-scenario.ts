import type { Persona } from '#exercise/scenario/citizens.ts'
import type { FileRef, Inject, WorldEvent } from '#exercise/scenario/inject.ts'
import type { Attack, Journey, Scenario, Service, Team, Weakness } from '#exercise/scenario/model.ts'
import { at } from '#exercise/scenario/trigger.ts'
import type { Text } from '#exercise/scenario/words.ts'

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
  cwe: 'CWE-639',
  hints: [text('Vague secret-hint'), text('Clear secret-hint'), text('Exact secret-hint')],
})

/** A message to people at a moment, ms: to be answered in words within five minutes, and graded. */
export const inject = (id: string, atMs: number, more: Partial<Inject> = {}): Inject => ({
  id,
  number: 1,
  title: text(`Secret title of ${id}`),
  text: text(`Secret title of ${id}, and what is asked.`),
  from: text('The press'),
  channel: 'press',
  roles: [],
  expects: { kind: 'text', maxLength: 500 },
  rubric: [
    { id: 'true', title: text('It is true'), points: 3, anchors: [{ points: 3, text: text('secret note') }] },
    { id: 'calm', title: text('It is calm'), points: 1 },
  ],
  attachments: [],
  category: 'strategic',
  weight: 1,
  weightBefore: 0,
  expectedAction: text('secret note'),
  trigger: at(atMs),
  withinMs: 300_000,
  teams: null,
  objectives: [],
  ...more,
})

/** For a minute the tax service stands still, unless something else is said. */
export const powerCut = (id: string, atMs: number, more: Partial<WorldEvent> = {}): WorldEvent => ({
  id,
  number: 5,
  title: text('Power cut'),
  publicText: text('A data centre has no power.'),
  effect: 'stop',
  services: ['tax'],
  trigger: at(atMs),
  forMs: 60_000,
  teams: null,
  objectives: [],
  ...more,
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
  injects: [],
  world: [],
  objectives: [],
  scoring: {
    availability: 5_000,
    defence: 3_000,
    recovery: 2_000,
    usability: 0,
    reporting: 0,
    forensics: 0,
    strategic: 0,
    slowCredit: 0.7,
    brokenCredit: 0.2,
    recoveryFullMs: 60_000,
    recoveryZeroMs: 240_000,
    answerWithinMs: 30_000,
    answerHoldsMs: 120_000,
    hintCosts: [20, 50, 100],
    reportWithinMs: 300_000,
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

/** Known to its own team and to white alone. */
export const secretFile: FileRef = {
  name: 'secret-path.csv',
  type: 'text/csv',
  bytes: 10,
  sha256: 'ab'.repeat(32),
}

/** The same with messages to people: two that are graded, two that the platform grades, one that is a notice; and points for reports. */
export const peopledScenario: Scenario = {
  ...livedInScenario,
  injects: [
    inject('press-asks', 10_000, { weight: 2 }),
    inject('sitrep', 30_000, {
      number: 2,
      expects: { kind: 'sitrep' },
      category: 'reporting',
      withinMs: 60_000,
    }),
    inject('which-law', 60_000, {
      number: 3,
      expects: {
        kind: 'choice',
        several: false,
        options: [
          { id: 'gdpr', text: text('GDPR') },
          { id: 'none', text: text('None') },
        ],
        right: ['gdpr'],
      },
      rubric: [],
      weightBefore: 2,
    }),
    inject('be-warned', 90_000, { number: 4, expects: null, rubric: [], category: null, weight: 0 }),
    inject('hand-in', 100_000, {
      number: 5,
      expects: { kind: 'file', types: ['text/csv'], maxKiB: 10 },
      attachments: [secretFile],
      weight: 0,
      weightBefore: 3,
    }),
    inject('which-file', 120_000, {
      number: 6,
      expects: {
        kind: 'question',
        tries: 3,
        hints: [text('Vague secret-hint'), text('Exact secret-hint')],
        digests: ['right-digest'],
      },
      rubric: [],
      category: 'forensics',
    }),
  ],
  world: [powerCut('power-cut', 100_000)],
  scoring: {
    ...livedInScenario.scoring,
    availability: 3_300,
    strategic: 700,
    reporting: 300,
    forensics: 200,
  },
}
