import type { Actor } from '../exercise/ledger/actor.ts'
import type { Engine, Submitted } from './engine.ts'
import type { CaptureBounds } from './ports/capture.ts'
import type { Range } from './ports/ports.ts'

export const CAPTURE_BOUNDS: CaptureBounds = { forMs: 60_000, maxBytes: 10 * 1024 * 1024 }
/** How long a recording is kept; one of each team. */
const KEPT_MS = 10 * 60_000

/** The latest recording of a team. */
export interface Capture {
  readonly service: string
  /** Null while it goes on, and where it failed. */
  readonly pcap: Uint8Array | null
  readonly running: boolean
}

/** Recordings of the traffic of teams' services: one at a time for each team. */
export interface Captures {
  start(team: string, service: string, by: Actor): Promise<Submitted>
  latest(team: string): Capture | null
}

export function openCaptures(
  engine: Engine,
  range: Range,
  fault: (what: string, error: unknown) => void,
  bounds = CAPTURE_BOUNDS,
): Captures {
  const latest = new Map<string, Capture>()
  return {
    latest: (team) => latest.get(team) ?? null,
    async start(team, service, by) {
      if (latest.get(team)?.running) return { ok: false, refusal: RUNNING }
      const begun: Capture = { service, pcap: null, running: true }
      const before = latest.get(team)
      // Taken before anything is waited for: two that ask at once are not both let through.
      latest.set(team, begun)
      const told = await engine
        .submit({ type: 'record-traffic', data: { team, service } }, by)
        .catch((error: unknown) => {
          latest.delete(team)
          throw error
        })
      if (!told.ok) {
        if (before) latest.set(team, before)
        else latest.delete(team)
        return told
      }
      range
        .captureTraffic(team, service, bounds)
        .catch((error: unknown) => {
          fault('a recording of traffic', error)
          return null
        })
        .then((pcap) => {
          const done: Capture = { service, pcap, running: false }
          latest.set(team, done)
          setTimeout(() => {
            if (latest.get(team) === done) latest.delete(team)
          }, KEPT_MS).unref()
        })
      return told
    },
  }
}

const RUNNING = {
  code: 'recording-now',
  message: 'A recording of this team is under way. Wait until it is done.',
  params: {},
} as const
