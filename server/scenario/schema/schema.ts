import { z } from 'zod'
import { PERSONA_ROLES } from '../../exercise/scenario/citizens.ts'
import { PILOTS, REVERT_COST } from '../../exercise/scenario/model.ts'
import { perCategory } from '../../exercise/scenario/per-category.ts'
import { CATEGORY_RULES } from '../../exercise/scoring/categories.ts'
import { duration, id, journeyId, weaknessId } from './parts.ts'
import { language, type TextSchema } from './texts.ts'
import { timelineSchema } from './timeline-schema.ts'

const team = (text: TextSchema) =>
  z.strictObject({
    id,
    name: text,
    country: z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters, e.g. `EE`'),
    pilot: z.enum(PILOTS),
  })

const service = z.strictObject({
  id,
  weight: z
    .number()
    .min(0)
    .max(100)
    .default(1)
    .describe('Share of the availability points, relative to the others'),
})

const persona = (text: TextSchema) =>
  z.strictObject({
    id,
    name: text.describe('Who it is, e.g. "a parent of two"'),
    age: z.int().min(0).max(120),
    device: text.describe('What they use, e.g. "an old phone"'),
    role: z.enum(PERSONA_ROLES).describe('Whom of the seeded nation it is played by'),
    share: z.number().gt(0).max(1).describe('Part of the population; all personas make 1'),
    visits: z
      .number()
      .gt(0)
      .max(100)
      .default(1)
      .describe(
        'How often one of them comes, compared with other people (1): those who work with it come often',
      ),
    think: duration({ max: 10_000 })
      .prefault('500ms')
      .describe('Time for reading and typing between two steps'),
    journeys: z
      .record(journeyId, z.number().gt(0).max(1))
      .describe('What they want to do today, and what part of them'),
  })

const citizens = (text: TextSchema) =>
  z.strictObject({
    visitsPerMinute: z
      .number()
      .min(0)
      .max(600)
      .describe("Visits that background users begin in each team's country in a minute of exercise time"),
    personas: z.array(persona(text)).min(1).max(20),
  })

const share = z.number().min(0).max(1)
const points = z.number().min(0).max(10_000)

export const scoringSchema = z.strictObject({
  ...perCategory((category) => {
    const { usualPoints, about } = CATEGORY_RULES[category]
    return points.default(usualPoints).describe(about)
  }),
  slowCredit: share.default(0.8).describe('Share of an availability point that a slow service earns'),
  brokenCredit: share.default(0.25).describe('The same, for a service that answers and does not work'),
  recoveryFull: duration()
    .prefault('30s')
    .describe('Restored within this time after an attack landed: all recovery points'),
  recoveryZero: duration({ min: 1000 }).prefault('4m').describe('From here on none; linear in between'),
  answerWithin: duration()
    .prefault('45s')
    .describe('A complaint that nobody answers or mends costs from this long after it came'),
  answerHolds: duration()
    .prefault('3m')
    .describe('One that was answered and not mended costs again from this long after the answer'),
  revertCost: points
    .default(REVERT_COST)
    .describe('Points of defence that it costs when white puts a service back to its start state'),
  hintCosts: z.tuple([points, points, points]).default([10, 20, 40]),
  reportWithin: duration()
    .prefault('15m')
    .describe('An attack that landed is to be reported within this time'),
})

/** scenario.yaml, format 1. */
export const scenarioSchema = (text: TextSchema) =>
  z.strictObject({
    kilp: z.literal(1).describe('Version of this format'),
    slug: id,
    languages: z
      .array(language)
      .min(1)
      .exactOptional()
      .describe(
        "Codes of the author's languages, e.g. `en`; the first fills in where a text is not there in another, and is that of plain texts. Default: those of the title",
      ),
    title: text,
    summary: text,
    duration: duration({ min: 10_000, max: 86_400_000 }),
    population: z.int().positive().describe("Simulated inhabitants of one team's country"),
    teams: z.array(team(text)).min(1).max(24).describe('`--teams N` takes the first N'),
    defaultTeams: z
      .int()
      .min(1)
      .max(24)
      .exactOptional()
      .describe('How many of them play when nobody says; default all'),
    services: z.array(service).min(1).max(40),
    citizens: citizens(text),
    weaknesses: z.array(weaknessId).max(200).describe('Planted in every enclave, in this order'),
    checks: z
      .strictObject({
        aliveEvery: duration({ min: 1000, max: 60_000 }).prefault('5s'),
        journeys: z
          .record(journeyId, duration({ min: 5000, max: 600_000 }))
          .default({})
          .describe('Other intervals than the journeys say themselves'),
      })
      .prefault({}),
    terminals: z
      .strictObject({
        record: z
          .boolean()
          .default(true)
          .describe(
            'What the terminals of teams print is recorded, for the replay and the export. `false`: nothing of it is',
          ),
      })
      .prefault({}),
    objectives: z
      .array(z.strictObject({ id, title: text }))
      .max(50)
      .default([])
      .describe('What the exercise is for; entries name those that they test'),
    life: z
      .array(
        z.strictObject({
          id,
          title: text.describe('What people want to do, e.g. `Get a prescription`'),
          journeys: z.array(journeyId).min(1).max(20).describe('All of them have to work'),
        }),
      )
      .max(12)
      .default([])
      .describe(
        'What people want to do today, as the national picture shows it; the worst comes first there',
      ),
    timeline: timelineSchema(text),
    scoring: scoringSchema.prefault({}),
  })

export type ScenarioFile = z.output<ReturnType<typeof scenarioSchema>>
