import type { Actor } from '../ledger/actor.ts'
import type { EventPayloads, IsolationCheck } from '../ledger/events.ts'
import type { MachinePayloads } from '../ledger/machine-events.ts'
import type { Evidence, Loot, Pilot, Scenario, SeatKind, Team } from '../scenario/model.ts'
import type { UnseenWhy } from '../scenario/strain.ts'
import type { Category, Verdict } from '../scenario/words.ts'
import type { CaseCommands } from './case-commands.ts'
import type { CheckCommands } from './check-commands.ts'
import type { ControlCommands } from './control-commands.ts'
import type { KeyCommands } from './key-commands.ts'
import type { ObservationCommands } from './observation-commands.ts'
import type { PeopleCommands } from './people-commands.ts'
import type { SourceCommands } from './source-commands.ts'
import type { TerminalCommands } from './terminal-commands.ts'
import type { TimelineCommands } from './timeline-commands.ts'
import type { TrafficCommands } from './traffic-commands.ts'

/** What one run of a journey found. */
export interface CheckResult {
  readonly verdict: Verdict
  readonly evidence: Evidence | null
}

/**
 * Requests, in the imperative. Time, ids and randomness arrive inside: the core calls no clock. Given twice in a row, none does more than given once:
 * what costs, adds up or leads on carries what its giver saw, and is refused when that is no longer so.
 */
export interface CommandPayloads
  extends PeopleCommands,
    CaseCommands,
    TimelineCommands,
    ControlCommands,
    TerminalCommands,
    KeyCommands,
    TrafficCommands,
    SourceCommands,
    CheckCommands,
    ObservationCommands {
  'create-exercise': {
    readonly exerciseId: string
    readonly scenario: Scenario
    readonly scenarioHash: string
    readonly seed: string
    readonly teams: readonly Team[]
    readonly speed: number
  }
  'start-deploy': Record<never, never>
  'report-deploy-progress': {
    readonly team: string
    readonly done: number
    readonly total: number
    readonly what: string
  }
  'report-isolation': { readonly team: string; readonly checks: readonly IsolationCheck[] }
  /** Found open while the range stands; `team` where it was seen from one enclave only. */
  'report-isolation-lost': { readonly team: string | null; readonly what: string }
  /** Closed again and proven; `lostMs`: wall time since it was found open. */
  'report-isolation-restored': { readonly lostMs: number }
  'report-machine-lost': MachinePayloads['machine.lost']
  'report-machine-returned': { readonly machine: string }
  /** On another machine, where its own does not answer. */
  'move-enclave': { readonly team: string }
  'report-moved': MachinePayloads['enclave.moved']
  'finish-deploy': { readonly ms: number }
  'fail-deploy': { readonly team: string | null; readonly reason: string; readonly evidence: string }
  'start-exercise': Record<never, never>
  /** Everybody reads the reason, here as in `end-exercise` and `adjust-score`. */
  'pause-exercise': { readonly reason: string }
  'resume-exercise': Record<never, never>
  /** Whether teams may type in terminals until time goes on: before the start, and in a pause. */
  'change-preparation': { readonly open: boolean }
  /** To shortly before what is planned next, while nothing is measured. `toMs`: where the one who skips was told it leads. */
  'skip-quiet-time': { readonly toMs: number }
  /** Exercise seconds per second from now on. */
  'change-speed': { readonly speed: number }
  'end-exercise': { readonly reason: string }
  /** Exercise time reached `at`: enters phases, ends the exercise at its duration. */
  'pass-time': Record<never, never>
  /** What the platform sees of its own means, see `strain.changed`. */
  'report-strain': EventPayloads['strain.changed']
  /** Nothing was seen of a journey for `forMs` ms, exercise time, which is too long for its verdict to be true still. */
  'report-unseen': {
    readonly team: string
    readonly service: string
    readonly journey: string
    readonly forMs: number
    readonly why: UnseenWhy
  }
  'recover-platform': { readonly awayMs: number }
  /** One result, or two when the first differed from the verdict in force and an immediate second run was to confirm it. */
  'report-check': {
    readonly team: string
    readonly service: string
    readonly journey: string
    readonly results: readonly CheckResult[]
  }
  /** A background user's visit, and the second try when the first failed. `verdict` is that of the last try. */
  'report-visit': {
    readonly team: string
    readonly persona: string
    readonly service: string
    readonly journey: string
    readonly verdict: Verdict
    readonly evidence: Evidence | null
  }
  'say-tutor': { readonly team: string; readonly note: string }
  'answer-ticket': { readonly team: string; readonly ticket: string; readonly text: string }
  'launch-attack': { readonly team: string; readonly attack: string }
  /**
   * `landed`: every step of the exploit succeeded. `failed`: it did not; `alive` tells whether the service did its work then, and
   * what it needs answered. `fault`: the platform could not tell.
   */
  'report-attack': {
    readonly team: string
    readonly attack: string
    readonly attempt: number
    readonly result: 'landed' | 'failed' | 'fault'
    readonly alive: boolean
    readonly evidence: Evidence | null
    readonly loot?: Loot
  }
  /** Whether the foothold of a landed attack still holds; `landed` when it does. Same fields as above. */
  'report-foothold': {
    readonly team: string
    readonly attack: string
    readonly result: 'landed' | 'failed' | 'fault'
    readonly alive: boolean
    readonly evidence: Evidence | null
    /** When the look before this one began, which found it still there. Exercise time, ms. */
    readonly openMs?: number
  }
  'report-container': {
    readonly team: string
    readonly service: string
    readonly happened: 'died' | 'started'
    readonly exitCode: number
    readonly oom: boolean
  }
  /** A container filled the disk that all share and is stopped. */
  'report-disk': EventPayloads['disk.filled']
  'change-pilot': { readonly team: string; readonly pilot: Pilot }
  'report-pilot': {
    readonly team: string
    readonly weakness: string
    readonly action: 'fix' | 'wrong-fix' | 'undo-wrong-fix'
    readonly ok: boolean
  }
  /** `level`: the one that was offered, 1 to 3. */
  'take-hint': { readonly team: string; readonly weakness: string; readonly level: number }
  'issue-seat': {
    readonly seatId: string
    readonly seat: SeatKind
    readonly team: string | null
    readonly label: string
  }
  'revoke-seat': { readonly seatId: string }
  'adjust-score': {
    readonly team: string
    readonly category: Category
    readonly points: number
    readonly reason: string
    /** How many adjustments of this team the one who adjusts has seen. */
    readonly seen: number
  }
}

export type CommandType = keyof CommandPayloads

/** `at`: exercise time in ms when the command entered. */
export type Command = {
  [T in CommandType]: {
    readonly type: T
    readonly at: number
    readonly by: Actor
    readonly data: CommandPayloads[T]
  }
}[CommandType]

/** An expected refusal: a value, never thrown. `code` is stable and translated by the client; `message` is English. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly params: Readonly<Record<string, string | number>>
}
