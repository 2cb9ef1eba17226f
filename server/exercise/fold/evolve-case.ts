import type { CaseStanding } from '../ledger/case-events.ts'
import type { Recorded, RecordedOf } from '../ledger/events.ts'
import type { Verdict } from '../scenario/words.ts'
import { type CaseCause, type CaseState, caseId } from './case-state.ts'
import { type Draft, type TeamDraft, teamIn } from './draft.ts'
import { passing, unusable } from './verdicts.ts'

/** Closed cases beyond so many in all go, the oldest first. */
const KEPT = 200
/** What fails again so soon after it was over is the same case. Exercise time, ms. */
const AGAIN_MS = 5 * 60_000

/**
 * Opens a case for the team. Cases open by facts that the team sees itself: their numbers tell nothing of what it may not know yet.
 */
export function openCase(
  team: TeamDraft,
  event: Recorded,
  cause: CaseCause,
  more: Partial<CaseState> = {},
): void {
  const { list, count } = team.cases
  const one: CaseState = {
    number: count + 1,
    cause,
    service: null,
    sinceMs: event.at,
    state: 'open',
    stateMs: event.at,
    stateBy: null,
    turn: 0,
    confirmedMs: null,
    again: 0,
    position: event.position,
    notes: [],
    report: null,
    ...more,
  }
  team.cases = { ...team.cases, list: bounded([...list, one]), count: count + 1 }
}

function bounded(list: readonly CaseState[]): readonly CaseState[] {
  const over = list.length - KEPT
  if (over <= 0) return list
  const gone = new Set(list.filter(({ state }) => state === 'closed').slice(0, over))
  return list.filter((one) => !gone.has(one))
}

/** What a case is about is over, as the platform has found: it closes, in whatever state it was. */
export function confirmCases(team: TeamDraft, event: Recorded, which: (one: CaseState) => boolean): void {
  if (!team.cases.list.some((one) => one.state !== 'closed' && which(one))) return
  changeCases(team, (one) =>
    one.state !== 'closed' && which(one)
      ? { ...turned(one, 'closed', event.at), confirmedMs: event.at, stateBy: null }
      : one,
  )
}

/** A service turned: where people can not use it a case is open, until they can again. */
export function alertCase(
  draft: Draft,
  team: TeamDraft,
  service: string,
  event: Recorded,
  verdict: Verdict,
): void {
  if (draft.root.phase !== 'running') return
  const mine = (one: CaseState) => one.cause.kind === 'alert' && one.service === service
  if (passing(verdict)) confirmCases(team, event, mine)
  if (!unusable(verdict)) return
  const evidence = event.type === 'verdict.changed' ? event.data.evidence : null
  const cause: CaseCause = { kind: 'alert', verdict, evidence }
  const last = team.cases.list.findLast(mine)
  if (last && last.state !== 'closed') changeOne(team, last.number, (one) => ({ ...one, cause }))
  else if (last?.confirmedMs != null && event.at - last.confirmedMs < AGAIN_MS)
    changeOne(team, last.number, (one) => ({
      ...turned(one, 'open', event.at),
      cause,
      stateBy: null,
      confirmedMs: null,
      again: one.again + 1,
      position: event.position,
    }))
  else openCase(team, event, cause, { service })
}

/** Somebody takes a case on, or lets go of it: it is being worked on as long as somebody is there. */
export function caseWorked(
  team: TeamDraft,
  id: string,
  event: RecordedOf<'work.claimed' | 'work.released'>,
): void {
  const [from, to] =
    event.type === 'work.claimed' ? (['open', 'working'] as const) : (['working', 'open'] as const)
  changeCases(team, (one) =>
    caseId(one) === id && one.state === from ? { ...turned(one, to, event.at), stateBy: event.data.by } : one,
  )
}

/** A report that was thrown away is nobody's any more: its number is given to the next. */
export function reportGone(team: TeamDraft, report: string): void {
  if (team.cases.list.some((one) => one.report === report))
    changeCases(team, (one) => (one.report === report ? { ...one, report: null } : one))
}

type CaseEvent = 'case.opened' | 'case.noted' | 'case.state-set' | 'case.report-begun'

/** What folds what a team does with its cases. */
export const caseHandlers: { readonly [T in CaseEvent]: (draft: Draft, event: RecordedOf<T>) => void } = {
  'case.opened': (draft, event) => {
    const { title, service, sinceMs, by } = event.data
    const team = teamIn(draft, event.data.team)
    if (!team) return
    openCase(team, event, { kind: 'hand', title, by }, { service, sinceMs })
    team.cases = { ...team.cases, byHand: team.cases.byHand + 1 }
  },
  'case.noted': (draft, event) => {
    const { text, by } = event.data
    const team = teamIn(draft, event.data.team)
    if (!team) return
    const note = { text, by, atMs: event.at, position: event.position }
    changeNamed(team, event, (one) => ({ ...one, notes: [...one.notes, note] }))
    team.cases = { ...team.cases, noted: team.cases.noted + 1 }
  },
  'case.state-set': (draft, event) => {
    const { state, by } = event.data
    const team = teamIn(draft, event.data.team)
    if (!team) return
    changeNamed(team, event, (one) => ({ ...turned(one, state, event.at), stateBy: by }))
    team.cases = { ...team.cases, turns: team.cases.turns + 1 }
  },
  'case.report-begun': (draft, event) => {
    const team = teamIn(draft, event.data.team)
    if (team) changeNamed(team, event, (one) => ({ ...one, report: event.data.report }))
  },
}

const turned = (one: CaseState, state: CaseStanding, atMs: number): CaseState => ({
  ...one,
  state,
  stateMs: atMs,
  turn: one.turn + 1,
})

function changeCases(team: TeamDraft, to: (one: CaseState) => CaseState): void {
  team.cases = { ...team.cases, list: team.cases.list.map(to) }
}

const changeOne = (team: TeamDraft, number: number, to: (one: CaseState) => CaseState) =>
  changeCases(team, (one) => (one.number === number ? to(one) : one))

const changeNamed = (
  team: TeamDraft,
  event: RecordedOf<CaseEvent>,
  to: (one: CaseState) => CaseState,
): void => changeCases(team, (one) => (caseId(one) === event.data.case ? to(one) : one))
