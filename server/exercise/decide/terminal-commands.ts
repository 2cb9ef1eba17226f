import type { TerminalAccess } from '../ledger/terminal-events.ts'

/** Requests about terminals: of who opens them, and of an instructor or a colleague who follows one. See `CommandPayloads`. */
export interface TerminalCommands {
  /** `via`: with what, where that is no page. */
  'open-terminal': {
    readonly team: string
    readonly service: string
    readonly terminal: string
    readonly via?: 'ssh'
  }
  'close-terminal': { readonly team: string; readonly terminal: string; readonly reason: string }
  /** Of who opened it: what colleagues may do there from now on. */
  'share-terminal': { readonly team: string; readonly terminal: string; readonly access: TerminalAccess }
  /** Read-only from here on. `follow`: an id of its own, of one person at one page. */
  'follow-terminal': { readonly team: string; readonly terminal: string; readonly follow: string }
  /** With `helps` the one who follows takes a keyboard too; without, gives it back. */
  'help-terminal': { readonly team: string; readonly follow: string; readonly helps: boolean }
  'unfollow-terminal': { readonly team: string; readonly follow: string; readonly reason: string }
}
