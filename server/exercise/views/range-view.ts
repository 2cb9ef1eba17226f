import type { State } from '../fold/state.ts'

/** How the range of an exercise stands. */
export interface RangeView {
  /** Why the last deploy failed, for white. */
  readonly failure: State['failure']
  /** How far the platform's own means carry. */
  readonly strain: State['strain']
  /** For white: what keeps enclaves in is open. */
  readonly isolationLost: State['isolationLost']
  /** None where all answer. Only white's says what they are called. */
  readonly machinesAway?: State['machinesAway']
  /** Teams whose enclaves are being set up anew on another machine; none where none is. */
  readonly moving?: State['moving']
}
