import { z } from 'zod'
import { LANGS } from '../exercise/scenario/words.ts'

/** Names of what an export holds, in the order in which it stands there; `seal.json` is the last. */
export const MANIFEST = 'manifest.json'
export const LEDGER = 'ledger.jsonl'
export const CLOCK = 'clock.json'
export const SAMPLES = 'samples.jsonl'
export const FILES = 'files.json'
/** Which recordings of terminals there are. Exports of older Kilps have none of it. */
export const CASTS = 'recordings.json'
export const castName = (cast: string): string => `recordings/${cast}.cast`
export const PAGES = 'pages.json'
export const SEAL = 'seal.json'
export const fileName = (sha256: string): string => `files/${sha256}`
export const SNAPSHOT = 'snapshots/white.json.gz'
export const scenarioName = (path: string): string => `scenario/${path}`

const hex = z.string().regex(/^[0-9a-f]{64}$/)
/** Ids become names of settings and parts of addresses. */
const exerciseId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** Epoch ms, up to the last moment that a date can be. */
const moment = z.number().min(0).max(8.64e15)

const entry = z.strictObject({ name: z.string().min(1).max(200), bytes: z.int().min(0), sha256: hex })
export type ManifestEntry = Readonly<z.infer<typeof entry>>

/** `manifest.json`: what an export is of, and what follows in it. Wall times are epoch ms. */
export const manifestSchema = z.strictObject({
  kilp: z.literal('export'),
  format: z.literal(1),
  exercise: exerciseId,
  scenario: z.strictObject({
    slug: z.string(),
    title: z.partialRecord(z.enum(LANGS), z.string()),
    hash: z.string(),
  }),
  /** At the last position. */
  phase: z.enum(['created', 'deploying', 'ready', 'running', 'paused', 'ended']),
  positions: z.strictObject({ first: z.literal(1), last: z.int().min(1) }),
  /** Of the first and the last event, and of this export. */
  wall: z.strictObject({ first: moment, last: moment, exported: moment }),
  /** Of the Kilp that wrote it. */
  version: z.string(),
  /** Public key of the installation, Ed25519, base64 of its 32 bytes. */
  key: z.string(),
  /** What the store has of the exercise, and the export has not. */
  leftOut: z.array(z.string()),
  /** Why the scenario's own files are not in; null: they are. */
  noScenario: z.string().nullable(),
  /** Whose sources folded the snapshot; null: there is none. */
  snapshot: z.strictObject({ audience: z.literal('white'), madeBy: z.string() }).nullable(),
  entries: z
    .array(entry)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'an entry is named twice'),
})
export type Manifest = Readonly<z.infer<typeof manifestSchema>>

/** A manifest's text; what is read must be the very same. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`

/** The manifest, or what is wrong with it, in words that go on from its name. */
export function readManifest(text: string): Manifest | string {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return 'is no JSON'
  }
  const { kilp, format } = (content ?? {}) as { readonly kilp?: unknown; readonly format?: unknown }
  if (kilp !== 'export') return 'is not that of an export of Kilp'
  if (format !== 1)
    return `says format ${String(format)}, and this Kilp reads 1: use the Kilp that wrote it, or a newer one`
  const read = manifestSchema.safeParse(content)
  if (read.success) return read.data
  const [first] = read.error.issues
  return `is not as it should be at ${first?.path.join('.') || 'its top'}: ${first?.message}`
}
