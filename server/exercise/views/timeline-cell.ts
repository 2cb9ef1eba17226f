import type { Mark } from '../fold/entry-state.ts'
import type { WhyNot } from '../schedule/why-not.ts'

/**
 * What an entry is for a team. Before it comes: `planned` for a moment, `waiting` for something to happen, `ready` for the instructor to fire it, `held` or `cancelled` by
 * them, `due` and about to come, `never` by itself, or not for this team (`not-for`). Then what became of it.
 */
export const CELL_STATES = [
  ...(['planned', 'waiting', 'ready', 'held', 'cancelled', 'due', 'never', 'not-for'] as const),
  ...(['under-way', 'abandoned', 'void', 'landed', 'closed', 'blocked', 'outage'] as const),
  ...(['sent', 'overdue', 'answered', 'answered-late', 'graded', 'notice', 'said', 'begun', 'over'] as const),
] as const
export type CellState = (typeof CELL_STATES)[number]

/** An entry of the timeline for one team; `team` null: for all at once. Times in ms of exercise time. */
export interface TimelineCell {
  readonly team: string | null
  readonly state: CellState
  readonly came: boolean
  /** When it came, or comes if nothing else happens; null while nobody knows. */
  readonly atMs: number | null
  /** Of a message that waits for an answer: until when that is in time. */
  readonly untilMs: number | null
  /** Why it has not come; of what is planned: what may yet be in its way. */
  readonly why: WhyNot | null
  readonly held: Mark | null
  readonly cancelled: Mark | null
  /** So much later than by its trigger. */
  readonly byMs: number
}
