/** Requests about terminals: of who opens them, and of an instructor who follows one. See `CommandPayloads`. */
export interface TerminalCommands {
  'open-terminal': { readonly team: string; readonly service: string; readonly terminal: string }
  'close-terminal': { readonly team: string; readonly terminal: string; readonly reason: string }
  /** Read-only from here on. `follow`: an id of its own, of one instructor at one page. */
  'follow-terminal': { readonly team: string; readonly terminal: string; readonly follow: string }
  /** With `helps` the one who follows takes a keyboard too, beside the team's; without, gives it back. */
  'help-terminal': { readonly team: string; readonly follow: string; readonly helps: boolean }
  'unfollow-terminal': { readonly team: string; readonly follow: string; readonly reason: string }
}
