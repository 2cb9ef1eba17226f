import type { Script } from '../engine/ports.ts'
import type { Evidence, Verdict } from '../exercise/model.ts'

/** What the platform writes to a probe, one JSON object a line. See infra/README.md, "Probe wire". */
export type ToProbe =
  | ({ readonly id: string } & ProbeRequest)
  | { readonly id: string; readonly execResult: ExecAnswer }
  | { readonly cancel: string }
  | { readonly ping: number }

export interface ProbeRequest {
  readonly script: Script
  readonly vars: Readonly<Record<string, string>>
  readonly memory: Readonly<Record<string, string>>
  readonly seed: string
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
}

export type FromProbe =
  | { readonly kind: 'ready'; readonly addresses: readonly string[] }
  | { readonly kind: 'pong'; readonly pong: number }
  | {
      readonly kind: 'exec'
      readonly id: string
      readonly path: string
      readonly env: Readonly<Record<string, string>>
    }
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
  if (typeof raw.pong === 'number') return { kind: 'pong', pong: raw.pong }
  if (typeof raw.id !== 'string') return null
  if (typeof raw.exec === 'object' && raw.exec !== null) {
    const { path, env } = raw.exec as { path?: unknown; env?: unknown }
    return {
      kind: 'exec',
      id: raw.id,
      path: String(path),
      env: (env ?? {}) as Readonly<Record<string, string>>,
    }
  }
  if (raw.outcome !== 'pass' && raw.outcome !== 'fail' && raw.outcome !== 'fault') return null
  return {
    kind: 'answer',
    id: raw.id,
    answer: {
      outcome: raw.outcome,
      verdict: (raw.verdict ?? 'unknown') as Verdict,
      ms: Number(raw.ms ?? 0),
      evidence: (raw.evidence ?? null) as Evidence | null,
      remember: (raw.remember ?? {}) as Readonly<Record<string, string>>,
    },
  }
}
