import type { Actor } from './actor.ts'

/** Somebody of the instructors at one page, and the terminal that they follow. */
interface Followed {
  readonly team: string
  readonly service: string
  readonly terminal: string
  readonly follow: string
  /** With the person's name, which the team reads too. */
  readonly by: Actor | null
}

/** Facts of terminals in services' containers. What is typed there is never recorded. */
export interface TerminalPayloads {
  'terminal.opened': {
    readonly team: string
    readonly service: string
    readonly terminal: string
    readonly by: Actor | null
  }
  'terminal.closed': {
    readonly team: string
    readonly service: string
    readonly terminal: string
    readonly reason: string
  }
  /** An instructor sees what a terminal shows, as it shows it. */
  'terminal.follow-began': Followed
  'terminal.follow-ended': Followed & { readonly reason: string }
  /** An instructor who follows it may type in it too, beside the team. */
  'terminal.help-began': Followed
  'terminal.help-ended': Followed & { readonly reason: string }
}
