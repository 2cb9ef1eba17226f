import type { VisitRequest } from '../../engine/ports/citizens.ts'
import type { Visitor } from '../../engine/ports/ports.ts'
import type { Script } from '../../engine/ports/script.ts'
import type { Evidence } from '../../exercise/scenario/model.ts'
import type { Verdict } from '../../exercise/scenario/words.ts'

/** What the platform writes to a probe, one JSON object a line. See infra/README.md, "Probe wire". */
export type ToProbe =
  | ({ readonly id: string } & ProbeRequest)
  | { readonly id: string; readonly execResult: ExecAnswer }
  | ({ readonly id: string } & Question)
  | { readonly cancel: string }
  | { readonly ping: number }
  | { readonly watch: readonly WatchedPort[] }

/** A port of a service at which somebody answers as long as it runs. */
export interface WatchedPort {
  readonly service: string
  readonly host: string
  readonly port: number
}

/** What a probe has an eye on; `turned` hears of which something is worth a look. */
export interface Watch {
  readonly ports: readonly WatchedPort[]
  turned(service: string): void
}

/** What is no run: a request of somebody who looks at the state as a citizen does, and as whom they may sign in. */
export type Question =
  | { readonly visit: Omit<VisitRequest, 'body'> & { readonly body: string } }
  | { readonly people: true }

/** The answer to a question, as it came. */
export interface Told {
  readonly visited?: Readonly<Record<string, unknown>>
  readonly people?: unknown
}

export interface ProbeRequest {
  readonly script: Script
  readonly vars: Readonly<Record<string, string>>
  readonly memory: Readonly<Record<string, string>>
  readonly seed: string
  /** Who does it, unless anybody. */
  readonly visitor?: Visitor
  /** Between the setup and what follows it; the deadlines of the parts do not count it. */
  readonly pauseMs?: number
}

export interface ExecAnswer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly error: string | null
}

export interface ProbeAnswer {
  readonly outcome: 'pass' | 'fail' | 'fault'
  readonly verdict: Verdict
  readonly ms: number
  readonly evidence: Evidence | null
  readonly remember: Readonly<Record<string, string>>
  readonly refused: boolean | null
}

/** What is left on the disk that the engine's containers share. */
export interface EngineDisk {
  readonly bytes: number
  /** That may still be made; 0 also where the file system has no such number. */
  readonly files: number
}

export type FromProbe =
  | { readonly kind: 'ready'; readonly addresses: readonly string[] }
  | { readonly kind: 'pong'; readonly pong: number; readonly disk: EngineDisk | null }
  | {
      readonly kind: 'exec'
      readonly id: string
      readonly path: string
      readonly env: Readonly<Record<string, string>>
    }
  /** A service's port is no longer answered at, or is again. */
  | { readonly kind: 'turned'; readonly service: string }
  | { readonly kind: 'told'; readonly id: string; readonly told: Told }
  | { readonly kind: 'answer'; readonly id: string; readonly answer: ProbeAnswer }

type Raw = Readonly<Record<string, unknown>>

/** Reads one line of the probe. Null for a line that is none of ours (half a line after a reconnect). */
export function readProbeLine(line: string): FromProbe | null {
  let raw: Raw
  try {
    raw = JSON.parse(line) as Raw
  } catch {
    return null
  }
  if (typeof raw !== 'object' || raw === null) return null
  if (raw.ready === true) return { kind: 'ready', addresses: (raw.addresses ?? []) as readonly string[] }
  if (typeof raw.pong === 'number') return { kind: 'pong', pong: raw.pong, disk: diskOf(raw.disk) }
  if (typeof raw.turned === 'string') return { kind: 'turned', service: raw.turned }
  if (typeof raw.id !== 'string') return null
  if (typeof raw.exec === 'object' && raw.exec !== null) {
    const { path, env } = raw.exec as Raw
    return typeof path === 'string' ? { kind: 'exec', id: raw.id, path, env: textsOf(env) } : null
  }
  if (typeof raw.visited === 'object' && raw.visited !== null)
    return { kind: 'told', id: raw.id, told: { visited: raw.visited as Raw } }
  if (raw.people !== undefined) return { kind: 'told', id: raw.id, told: { people: raw.people } }
  const answer = answerOf(raw)
  return answer && { kind: 'answer', id: raw.id, answer }
}

function diskOf(value: unknown): EngineDisk | null {
  const { bytes, files } = (typeof value === 'object' && value !== null ? value : {}) as Raw
  return typeof bytes === 'number' && typeof files === 'number' ? { bytes, files } : null
}

/** What an outcome can mean. */
const MEANINGS: readonly (readonly [ProbeAnswer['outcome'], Verdict])[] = [
  ['pass', 'up'],
  ['pass', 'slow'],
  ['fail', 'broken'],
  ['fail', 'down'],
  ['fault', 'unknown'],
]
/** The probe cuts shorter; beyond this it is not the probe that speaks. */
const MOST_TEXT = 20_000
const MOST_VALUES = 100

/** Takes only what an answer may hold: it goes into the ledger, and every score is made of it. */
function answerOf({ outcome, verdict, ms, evidence, remember, refused }: Raw): ProbeAnswer | null {
  const meaning = MEANINGS.find(
    ([itsOutcome, itsVerdict]) => itsOutcome === outcome && itsVerdict === verdict,
  )
  if (!meaning) return null
  return {
    outcome: meaning[0],
    verdict: meaning[1],
    ms: msOf(ms),
    evidence: evidenceOf(evidence),
    remember: textsOf(remember),
    refused: meaning[0] === 'fail' && typeof refused === 'boolean' ? refused : null,
  }
}

function evidenceOf(value: unknown): Evidence | null {
  if (typeof value !== 'object' || value === null) return null
  const { step = '', sent = '', received = '', expected = '' } = textsOf(value)
  const before = beforeOf((value as Raw).before)
  return { step, ...(before.length > 0 && { before }), sent, received, expected, ms: msOf((value as Raw).ms) }
}

const beforeOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? Object.values(textsOf(value.slice(0, MOST_VALUES))) : []

const msOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : 0

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {}
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(
    texts.slice(0, MOST_VALUES).map(([name, text]) => [name, text.slice(0, MOST_TEXT)]),
  )
}
