import type { ChangesRef, FixRef } from '../ledger/source-events.ts'

/** What was done to a service's sources in the editor, told once it is done. See `CommandPayloads`. */
export interface SourceCommands {
  /** `gone`: the file was deleted. */
  'save-source': {
    readonly team: string
    readonly service: string
    readonly file: string
    readonly gone: boolean
  }
  /** By the platform: what a team has changed was kept. */
  'keep-changes': { readonly team: string } & ChangesRef
  /** By the platform, at the end. */
  'keep-fixes': { readonly fixes: readonly FixRef[] }
  /** The service's own process was restarted, well or not; it is to be looked at now. */
  'restart-app': { readonly team: string; readonly service: string; readonly ok: boolean }
}
