import type { IsolationCheck } from '../ledger/events.ts'
import type { AttackInfo, Evidence, Loot, Phase, Pilot, Scenario } from '../scenario/model.ts'
import { noScenario } from '../scenario/no-scenario.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import type { Text, Verdict } from '../scenario/words.ts'
import type { AppealState } from './appeal-state.ts'
import type { TeamCases } from './case-state.ts'
import type { Affected, TicketState, Tutored, UsabilityState } from './citizen-state.ts'
import type { ClockTurn } from './clock-turns.ts'
import { type ControlState, noControl, type TeamControl } from './control-state.ts'
import type { EntryStates } from './entry-state.ts'
import type { InjectState } from './inject-state.ts'
import { noRange, type RangeState } from './range-state.ts'
import type { ReportState } from './report-state.ts'
import type { Response } from './response-state.ts'
import type { Halt, Note, SeatState, ServiceMark, StrainState, Turn } from './small-state.ts'
import type { StoryItem } from './story-item.ts'
import type { Adjustment, HandBack, HintState, PilotAct, TeamAccess } from './team-acts.ts'
import type { TeamWork } from './team-work.ts'

/** Everything that the ledger says so far. Plain data, folded by evolve.ts and nothing else. Times are exercise time in ms. */
export interface State extends ControlState, RangeState {
  /** Empty until `exercise.created`. */
  readonly exerciseId: string
  readonly scenario: Scenario
  readonly scenarioHash: string
  /** Of the rules that its points go by, see ledger/rules.ts. 0 until `exercise.created`. */
  readonly rulesVersion: number
  readonly seed: string
  readonly speed: number
  readonly phase: Phase
  /** What everybody is told about the pause; empty when nothing was said, and while there is none. */
  readonly pauseReason: string
  /** What the instructor said by hand of terminals while time stands still: open to teams or not; null: as the phase of the timeline says. */
  readonly preparation: boolean | null
  /** Exercise time and position of the last event, and position of the last one that everybody sees. */
  readonly atMs: number
  readonly position: number
  readonly publicPosition: number
  /** Of the last event that white and observers see. */
  readonly observerPosition: number
  /** How exercise time goes with the time of day. Bounded. */
  readonly clock: readonly ClockTurn[]
  /** Where its clock stood still, went on or jumped. Bounded. */
  readonly halts: readonly Halt[]
  /** Timeline phases entered, in order, each with its moment. */
  readonly phasesEntered: readonly { readonly id: string; readonly atMs: number }[]
  /** Entries of the timeline that the instructor fired, for one team or (null) for all. */
  readonly fired: readonly (EntryRef & { readonly team: string | null; readonly atMs: number })[]
  /** What the instructor has said of entries of the timeline. The entries themselves, with what was edited and added, are in the scenario. */
  readonly entries: EntryStates
  readonly failure: {
    readonly team: string | null
    readonly reason: string
    readonly evidence: string
  } | null
  readonly strain: StrainState
  readonly teams: readonly TeamState[]
  /** Where in `teams`, and where in each team's `services`, an id stands. */
  readonly places: {
    readonly teams: ReadonlyMap<string, number>
    readonly services: ReadonlyMap<string, number>
  }
  readonly seats: readonly SeatState[]
  readonly notes: readonly Note[]
  /** For everybody, for white and observers, and for white only; what only a team may know is in the team. Bounded, see story.ts. */
  readonly story: readonly StoryItem[]
  readonly observerStory: readonly StoryItem[]
  readonly whiteStory: readonly StoryItem[]
}

export interface TeamState extends TeamControl, TeamAccess {
  readonly id: string
  readonly name: Text
  readonly country: string
  readonly pilot: Pilot
  readonly deploy: { readonly done: number; readonly total: number; readonly what: string }
  readonly isolation: readonly IsolationCheck[] | null
  readonly services: readonly ServiceState[]
  /** Attacks that began, in the order in which they did. */
  readonly attacks: readonly AttackState[]
  /** Indices in `attacks` of those whose foothold is closed and whose recovery is not settled yet. */
  readonly restoring: readonly number[]
  readonly hints: readonly HintState[]
  /** Complaints that are open, and the latest that are not. */
  readonly tickets: readonly TicketState[]
  /** How many there ever were. */
  readonly ticketCount: number
  /** One for each persona of the scenario, in its order. */
  readonly usability: readonly UsabilityState[]
  /** People of the country who can not do something that they want to do today, from each moment on. */
  readonly affected: readonly Affected[]
  /** What the tutor has told it. */
  readonly tutored: readonly Tutored[]
  /** Messages that came to its people, oldest first. */
  readonly injects: readonly InjectState[]
  /** Reports of incidents that it filed, or (for those who may know) begins to write. */
  readonly reports: readonly ReportState[]
  /** For those who may know. */
  readonly appeals: readonly AppealState[]
  /** Who works on what, and notes from shift to shift. */
  readonly work: TeamWork
  /** What it began to do about what everybody knows is wrong, oldest first. Bounded. */
  readonly responses: readonly Response[]
  /** What it looks into. */
  readonly cases: TeamCases
  readonly acted: readonly PilotAct[]
  readonly handBack: HandBack
  /** When its sparring pilot last sat down at a terminal. */
  readonly pilotAtMs: number | null
  readonly adjustments: readonly Adjustment[]
  readonly story: readonly StoryItem[]
  /** Position of the last event that only this team (and white) sees. */
  readonly ownPosition: number
}

export interface ServiceState {
  readonly id: string
  readonly journeys: readonly JourneyState[]
  readonly containerDown: boolean
  /** How many interruptions stand that hit it itself; and how many that hit it or something that it needs. */
  readonly hit: number
  readonly touched: number
  /** Number of the strike when it last filled the disk; null where it never did. */
  readonly struck: number | null
  /** Position of the last event by which somebody did something to it: its container died or started, or it answers again. */
  readonly turned: number
  /** Its team restarted it and wants it looked at: position of the event, and when; null where it never did. [SC27] */
  readonly asked: { readonly position: number; readonly atMs: number } | null
  /** Bounded. */
  readonly marks: readonly ServiceMark[]
  /** Last moment at which something about the service changed; the journeys' tallies reach until here. */
  readonly settledMs: number
  /** Position of the event that changed it last. */
  readonly position: number
  /** Of the whole service, see verdicts.ts; the last turn of `history`. */
  readonly verdict: Verdict
  readonly sinceMs: number
  readonly history: readonly Turn[]
}

export interface JourneyState {
  readonly id: string
  readonly alive: boolean
  /** Its own verdict in force; what counts for the score is `effective` in verdicts.ts. */
  readonly verdict: Verdict
  readonly sinceMs: number
  /** Position of the event that gave the verdict; 0 before the first. */
  readonly position: number
  readonly evidence: Evidence | null
  /** It could not be used when an interruption began, and has not been looked at since. */
  readonly owed: boolean
  /** Of the last verdict that cost points. */
  readonly lostBy: Evidence | null
  /** Tallies of the effective verdict, ms. The rest of the time was unknown. */
  readonly upMs: number
  readonly slowMs: number
  readonly brokenMs: number
  readonly downMs: number
}

export interface AttackState {
  readonly attack: string
  readonly info: AttackInfo
  readonly attempt: number
  /** When this attempt began, for those who saw it. */
  readonly launchedMs: number
  /** `abandoned` may be launched again, `void` is over and counts nowhere. */
  readonly state: 'under-way' | 'abandoned' | 'void' | 'landed' | 'blocked' | 'blocked-by-outage'
  readonly concludedMs: number | null
  readonly closedMs: number | null
  /** Once settled: foothold closed and the service sound again. Until then see `restored` in judged.ts. */
  readonly restoredMs: number | null
  /** Positions of the events that concluded it, closed its foothold and restored the service; 0 when not. */
  readonly concludedBy: number
  readonly closedBy: number
  readonly restoredBy: number
  readonly evidence: Evidence | null
  readonly closedEvidence: Evidence | null
  /** What the exploit carried off when it landed. */
  readonly loot?: Loot
}

/** Before `exercise.created`. */
export const initialState: State = {
  exerciseId: '',
  scenario: noScenario,
  scenarioHash: '',
  rulesVersion: 0,
  seed: '',
  speed: 1,
  phase: 'created',
  pauseReason: '',
  preparation: null,
  atMs: 0,
  position: 0,
  publicPosition: 0,
  observerPosition: 0,
  clock: [],
  halts: [],
  phasesEntered: [],
  fired: [],
  entries: {},
  failure: null,
  ...noRange,
  ...noControl,
  strain: { late: false, stretch: 1, cause: 'machine', sinceMs: 0, lateMs: null },
  teams: [],
  places: { teams: new Map(), services: new Map() },
  seats: [],
  notes: [],
  story: [],
  observerStory: [],
  whiteStory: [],
}

export const teamOf = (state: State, team: string): TeamState | undefined =>
  state.teams[state.places.teams.get(team) ?? -1]

export const serviceOf = (team: TeamState | undefined, service: string): ServiceState | undefined =>
  team?.services.find((s) => s.id === service)

/** What a citizen wanted: the journey as the scenario has it. */
export const wantedBy = (
  { scenario }: Pick<State, 'scenario'>,
  { service, journey }: { readonly service: string; readonly journey: string },
) => scenario.services.find(({ id }) => id === service)?.journeys.find(({ id }) => id === journey)

export const attackOf = (team: TeamState | undefined, attack: string): AttackState | undefined =>
  team?.attacks.find((a) => a.attack === attack)
export const injectOf = (team: TeamState | undefined, inject: string): InjectState | undefined =>
  team?.injects.find((one) => one.inject === inject)

/** The verdict in force of one journey; `unknown` before its first check and for what does not exist. */
export const verdictOf = (state: State, team: string, service: string, journey: string): Verdict =>
  serviceOf(teamOf(state, team), service)?.journeys.find((j) => j.id === journey)?.verdict ?? 'unknown'

/** Exercise time for a view: never before the last event, never past the end, and standing while nothing runs. */
export function viewAt(state: State, atMs: number): number {
  if (state.phase !== 'running') return state.atMs
  return Math.max(state.atMs, Math.min(atMs, state.scenario.durationMs))
}
