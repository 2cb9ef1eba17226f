import type { CheckCount } from '../ledger/check-events.ts'

/** See `CommandPayloads`. */
export interface CheckCommands {
  /** By the platform: how often it looked at each team since it said so last. */
  'count-checks': { readonly teams: Readonly<Record<string, CheckCount>> }
}
