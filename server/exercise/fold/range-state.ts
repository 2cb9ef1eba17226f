import type { MachineAway } from './small-state.ts'

/** What is known of the range's own troubles. */
export interface RangeState {
  /** What keeps enclaves in was found open and is not proven closed again; null while all is well. */
  readonly isolationLost: {
    readonly team: string | null
    readonly what: string
    readonly atMs: number
  } | null
  /** Machines that do not answer, with the teams whose enclaves they carry. */
  readonly machinesAway: readonly MachineAway[]
  /** Teams whose enclaves are being set up anew on another machine. */
  readonly moving: readonly string[]
}

export const noRange: RangeState = { isolationLost: null, machinesAway: [], moving: [] }
