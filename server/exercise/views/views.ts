/**
 * What each screen shows, as data. Every view is computed from a `State` folded from the viewer's own (redacted) stream:
 * see audience.ts. Texts stay language records or codes, each viewer renders its own language.
 */

import type { StoryItem } from '../fold/story-item.ts'
import type { SituationCode } from '../ledger/codes.ts'
import type { Evidence, Phase, Pilot } from '../scenario/model.ts'
import type { Text, Verdict } from '../scenario/words.ts'
import type { ScoreView } from '../scoring/score.ts'

/** Constant verdict from `fromMs` to `toMs` (exercise time). */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
  readonly verdict: Verdict
}

import type { WorldEffect } from '../scenario/inject.ts'
import type { EntryRef, Trigger } from '../scenario/trigger.ts'
import type { RangeView } from './range-view.ts'
import type { LessonView } from './wall/lesson-views.ts'
import type { ProblemView } from './wall/problem-views.ts'
import type {
  AskedView,
  CurvePoint,
  ExpectedView,
  HealthView,
  LifeView,
  MarkView,
  TakenKind,
} from './wall/wall-views.ts'

export interface ServiceView {
  readonly id: string
  readonly title: Text
  readonly publicText: Text
  readonly public: boolean
  readonly verdict: Verdict
  readonly sinceMs: number
  readonly breached: boolean
  readonly history: readonly Span[]
  /** Why: the journey that decides the verdict, without evidence for those who may not see it. Null when up. */
  readonly reason: {
    readonly journey: string
    readonly title: Text
    readonly evidence: Evidence | null
  } | null
  readonly journeys: readonly {
    readonly id: string
    readonly title: Text
    readonly verdict: Verdict
    readonly sinceMs: number
  }[]
  /** A container of it died and has not started again; not while white or a world event takes it away, or what it needs: that is said there. */
  readonly containerDown: boolean
}

export interface AttackView {
  readonly attack: string
  readonly title: Text
  readonly service: string
  /** Handle of the weakness, the one that its hints go by; null for audiences that may not know it. */
  readonly weakness: string | null
  /** null for audiences that may not know it. */
  readonly technique: string | null
  readonly owasp: string | null
  readonly publicText: Text
  /** Its moment; null while that is not known, see `trigger`. */
  readonly atMs: number | null
  /** For white, of one that is to come: what it waits for. */
  readonly trigger: Trigger | null
  readonly state: 'planned' | 'under-way' | 'landed' | 'blocked' | 'blocked-by-outage' | 'void'
  readonly concludedMs: number | null
  readonly footholdClosedMs: number | null
  readonly recoveredMs: number | null
  /** Its weakness was mended by the pilot to whom the team was handed back; for white and the team itself. */
  readonly mendedByPilot?: true
  readonly evidence: Evidence | null
}

export interface TicketView {
  readonly ticket: string
  readonly persona: { readonly id: string; readonly name: Text; readonly age: number; readonly device: Text }
  readonly service: string
  /** What the citizen wanted to do. */
  readonly title: Text
  readonly verdict: Verdict
  readonly openedMs: number
  readonly answeredMs: number | null
  /** Empty for audiences that may not read it. */
  readonly answer: string
  /** Name of the person who answered, where it is known; for white and the team itself. */
  readonly by?: string
  readonly closedMs: number | null
  /** A service that its citizen uses and that is down: it costs points now, whatever is answered. Null when it is closed, or there is none. */
  readonly costsBy: string | null
  /** It costs points from then on; null when it is closed. */
  readonly overdueMs: number | null
  readonly evidence: Evidence | null
}

export interface HintView {
  readonly weakness: string
  readonly service: string
  /** Texts taken so far, vague to exact. */
  readonly taken: readonly Text[]
  /** Who took each, where it is known of any; null of the others. */
  readonly by?: readonly (string | null)[]
  /** Points the next one costs; null when all are taken. */
  readonly nextCost: number | null
}

export interface TeamView {
  readonly id: string
  readonly name: Text
  readonly country: string
  readonly pilot: Pilot
  /** Only of a team that the instructor has handed back to a pilot after people had played it: how long the machine played since, ms of exercise time, and how many weaknesses it mended. */
  readonly handedBack?: { readonly playedMs: number; readonly mended: number }
  readonly score: ScoreView
  /** 1 is first, by the share of possible points [SC11]; teams with equal shares share a rank. */
  readonly rank: number
  readonly services: readonly ServiceView[]
  readonly attacks: readonly AttackView[]
  /** Open complaints, oldest first, then the latest that are mended. */
  readonly tickets: readonly TicketView[]
  /** What the tutor told the team, newest first; empty for other audiences. */
  readonly tutor: readonly { readonly note: string; readonly text: Text; readonly atMs: number }[]
}

export interface ExerciseView extends RangeView {
  readonly id: string
  readonly title: Text
  readonly summary: Text
  readonly phase: Phase
  readonly atMs: number
  readonly durationMs: number
  readonly speed: number
  /** For white, while the exercise runs: where a skip would lead, exercise time in ms, or null when nothing is left to skip. */
  readonly skipToMs: number | null
  readonly phases: readonly {
    readonly id: string
    readonly title: Text
    readonly fromMs: number
    readonly toMs: number
    readonly now: boolean
  }[]
  /** Entries of the timeline that wait for the instructor, for white: when each was fired for all, and for which teams. */
  readonly held: readonly (EntryRef & {
    readonly title: Text
    readonly fired: readonly { readonly team: string | null; readonly atMs: number }[]
  })[]
  /** Messages to people by their number, for white; for a team those that came to it. */
  readonly injects: readonly { readonly id: string; readonly number: number; readonly title: Text }[]
  /** Kinds of citizens. */
  readonly personas: readonly { readonly id: string; readonly name: Text }[]
  /** In rank order. */
  readonly teams: readonly TeamView[]
  readonly story: readonly StoryItem[]
  readonly deploy: readonly {
    readonly team: string
    readonly done: number
    readonly total: number
    readonly what: string
  }[]
  /** World events, oldest first; not there while there were none. */
  readonly world?: readonly WorldView[]
  /** The scores and ranks are those of this moment: the standings are held back. */
  readonly frozenMs?: number
  readonly revision: number
}

/** What happened to services of teams that was nobody's doing. */
export interface WorldView {
  readonly entry: string
  readonly team: string
  readonly title: Text
  readonly publicText: Text
  readonly effect: WorldEffect
  readonly services: readonly string[]
  readonly beganMs: number
  readonly untilMs: number
  readonly endedMs: number | null
}

export interface NationalView {
  readonly phase: Phase
  readonly atMs: number
  /** People of all teams together who can not do at least one thing that they want to do now, and could not a minute (or as long as it runs) before. */
  readonly affected: number
  readonly affectedBefore: number
  /** The same from the start on, and where it was highest; null while nobody was affected. */
  readonly curve: readonly CurvePoint[]
  readonly peak: CurvePoint | null
  /** People times hours that were missing in all. */
  readonly personHours: number
  readonly taken: readonly TakenKind[]
  readonly life: readonly LifeView[]
  /** What can be learned, once it is over. */
  readonly lessons: readonly LessonView[]
  readonly expected: ExpectedView
  /** What is wrong, the heaviest first. */
  readonly problems: readonly ProblemView[]
  /** Attacks and repairs on the curve, by their time. */
  readonly marks: readonly MarkView[]
  /** What people of teams are asked for, the most urgent first. */
  readonly asked: readonly AskedView[]
  readonly health: HealthView
  /** Since when the situation is as it is. ms */
  readonly sinceMs: number
  /** Measurements say more about the exercise's own machine than about services now. */
  readonly late: boolean
  readonly services: readonly {
    readonly id: string
    readonly title: Text
    readonly publicText: Text
    /** Worst over the teams, and how many teams are known not to be up. */
    readonly verdict: Verdict
    readonly sinceMs: number
    readonly teamsNotUp: number
    readonly affected: number
    /** Services that are the cause, where it fails only because it needs them. */
    readonly because: readonly string[]
    readonly history: readonly Span[]
  }[]
  readonly working: number
  /** i18n code and service ids: `situation.calm`, `situation.attack` {services}, `situation.outage` ... */
  readonly situation: {
    readonly code: `situation.${SituationCode}`
    readonly services: readonly string[]
    /** What fails only because of `services`. */
    readonly dependents: readonly string[]
  }
  readonly countries: readonly {
    readonly team: string
    readonly name: Text
    readonly country: string
    readonly state: 'holding' | 'under-pressure' | 'restoring'
  }[]
}

/** Points lost so far, sampled for the chart. */
export interface Series {
  readonly timesMs: readonly number[]
  readonly teams: readonly { readonly id: string; readonly lost: readonly number[] }[]
}
