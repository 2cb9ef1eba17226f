import type { StoryCode } from '../ledger/codes.ts'

export interface StoryItem {
  readonly position: number
  readonly atMs: number
  readonly tone: 'good' | 'bad' | 'warning' | 'neutral'
  /** Of the message, whose parameters are `params` and what the viewer finds under the ids of team, service and attack. */
  readonly code: `story.${StoryCode}`
  readonly team: string | null
  readonly service: string | null
  readonly attack: string | null
  readonly params: Readonly<Record<string, string | number>>
}
