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
