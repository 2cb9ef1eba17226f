import { z } from 'zod'
import type { LogPage } from '../../engine/ports/log-search.ts'
import type { Sample } from '../../engine/ports/ports.ts'
import type { FileRef } from '../../exercise/scenario/inject.ts'
import { PILOTS, SEATS } from '../../exercise/scenario/model.ts'
import { CATEGORIES, LANGS, VERDICTS } from '../../exercise/scenario/words.ts'
import type { CommandReply, EventBatch, ExerciseSummary } from '../../exercise/wire/protocol.ts'
import type { ScenarioCard, ScenarioFault } from '../../exercise/wire/shelf.ts'

/** What the HTTP interface answers, for the OpenAPI document and for tests; checked against the types it describes. */

const score = z.object({ points: z.number(), possible: z.number() })

export const exerciseResponse = z.object({
  id: z.string(),
  scenario: z.string().describe('Slug of the scenario.'),
  phase: z.enum(['created', 'deploying', 'ready', 'running', 'paused', 'ended']),
  clock: z.object({ exerciseMs: z.number(), speed: z.number() }),
  frozenMs: z
    .number()
    .optional()
    .describe('The scores are those of this moment of exercise time: the standings are held back.'),
  teams: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      pilot: z.enum(PILOTS),
      score: z.object({
        total: z.number(),
        possible: z.number(),
        categories: z.record(z.enum(CATEGORIES), score),
      }),
      services: z.array(
        z.object({
          id: z.string(),
          verdict: z.enum(VERDICTS),
          since: z.number().describe('Exercise time in ms.'),
          breached: z.boolean(),
        }),
      ),
    }),
  ),
})

const text = z.record(z.enum(LANGS), z.string()).describe('One for each language.')

export const scenariosResponse = z.object({
  scenarios: z.array(
    z.union([
      z.object({
        folder: z.string().describe('On the platform’s machine.'),
        packs: z.array(z.string()),
        title: text,
        summary: text,
        briefing: z
          .object({
            first: z.string().describe('The language that stands in for others.'),
            texts: z.record(z.string(), z.string()).describe('Markdown by code of the language.'),
          })
          .nullable(),
        durationMs: z.number(),
        teams: z
          .array(z.object({ id: z.string(), name: text, pilot: z.enum(PILOTS) }))
          .describe('Those that may take part, in their order.'),
        services: z.number(),
        attacks: z.number(),
        messages: z.number(),
        containers: z.number().describe('Of one enclave.'),
        memoryMiB: z.number().describe('That they may take at most.'),
        carries: z.number().nullable().describe('So many enclaves the machine carries now; null: not known.'),
      }),
      z.object({ folder: z.string(), fault: z.string().describe('Why it can not be played.') }),
    ]),
  ),
}) satisfies z.ZodType<{ scenarios: (ScenarioCard | ScenarioFault)[] }>

export const exercisesResponse = z.object({
  exercises: z.array(
    z.object({
      id: z.string(),
      scenario: z.string().describe('Slug of the scenario.'),
      title: text.describe('Of the scenario.'),
      name: z.string().nullable().describe('A name of its own; null: it is called as its scenario is.'),
      phase: z
        .enum(['created', 'deploying', 'ready', 'running', 'paused', 'ended', 'left'])
        .describe('`left`: it neither ended nor was it taken up again.'),
      teams: z.array(text).describe('Their names, in their order.'),
      createdWall: z.number().describe('When it was made, epoch ms.'),
      endedWall: z.number().nullable().describe('When it ended, epoch ms; null: it has not.'),
      startsWall: z
        .number()
        .nullable()
        .describe('When it starts by itself, epoch ms; null: by hand, or it has begun.'),
      deployed: z
        .number()
        .nullable()
        .describe('How much of its deploy is done, 0 to 1; null: none is under way.'),
      archived: z.boolean().describe('It was put aside by whoever runs the platform.'),
      open: z.boolean().describe('It takes commands; the others can be read.'),
      current: z.boolean().describe('What an address that names no exercise means.'),
    }),
  ),
}) satisfies z.ZodType<{ exercises: ExerciseSummary[] }>

export const openedResponse = z.object({ id: z.string(), url: z.string().describe('Its start page.') })

export const closedResponse = z.object({ ok: z.literal(true) })

export const refusalSchema = z.object({
  code: z.string().describe('Stable.'),
  message: z.string().describe('English, says how to mend it.'),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const refusedResponse = z.object({ ok: z.literal(false), refusal: refusalSchema })

export const commandResponse = z.object({
  ok: z.literal(true),
  cursor: z.int().describe('Position of the last event that followed from it.'),
}) satisfies z.ZodType<Extract<CommandReply, { ok: true }>>

export const ledgerResponse = z.object({
  after: z.int(),
  cursor: z.int().describe('Give this as `after` next time.'),
  events: z.array(
    z
      .object({
        position: z.int(),
        type: z.string(),
        version: z.int(),
        at: z.number().describe('Exercise time in ms.'),
        wall: z.number().describe('Epoch ms.'),
        data: z.record(z.string(), z.unknown()),
      })
      .describe('A fact, cut to what the seat may know.'),
  ),
}) satisfies z.ZodType<{ [K in keyof EventBatch]: unknown }>

export const samplesResponse = z.object({
  samples: z.array(
    z.object({
      at: z.number().describe('Exercise time in ms.'),
      wall: z.number().describe('Epoch ms.'),
      team: z.string(),
      service: z.string(),
      journey: z.string(),
      verdict: z.enum(VERDICTS),
      ms: z.number().describe('Time that services took.'),
      evidence: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
}) satisfies z.ZodType<{ samples: { [K in keyof Sample]: unknown }[] }>

export const logsResponse = z.object({
  lines: z.array(
    z.object({
      id: z.int(),
      at: z.string().describe('When it reached the collector, ISO 8601.'),
      atMs: z.number().nullable().describe('The same as exercise time in ms; null before the start.'),
      service: z.string(),
      line: z.string(),
    }),
  ),
  services: z.array(z.string()).describe('Services that have sent lines.'),
}) satisfies z.ZodType<{ [K in keyof LogPage]: unknown }>

export const fileResponse = z.object({
  ok: z.literal(true),
  file: z.object({
    name: z.string().describe('As it is kept and shown.'),
    type: z.string().describe('Media type, by its content.'),
    bytes: z.int(),
    sha256: z.string().describe('Of the content, hex.'),
  }),
}) satisfies z.ZodType<{ ok: true; file: FileRef }>

const markdown = z.record(z.string(), z.string()).describe('Markdown by code of the language.')

export const pagesResponse = z.object({
  first: z.string().describe('The language that stands in for others.'),
  briefing: markdown,
  instructor: markdown.optional().describe('White only.'),
})
export const changesResponse = z.object({ diff: z.string() })

export const seatsResponse = z.object({
  seats: z.array(
    z.object({
      seatId: z.string(),
      seat: z.enum(SEATS),
      team: z.string().nullable(),
      label: z.string(),
      revoked: z.boolean(),
      token: z.string(),
      url: z.string().describe('Join link.'),
      code: z.string().nullable().describe('Short code to be read out; null where it can not be kept.'),
    }),
  ),
})

export const codeResponse = z.object({ code: z.string() })

export const joinedResponse = z.object({
  exercise: z.string(),
  seat: z.enum(SEATS),
  team: z.string().nullable(),
  label: z.string(),
  token: z.string(),
  url: z.string().describe('Join link.'),
})

export const healthResponse = z.object({
  ok: z.literal(true),
  exercise: z.string().nullable(),
  phase: z.string(),
})
