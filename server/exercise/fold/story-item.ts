import type { StoryCode } from '../ledger/codes.ts'

export interface StoryItem {
  readonly position: number
  readonly atMs: number
  readonly tone: 'good' | 'bad' | 'warning' | 'neutral'
  /** i18n code and parameters: `story.attack.landed` with `{ team, service, plain }` ids; Text params are looked up by the viewer. */
  readonly code: `story.${StoryCode}`
  readonly team: string | null
  readonly service: string | null
  readonly attack: string | null
  readonly params: Readonly<Record<string, string | number>>
}
