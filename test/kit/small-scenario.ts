import type { Scenario, Team } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import type { Text } from '../../server/exercise/scenario/words.ts'

export const text = (en: string): Text => ({ en, et: `${en} (et)`, ja: `${en} (ja)` })

const journey = (id: string, everyMs: number, alive = false) => ({ id, title: text(id), alive, everyMs })

/** Two services, two weaknesses, three attacks in five minutes: the smallest scenario in which everything can happen. */
export const smallScenario: Scenario = {
  slug: 'small',
  title: text('Small storm'),
  summary: text('A small storm over a small state.'),
  durationMs: 300_000,
  population: 100_000,
  aliveEveryMs: 5_000,
  services: [
    {
      id: 'register',
      title: text('Register'),
      publicText: text('People are in the register.'),
      weight: 1,
      needs: [],
      public: true,
      journeys: [journey('alive', 5_000, true), journey('look-up', 15_000)],
    },
    {
      id: 'tax',
      title: text('Tax'),
      publicText: text('People file their tax return.'),
      weight: 1,
      needs: ['register'],
      public: true,
      journeys: [journey('alive', 5_000, true), journey('file', 20_000)],
    },
  ],
  citizens: {
    visitsPerMinute: 6,
    personas: [
      {
        id: 'everybody',
        name: text('Somebody'),
        age: 40,
        device: text('a phone'),
        role: 'worker',
        share: 1,
        thinkMs: 0,
        journeys: [
          { service: 'register', journey: 'look-up', use: 0.5 },
          { service: 'tax', journey: 'file', use: 0.3 },
        ],
      },
    ],
  },
  weaknesses: ['register/injection', 'tax/other-person'].map((id) => ({
    id,
    service: id.split('/')[0] ?? '',
    title: text(id),
    publicText: text(`Somebody can use ${id}.`),
    technique: 'T1190',
    owasp: 'A05',
    hints: [text('Look.'), text('Look there.'), text('Look at this line.')],
  })),
  attacks: [
    {
      id: 'first',
      title: text('First'),
      weakness: 'register/injection',
      service: 'register',
      trigger: at(60_000),
      weight: 1,
    },
    {
      id: 'second',
      title: text('Second'),
      weakness: 'tax/other-person',
      service: 'tax',
      trigger: at(120_000),
      weight: 1,
    },
    {
      id: 'third',
      title: text('Third'),
      weakness: 'register/injection',
      service: 'register',
      trigger: at(180_000),
      weight: 1,
    },
  ],
  phases: [
    { id: 'quiet', title: text('Quiet'), trigger: at(0) },
    { id: 'storm', title: text('Storm'), trigger: at(50_000) },
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
    slowCredit: 0.75,
    brokenCredit: 0.25,
    recoveryFullMs: 30_000,
    recoveryZeroMs: 150_000,
    answerWithinMs: 30_000,
    answerHoldsMs: 120_000,
    hintCosts: [20, 40, 80],
    reportWithinMs: 300_000,
  },
}

export const smallTeams: readonly Team[] = [
  { id: 'red', name: text('Red'), country: 'RR', pilot: 'absent' },
  { id: 'sea', name: text('Sea'), country: 'SS', pilot: 'absent' },
]
