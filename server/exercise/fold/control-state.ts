import type { Actor } from '../ledger/actor.ts'
import type { CheckCount } from '../ledger/check-events.ts'
import type { ServiceAction, WallPageEnd } from '../ledger/control-events.ts'
import type { FixRef } from '../ledger/source-events.ts'
import type { WorldInfo } from '../scenario/inject.ts'
import type { ScoreView } from '../scenario/score-view.ts'
import type { WallPage, WallScene } from '../scenario/wall-scene.ts'
import type { ObservationState } from './observation-state.ts'

/** A world event of a team. Times in ms of exercise time. */
export interface WorldState {
  readonly entry: string
  readonly info: WorldInfo
  readonly beganMs: number
  /** Until when it is to last. */
  readonly untilMs: number
  /** When it was undone. */
  readonly endedMs: number | null
  /** Services whose containers were dead when it began: they are not started at its end. */
  readonly dead: readonly string[]
  readonly position: number
}

/** What white did to a service of a team. */
export interface ServiceAct {
  /** From 1. */
  readonly act: number
  readonly service: string
  readonly action: ServiceAction
  /** Points of defence. */
  readonly cost: number
  readonly by: Actor | null
  readonly atMs: number
  readonly finishedMs: number | null
  readonly ok: boolean
  /** Why it failed; for white. */
  readonly reason: string
  readonly position: number
}

/** Services of a team were taken away by nobody's doing: what is found of them meanwhile is neither won nor lost. [SC24] */
export interface Interruption {
  readonly id: string
  /** What it hits itself. */
  readonly services: readonly string[]
  /** What needs any of those, and the exchange through which they are asked. */
  readonly touched: readonly string[]
  readonly fromMs: number
  readonly toMs: number | null
}

export interface ToldGuests {
  readonly message: string
  readonly text: string
  readonly atMs: number
  readonly position: number
}

/** Standings that are held back: as they were at `atMs`. */
export interface Standings {
  readonly atMs: number
  readonly scores: Readonly<Record<string, ScoreView>>
}

/** Of the whole exercise. */
export interface ControlState {
  /** Why it ended, as whoever ended it said; empty before. */
  readonly endReason: string
  /** What it is called; null: as its scenario is. */
  readonly name: string | null
  /** What guests were told, oldest first. Bounded. */
  readonly told: readonly ToldGuests[]
  /** The standings that guests and teams see instead of those of now; null while nothing is held back. */
  readonly standings: Standings | null
  /** When it starts by itself, epoch ms; null: by hand. */
  readonly plannedStart: number | null
  /** The platform gave that moment up. */
  readonly startMissed: boolean
  /** How the weaknesses are mended in the reference, for those who played, once it is over. */
  readonly fixes: readonly FixRef[]
  /** What all big screens of the national picture show; null while each shows what it likes. */
  readonly wallScene: WallScene | null
  /** A team's page that they show instead; null for none. */
  readonly wallPage: WallPage | null
  /** Why the latest one was taken off by itself; null where it was not. */
  readonly wallPageEnd: WallPageEnd | null
  /** How often each team was looked at, as it was counted last; null before, and where nobody counted. For white. */
  readonly checks: { readonly atMs: number; readonly teams: Readonly<Record<string, CheckCount>> } | null
  /** Names of those who did something as white, in the order in which they first did; for white. Bounded. */
  readonly instructors: readonly string[]
  /** The improvement plan, in the order in which its lines were recorded, withdrawn ones too; for white. */
  readonly observations: readonly ObservationState[]
}

export const noControl: ControlState = {
  endReason: '',
  name: null,
  told: [],
  standings: null,
  plannedStart: null,
  startMissed: false,
  fixes: [],
  wallScene: null,
  wallPage: null,
  wallPageEnd: null,
  checks: null,
  instructors: [],
  observations: [],
}

/** Of one team. */
export interface TeamControl {
  /** World events that began, oldest first. */
  readonly world: readonly WorldState[]
  /** What white did to its services, oldest first. */
  readonly acts: readonly ServiceAct[]
  /** Times at which services of it were taken away by nobody's doing, oldest first. [SC24] */
  readonly interruptions: readonly Interruption[]
}

export const noTeamControl: TeamControl = { world: [], acts: [], interruptions: [] }
