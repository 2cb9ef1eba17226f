import { z } from 'zod'
import type { KeptCast } from '../engine/ports/kept-cast.ts'
import type { KeptFile, ScenarioPages } from '../engine/ports/kept-file.ts'
import type { KeptSnapshot } from '../engine/ports/kept-snapshot.ts'
import type { ClockCheckpoint, Sample } from '../engine/ports/ports.ts'
import { VERDICTS } from '../exercise/scenario/words.ts'
import { CAST_NAME } from '../exercise/wire/cast.ts'
import { type Archive, contentOf, placeOf } from './archive.ts'
import { ExportProblem } from './export-problem.ts'
import { CASTS, CLOCK, FILES, PAGES, SNAPSHOT } from './manifest.ts'

const clockSchema = z.strictObject({ exerciseMs: z.number(), wall: z.number() }).nullable()

const filesSchema = z.array(
  z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    owner: z.string(),
    name: z.string(),
    type: z.string(),
    bytes: z.int().min(0),
    wall: z.number(),
  }),
)

const castsSchema = z.array(
  z.strictObject({
    cast: z.string().regex(CAST_NAME),
    terminal: z.string(),
    team: z.string(),
    bytes: z.int().min(0),
  }),
)

const markdown = z.record(z.string(), z.string())
const pagesSchema = z.strictObject({ first: z.string(), briefing: markdown, instructor: markdown }).nullable()

const sampleSchema = z.strictObject({
  at: z.number(),
  wall: z.number(),
  team: z.string(),
  service: z.string(),
  journey: z.string(),
  verdict: z.enum(VERDICTS),
  ms: z.number(),
  evidence: z
    .strictObject({
      step: z.string(),
      sent: z.string(),
      received: z.string(),
      expected: z.string(),
      ms: z.number(),
    })
    .nullable(),
}) satisfies z.ZodType<Sample>

/** `clock.json`: the checkpoint of the exercise's clock. */
export const clockIn = (archive: Archive): Promise<ClockCheckpoint | null> =>
  read(archive, CLOCK, clockSchema)

/** `files.json`: attachments, each owner's; the content of each stands once, under its hash. */
export const filesIn = (archive: Archive): Promise<readonly KeptFile[]> => read(archive, FILES, filesSchema)

/** `recordings.json`: which terminals were recorded; none in an export that is older than that. */
export const castsIn = async (archive: Archive): Promise<readonly KeptCast[]> =>
  placeOf(archive, CASTS) ? read(archive, CASTS, castsSchema) : []

/** `pages.json`: what the scenario brings to read. */
export const pagesIn = (archive: Archive): Promise<ScenarioPages | null> => read(archive, PAGES, pagesSchema)

/** A line of `samples.jsonl`. @throws ExportProblem when it is none. */
export const sampleIn = (line: Buffer): Sample => parsed('samples.jsonl', line, sampleSchema)

/** What white knew at the end, folded; null where the export has none. A cache: good only where `madeBy` is the same. */
export async function snapshotIn(archive: Archive): Promise<KeptSnapshot | null> {
  const { snapshot, positions } = archive.manifest
  if (!snapshot) return null
  return { ...snapshot, position: positions.last, body: await contentOf(archive, SNAPSHOT) }
}

const read = async <T>(archive: Archive, name: string, schema: z.ZodType<T>): Promise<T> =>
  parsed(name, await contentOf(archive, name), schema)

function parsed<T>(name: string, content: Buffer, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(content.toString('utf8')))
  } catch {
    throw new ExportProblem(
      `${name} of the export is whole, but not of the form that this Kilp reads. Use the Kilp that wrote it, or a newer one.`,
    )
  }
}
