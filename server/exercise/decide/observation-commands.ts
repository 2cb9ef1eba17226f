import type { ObservationField, ObservationFields } from '../ledger/observation-events.ts'

/** What white writes into the improvement plan. See `CommandPayloads`. */
export interface ObservationCommands {
  /** `observation`: an id of the giver's making, so that it is recorded once. `source`: the finding that it is taken over from. */
  'record-observation': ObservationFields & {
    readonly observation: string
    readonly source: string | null
  }
  /** Of two who write into one field, the last one stands; what was there before is kept. */
  'change-observation': {
    readonly observation: string
    readonly field: ObservationField
    readonly value: string
  }
  'withdraw-observation': { readonly observation: string }
}
