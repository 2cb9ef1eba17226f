/** The step language as the probe gets it: every duration in ms, every default filled in. See infra/README.md. */

/** A journey or exploit with every duration in ms. */
export interface Script {
  /** What `{{canary}}` is made of, as journeys make what they write into the same field: `{{random.name}} tee {{random.int}}`. */
  readonly canary?: string
  /** Runs first: what is there to be attacked comes in through the state's own flows. */
  readonly setup: readonly Step[]
  /** What the setup leaves lasts for seconds only: whoever attacks follows it without a pause. */
  readonly atOnce?: true
  readonly steps: readonly Step[]
  /** What somebody who is entitled does in the same run, when an exploit has failed. */
  readonly witness?: readonly Step[]
  /** What can be done once only in a run: what the witness does (`last`: after all attackers), or what the attacker does too; else each asks more than once. */
  readonly once?: 'witness' | 'last' | 'all'
  readonly slowAfterMs: number
  /** For `setup`, `steps` and `witness` each. */
  readonly deadlineMs: number
}

/** A person pauses at most so long between two steps, and no run takes longer than this. The probe keeps to both too. */
export const THINK_MOST_MS = 10_000
const RUN_MOST_MS = 300_000

/**
 * The one deadline of each part of a run, in ms: the script's own, and for a person who thinks between steps the most that this may take. Probe and platform both go by it, so
 * that a slow typist is not cut off by one of them.
 */
export const partDeadlineMs = ({ deadlineMs, steps }: Script, thinkMs = 0): number =>
  Math.min(deadlineMs + 2 * Math.min(thinkMs, THINK_MOST_MS) * steps.length, RUN_MOST_MS)

/** Attacker and witness ask so often at most in a run (infra/probe/src/turns.ts), and wait so long between two turns. */
const TURNS_OF_EACH = 3
const BETWEEN_MOST_MS = 6_000

/** The same for all its parts together, in ms. */
export function runDeadlineMs(script: Script): number {
  const { deadlineMs, setup, witness } = script
  const before = deadlineMs * Number(setup.length > 0)
  return witness ? before + 2 * TURNS_OF_EACH * (deadlineMs + BETWEEN_MOST_MS) : before + deadlineMs
}

interface StepCommon {
  readonly name?: string
  readonly actor?: string
  readonly when?: string
  readonly deadlineMs: number
  readonly expect?: Expect
  readonly capture?: Readonly<Record<string, Capture>>
  readonly remember?: readonly string[]
}

export interface Expect {
  readonly status?: readonly number[]
  readonly header?: Readonly<Record<string, string>>
  readonly json?: Readonly<Record<string, unknown>>
  readonly text?: readonly string[]
  readonly notText?: readonly string[]
  readonly regex?: string
  readonly withinMs?: number
  /** A browser would run a script of this page: from the page's own site, or written into it. */
  readonly runs?: 'self' | 'inline'
}

export type Capture =
  | { readonly json: string }
  | { readonly header: string }
  | { readonly regex: string }
  | { readonly cookie: string }
  | { readonly body: true }
  | { readonly status: true }

export interface HttpRequest {
  readonly method: string
  readonly url: string
  /** Private key (EC P-256 PKCS8 PEM, base64 on one line) with which the probe authenticates as a TLS client. */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
  readonly file?: {
    readonly field: string
    readonly name: string
    readonly type: string
    readonly content: string
  }
}

/** Waits for `times` callers that say a text, at most `withinMs`. */
export interface Listen {
  readonly port: number
  readonly says: string
  readonly times: number
  readonly withinMs: number
  /** What callers are told. */
  readonly reply: string
}

export interface SshUse {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  /** PEM, or base64 of it. */
  readonly key?: string
  readonly command: string
}

/** The same request many times: `rate` a second for `forMs`. */
export interface Flood {
  readonly http: HttpRequest
  readonly rate: number
  readonly forMs: number
}

export type Step = StepCommon &
  (
    | { readonly http: HttpRequest; readonly redirects: number }
    | {
        readonly sql: {
          readonly host: string
          readonly database: string
          readonly user: string
          readonly password: string
          readonly query: string
          readonly params: readonly string[]
        }
      }
    | {
        readonly exec: {
          readonly service: string
          readonly command: readonly string[]
          readonly env: Readonly<Record<string, string>>
          readonly user: string
        }
      }
    | { readonly tcp: { readonly host: string; readonly port: number; readonly send: string } }
    | { readonly listen: Listen }
    | { readonly ssh: SshUse }
    | { readonly flood: Flood }
    | {
        readonly card: {
          readonly person: string
          readonly origin: string
          readonly nonce: string
          readonly certificate: 'authentication' | 'signature'
          readonly digest?: string
        }
      }
    | { readonly app: { readonly name: string; readonly with: Readonly<Record<string, string>> } }
    | { readonly waitMs: number }
    | {
        readonly repeat: {
          readonly times: number
          readonly everyMs: number
          readonly until: boolean
          readonly steps: readonly Step[]
        }
      }
  )
