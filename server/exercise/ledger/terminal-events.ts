import type { Actor } from './actor.ts'

/** What colleagues of whoever opened a terminal may do there: nothing, look in, or type too. */
export type TerminalAccess = 'nobody' | 'look' | 'write'

/** Somebody at one page, of the instructors or a colleague, and the terminal that they follow. */
interface Followed {
  readonly team: string
  readonly service: string
  readonly terminal: string
  readonly follow: string
  /** With the person's name, which the team reads too. A blue seat: a colleague with whom the terminal is shared. */
  readonly by: Actor | null
}

/** Facts of terminals in services' containers. What is typed there is never recorded. */
export interface TerminalPayloads {
  'terminal.opened': {
    readonly team: string
    readonly service: string
    readonly terminal: string
    /** Somebody's own tools over SSH, from login to logout; not said of a page's terminal. */
    readonly via?: 'ssh'
    readonly by: Actor | null
  }
  'terminal.closed': {
    readonly team: string
    readonly service: string
    readonly terminal: string
    readonly reason: string
  }
  /** Who opened it lets colleagues of the team in, or takes that back. */
  'terminal.shared': {
    readonly team: string
    readonly service: string
    readonly terminal: string
    readonly access: TerminalAccess
    readonly by: Actor | null
  }
  /** An instructor, or a colleague, sees what a terminal shows, as it shows it. */
  'terminal.follow-began': Followed
  'terminal.follow-ended': Followed & { readonly reason: string }
  /** Who follows it may type in it too, beside the one who opened it. */
  'terminal.help-began': Followed
  'terminal.help-ended': Followed & { readonly reason: string }
}
