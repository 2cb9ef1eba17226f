/** The words the whole house shares, as readonly data; durations are milliseconds, of exercise time if nothing else is said, and end in `Ms`. */

import type { Citizens } from './citizens.ts'
import type { Icon } from './icons.ts'
import type { Inject, Objective, WorldEvent } from './inject.ts'
import type { LifeSituation, Takes } from './life.ts'
import type { Trigger } from './trigger.ts'
import type { Category, Text } from './words.ts'

export const PILOTS = ['person', 'steady', 'swift', 'clumsy', 'absent'] as const
export type Pilot = (typeof PILOTS)[number]

export const SEATS = ['white', 'blue', 'observer', 'guest'] as const
export type SeatKind = (typeof SEATS)[number]
/** Who receives a stream of events. A blue audience always names its team. */
export type Audience =
  | { readonly seat: 'white' | 'observer' | 'guest' }
  | { readonly seat: 'blue'; readonly team: string }

export type Phase = 'created' | 'deploying' | 'ready' | 'running' | 'paused' | 'ended'

/** One functional check. `alive` is the light check of each service; its failure takes the service down. */
export interface Journey {
  readonly id: string
  readonly title: Text
  readonly alive: boolean
  readonly everyMs: number
}

export interface Service {
  readonly id: string
  readonly title: Text
  /** One sentence for the public: what a citizen does here. */
  readonly publicText: Text
  /** Share of the availability points, relative to the other services. */
  readonly weight: number
  readonly needs: readonly string[]
  /** Others that it, or a journey of it, calls, and that it does not need to begin. */
  readonly talksTo?: readonly string[]
  /** Shown on the national picture (registry-db, for one, is not). */
  readonly public: boolean
  /** What its picture shows; a server where it does not say. */
  readonly icon?: Icon
  /** The exchange through which others ask each other: the national picture draws those that need it around it. */
  readonly hub?: true
  /** It collects what all services of the enclave write, and searches it. */
  readonly collector?: true
  readonly journeys: readonly Journey[]
}

export interface Weakness {
  /** `<service>/<name>`, unique in the scenario. */
  readonly id: string
  readonly service: string
  readonly title: Text
  /** One sentence for the public: what somebody could do with it. */
  readonly publicText: Text
  /** MITRE ATT&CK v19 technique, e.g. `T1190`. */
  readonly technique: string
  /** OWASP Top 10 2025 category, e.g. `A01`. */
  readonly owasp: string
  /** MITRE CWE, e.g. `CWE-639`: the kind of mistake. */
  readonly cwe?: string
  /** From vague to exact. */
  readonly hints: readonly [Text, Text, Text]
  /** Where its traces are, and how they look; white only. */
  readonly detect?: readonly { readonly in: string; readonly text: Text }[]
  /** Nothing where it does not say. */
  readonly takes?: Takes
}

/** What the list of events (MSEL) says of an entry besides: for white alone. */
export interface EntryNotes {
  /** Number in the list. */
  readonly number?: number
  /** What the exercise is for, as far as this tests it. */
  readonly objectives?: readonly string[]
  /** What teams are expected to do. */
  readonly expectedAction?: Text
  /** What the controller should know. */
  readonly note?: Text
}

export interface Attack extends EntryNotes {
  readonly id: string
  readonly title: Text
  readonly weakness: string
  readonly service: string
  readonly trigger: Trigger
  /** So far the moment was moved, either way, when the exercise was created. ms */
  readonly jitterMs?: number
  /** Only tried against a team where that attack landed. [SC14] */
  readonly after?: string
  /** Relative worth for defence and recovery. */
  readonly weight: number
  /** Only to these teams; to all where it does not say. */
  readonly teams?: readonly string[]
  /** The instructor added it to the exercise: its weight is not among those of the scenario. With weight 0 it counts nowhere. */
  readonly added?: true
}

/** Values that an exploit remembers, by name: a later attack of the chain and the foothold's own steps use them. */
export type Loot = Readonly<Record<string, string>>

/** What a viewer must know of an attack once they hear of it: redacted scenarios have no attacks. */
export interface AttackInfo {
  readonly service: string
  /** Handle of the weakness, e.g. `tax-1`; empty for those who may not know it. */
  readonly weakness: string
  readonly title: Text
  readonly publicText: Text
  /** Empty for those who may not know it, like `owasp`. */
  readonly technique: string
  readonly owasp: string
  /** Not there for those who may not know it. */
  readonly cwe?: string
  /** What is taken once it has landed, for everybody to know. */
  readonly takes?: Takes
  /** Reports of it earn points [SC22]: the team that was hit is not told its technique. */
  readonly toReport?: true
  readonly atMs: number
  readonly weight: number
  /** Sum of the weights of the attacks that stand before it in the scenario: its share of the points follows from it. */
  readonly weightBefore: number
  /** The instructor added it to the exercise: its weight is not among those of the scenario. With weight 0 it counts nowhere. */
  readonly added?: true
}

export interface TimelinePhase {
  readonly id: string
  readonly title: Text
  /** For all teams at once: at a moment, or when the instructor says so. */
  readonly trigger: Trigger
  /** Teams may work on their machines in it while time stands still, too. */
  readonly preparation?: true
}

/** What a tutor tells a team: at a moment, or so long after an attack landed on it and while its foothold stays. */
export interface TutorNote {
  readonly id: string
  /** Number in the list of events (MSEL), where it has one. */
  readonly number?: number
  readonly text: Text
  readonly trigger: Trigger
  /** So far the moment was moved, either way, when the exercise was created. ms */
  readonly jitterMs?: number
  /** Whom it is told to; all where it does not say. */
  readonly teams?: readonly string[]
}

/** Points of each category in a whole exercise, 10,000 in all, and what they go by. */
export interface ScoringWeights extends Readonly<Record<Category, number>> {
  /** Share of an availability weight that a verdict earns, 0..1. `down` earns 0, `up` earns 1. */
  readonly slowCredit: number
  readonly brokenCredit: number
  /** Until this long after an attack landed, a restored service earns all recovery points ... */
  readonly recoveryFullMs: number
  /** ... and from here on none; linear in between. Also the dwell time at which a foothold has cost all it can. */
  readonly recoveryZeroMs: number
  /** A complaint that nobody answers or mends costs from this long after it came ... */
  readonly answerWithinMs: number
  /** ... and one that was answered and not mended again from this long after the answer. */
  readonly answerHoldsMs: number
  /** Cost in points of hint 1, 2 and 3 of a weakness. */
  readonly hintCosts: readonly [number, number, number]
  /** An attack that landed is to be reported within this time. */
  readonly reportWithinMs: number
  /** Points of defence that it costs when white puts a service back to its start state; `REVERT_COST` where it is not said. */
  readonly revertCost?: number
}

/** Points of defence for a service put back to its start state, where the scenario does not say. [SC25] */
export const REVERT_COST = 50

/** The scenario as compiled for one exercise: what the pure core and every view need, and nothing else. */
export interface Scenario {
  readonly slug: string
  readonly title: Text
  readonly summary: Text
  readonly durationMs: number
  /** Simulated inhabitants of one team's country. */
  readonly population: number
  /** Interval of the light check of each service. */
  readonly aliveEveryMs: number
  readonly services: readonly Service[]
  readonly citizens: Citizens
  readonly weaknesses: readonly Weakness[]
  readonly attacks: readonly Attack[]
  /** Sum of the attacks' weights, where the attacks themselves are redacted away: scores stay the same. */
  readonly attackWeight?: number
  readonly phases: readonly TimelinePhase[]
  readonly tutor: readonly TutorNote[]
  /** Messages to people, in the order of their numbers. */
  readonly injects: readonly Inject[]
  /** Sums of the messages' weights by category, where the messages themselves are redacted away: scores stay the same. */
  readonly injectWeights?: Readonly<Partial<Record<Category, number>>>
  readonly world: readonly WorldEvent[]
  readonly objectives: readonly Objective[]
  /** What people want to do, in the order in which the national picture shows it. */
  readonly life?: readonly LifeSituation[]
  readonly scoring: ScoringWeights
  /** What terminals print is not recorded; it is where nothing is said. */
  readonly terminals?: { readonly record: false }
}

export interface Team {
  readonly id: string
  readonly name: Text
  /** ISO 3166 alpha-2, or any two letters of a made-up country. */
  readonly country: string
  readonly pilot: Pilot
}

/** Why a verdict was given or an attack judged so. All strings are cut by the probe; never raw bodies of any size. */
export interface Evidence {
  /** Step that decided, e.g. `3: http POST /declarations`. */
  readonly step: string
  /** Of an attack that landed: what it did before in the same run, in its order, as `step` says it, with the status that came back. Absent in what was recorded earlier. */
  readonly before?: readonly string[]
  readonly sent: string
  readonly received: string
  readonly expected: string
  readonly ms: number
}
