import type { WorldInfo } from '../scenario/inject.ts'
import type { ScoreView } from '../scenario/score-view.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import type { WallPage, WallScene } from '../scenario/wall-scene.ts'
import type { Actor } from './actor.ts'

/** What white may do to a service of a team. */
export const SERVICE_ACTIONS = ['restart', 'revert'] as const
export type ServiceAction = (typeof SERVICE_ACTIONS)[number]

/** What a note is about; null where it is about none. */
export interface NoteAbout {
  readonly team: string | null
  readonly entry: EntryRef | null
}

/** Why a wall shows a page no more, by itself: what the service sends is no page. */
export type WallPageEnd = 'no-page'

/** Facts of what those who run the exercise do to it, and of what the timeline does to the range. */
export interface ControlPayloads {
  /** Something happens to services of a team that is nobody's doing, until `untilMs` of exercise time. [SC24] */
  'world.began': {
    readonly team: string
    readonly entry: string
    readonly info: WorldInfo
    readonly untilMs: number
  }
  /** It is undone: what it hit answers again, or has had its time to. */
  'world.ended': { readonly team: string; readonly entry: string }
  /** White lets a service of a team be restarted, or put back to its start state, which costs points of defence. [SC25] */
  'service.acted': {
    readonly team: string
    readonly service: string
    readonly action: ServiceAction
    readonly cost: number
    readonly by: Actor | null
  }
  /** That is done, or failed (`ok` false). `act`: number among those of the team, from 1. `reason`: why it failed, for white. */
  'service.act-finished': {
    readonly team: string
    readonly act: number
    readonly ok: boolean
    readonly reason: string
  }
  /** A line on the national picture for everybody. */
  'guests.told': { readonly message: string; readonly text: string; readonly by: Actor | null }
  /** From now on guests and teams see the standings as they were: of each team its score at this moment. */
  'standings.frozen': {
    readonly scores: Readonly<Record<string, ScoreView>>
    readonly by: Actor | null
  }
  /** It starts by itself at that moment (epoch ms), where it is ready by then; null: it does not any more. `missed`: the platform gave the moment up, too much later. */
  'start.planned': { readonly atWall: number | null; readonly missed?: true; readonly by: Actor | null }
  /** What this exercise is called from now on; null: as its scenario is. */
  'exercise.named': { readonly name: string | null; readonly by: Actor | null }
  'standings.revealed': { readonly by: Actor | null }
  /** A page of a team's service that all big screens show from now on, in place of all else. Null: no page any more. `reason`: why the platform took it off by itself. */
  'wall.page-set': {
    readonly page: WallPage | null
    readonly reason?: WallPageEnd
    readonly by: Actor | null
  }
  /** What all big screens of the national picture show from now on; null: each shows what it likes. */
  'wall.scene-set': { readonly scene: WallScene | null; readonly by: Actor | null }
}
