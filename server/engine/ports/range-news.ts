import type { EventPayloads, IsolationCheck } from '../../exercise/ledger/events.ts'
import type { MovedChanges } from '../../exercise/ledger/machine-events.ts'

export interface ContainerEvent {
  readonly team: string
  readonly service: string
  readonly happened: 'died' | 'started'
  readonly exitCode: number
  readonly oom: boolean
}

/**
 * What the watch over isolation saw. `lost`: a way stood open, seen from a team's enclave or (null) on the host; `lasting` when it is not closed, so that
 * the exercise must not go on. `proven`: the proof made anew holds. `restored`: all that was lost is closed, and proven from every enclave.
 */
export type IsolationNews =
  | {
      readonly happened: 'lost'
      readonly team: string | null
      readonly what: string
      readonly lasting: boolean
    }
  | { readonly happened: 'proven'; readonly team: string; readonly checks: readonly IsolationCheck[] }
  | { readonly happened: 'restored'; readonly lostMs: number }

/** Whether a machine of the range answers: `name` for people, `teams` whose enclaves it carries. */
export interface MachineNews {
  readonly machine: string
  readonly name: string
  readonly teams: readonly string[]
  readonly away: boolean
}

/** Where an enclave stands now, and what of its services' sources went with it. */
export interface Moved {
  readonly name: string
  readonly changes: readonly MovedChanges[]
}

/** A container of a team that filled the disk which all share was stopped. */
export type DiskNews = EventPayloads['disk.filled']

/** One look at the reference, the small service of the platform's own that stands beside the enclaves and is looked at by the same means. */
export interface ReferenceLook {
  /** From the platform to it and back. Wall time. */
  readonly ms: number
  readonly answered: boolean
  /** How long teams’ probes take for a word of life: of the half that is quicker the slowest, so that a team that keeps its own probe busy is not it. Wall time. */
  readonly probesMs: number
  /** The share of the last ten seconds in which something on that machine waited for it, in percent; null where its kernel does not tell. */
  readonly pressure: Readonly<Record<'processors' | 'memory' | 'disk', number | null>>
}
