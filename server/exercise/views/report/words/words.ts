import type { ObservationKind } from '../../../ledger/observation-events.ts'
import type { Category, Lang } from '../../../scenario/words.ts'
import type { SectorState } from '../../sectors/sector-cells.ts'
import type { NoticedBy } from '../attack-times.ts'
import type { FlatReason } from '../flat-entries.ts'
import type { Measure } from '../measures.ts'
import type { ObjectiveProof, Reached } from '../objectives.ts'
import type { PlatformFacts } from '../platform-facts.ts'
import type { Proposal } from '../proposals.ts'
import type { Elsewhere } from '../team-attacks.ts'
import type { labelsEn } from './labels-en.ts'

/** Headings and heads of columns; English has the keys. */
export type Labels = Readonly<Record<keyof typeof labelsEn, string>>

/**
 * What reports say, in one language. Each sentence is made whole here: its numbers choose its words, and none, one and many are said as the language says them. Names of services, teams and
 * entries come in as they are written in it; times are exercise time in ms.
 */
export interface Words {
  readonly lang: Lang
  readonly labels: Labels
  readonly category: Readonly<Record<Category, string>>
  readonly reached: Readonly<Record<Reached, string>>
  readonly state: Readonly<Record<SectorState, string>>
  readonly observation: Readonly<Record<ObservationKind, string>>
  readonly noticedBy: Readonly<Record<NoticedBy, string>>
  /** Sentences one after the other. */
  paragraph(sentences: readonly string[]): string
  title(reader: 'minister' | 'excon', exercise: string): string
  teamTitle(team: string, exercise: string): string
  /** Names of people. */
  ranBy(names: readonly string[]): string
  gradedBy(names: readonly string[]): string
  writtenBy(names: readonly string[]): string
  asOf(atMs: number, durationMs: number, ended: boolean): string
  exercised(teams: number, services: number, durationMs: number): string
  peak(people: number, population: number, atMs: number): string
  nobodyAffected: string
  hours(personHours: number): string
  taken(what: string, people: number, service: string, teams: number, open: number): string
  attacks(judged: number, stopped: number): string
  inside(landed: number, inside: number): string
  place(rank: number, of: number, points: number, possible: number): string
  well(measure: Measure): string
  /** `service`: where most of it went wrong. */
  toDo(measure: Measure, service: string | null): string
  /** The nth one of a service, as teams call it. */
  vulnerability(service: string, nth: string): string
  /** A report by its number, and the service that it is about. */
  report(id: string, service: string | null): string
  lateGrade(grade: string): string
  took(attack: string, what: string, people: number): string
  leftOpen(attack: string, closedMs: number, againMs: number): string
  sooner(attack: string, fastest: string, elsewhere: Elsewhere): string
  /** `named`: of OWASP or of ATT&CK; null where its id says it. */
  weaknessClass(id: string, named: string | null, judged: number, landed: number): string
  unanswered(count: number): string
  complaints(came: number, open: number): string
  /** `ended`: what is open waits for a grade. */
  proof(title: string, proof: ObjectiveProof, ended: boolean): string
  flat(title: string, reason: FlatReason, teams: number): string
  /** A finding of the platform, but for those of entries that fell flat, which `flat` says. `fastest`: the name of the team. */
  proposal(found: Proposal, title: string, fastest: string): string
  graded(count: number, twice: number): string
  agreed(meanApart: number, mostApart: number, apart: number): string
  waiting(first: number, second: number, appeals: number): string
  even(even: boolean): string
  /** Of one team its own numbers, of several how far they lie apart. */
  checks(checks: NonNullable<PlatformFacts['checks']>, teams: number): string
  checksUnknown: string
  pauses(count: number): string
  skips(count: number, ms: number): string
  late(now: boolean, lastMs: number | null): string
  isolationOpen: string
}
