import type { Actor } from '../ledger/actor.ts'
import type { Category, Text } from '../scenario/model.ts'

export interface HintState {
  /** Handle of the weakness. */
  readonly weakness: string
  readonly level: 1 | 2 | 3
  readonly text: Text | null
  readonly atMs: number
  readonly position: number
}

export interface TerminalState {
  readonly terminal: string
  readonly service: string
  readonly by: Actor | null
  readonly sinceMs: number
}

export interface PilotAct {
  /** Handle of the weakness. */
  readonly weakness: string
  readonly action: 'fix' | 'wrong-fix' | 'undo-wrong-fix'
  readonly ok: boolean
  readonly atMs: number
}

export interface Adjustment {
  readonly category: Category
  readonly points: number
  readonly reason: string
  readonly by: Actor | null
  readonly atMs: number
  readonly position: number
}
