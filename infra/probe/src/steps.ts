import type { Once } from './turns.ts'

/** A script as the platform sends it: durations in ms, secrets filled in, other templates left to the probe. */
export interface Script {
  /** What `{{canary}}` is made of; the same one throughout a run. */
  readonly canary?: string
  readonly setup?: readonly Step[]
  readonly steps: readonly Step[]
  /** Of an exploit: what somebody who is entitled does in the same run, when it has failed. */
  readonly witness?: readonly Step[]
  /** What can be done once only in a run. */
  readonly once?: Once
  readonly slowAfterMs: number
  /** For `setup`, `steps` and `witness` each. */
  readonly deadlineMs: number
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
  /** Private key for TLS client authentication: PKCS8 PEM, base64. */
  readonly key?: string
}

export interface SqlQuery {
  readonly host: string
  readonly database: string
  readonly user: string
  readonly password: string
  readonly query: string
  readonly params: readonly string[]
}

export interface CardUse {
  readonly person: string
  readonly origin: string
  readonly nonce: string
  readonly certificate: 'authentication' | 'signature'
  /** Base64 of a hash to sign instead of the login challenge. */
  readonly digest?: string
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

export type Action =
  | { readonly http: HttpRequest; readonly redirects: number }
  | { readonly sql: SqlQuery }
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
  | { readonly card: CardUse }
  /** What a program on a citizen's own device works out: it speaks with nobody. */
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

export type Step = StepCommon & Action

export interface Evidence {
  readonly step: string
  /** Of an attack: what it did before in the same run, as `step` says it, with what came back. Absent where nothing was. */
  readonly before?: readonly string[]
  readonly sent: string
  readonly received: string
  readonly expected: string
  readonly ms: number
}

export type Verdict = 'up' | 'slow' | 'broken' | 'down' | 'unknown'

export interface Answer {
  readonly outcome: 'pass' | 'fail' | 'fault'
  readonly verdict: Verdict
  readonly ms: number
  readonly evidence: Evidence | null
  readonly remember: Readonly<Record<string, string>>
  /** Of a failed script with a witness: it was answered in every step, and the witness was served. Null where it names no witness. */
  readonly refused: boolean | null
}

/** What an action brought back, whatever its kind. */
export interface Reply {
  /** HTTP status, exit code, number of rows; 0 where there is none. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly sent: string
  readonly ms: number
  /** Said in the evidence, e.g. that the body was cut. */
  readonly note: string
}

interface FailureParts {
  readonly expected: string
  readonly received: string
  readonly sent?: string
  /** What was said did not come to its end, or was no sense at all. */
  readonly cut?: boolean
}

/** A step that did not do what it must. `down`: nothing answered. `broken`: it answered otherwise. `fault`: ours. */
export class StepFailure extends Error {
  override name = 'StepFailure'
  readonly kind: 'down' | 'broken' | 'fault'
  readonly expected: string
  readonly received: string
  readonly sent: string
  readonly cut: boolean
  constructor(
    kind: 'down' | 'broken' | 'fault',
    { expected, received, sent = '', cut = false }: FailureParts,
  ) {
    super(received)
    this.kind = kind
    this.expected = expected
    this.received = received
    this.sent = sent
    this.cut = cut
  }
}
