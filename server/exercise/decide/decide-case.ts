import { type CaseCause, type CaseState, caseId, caseOf } from '../fold/case-state.ts'
import { isDiscarded, nextReport } from '../fold/report-state.ts'
import { attackOf, type State, type TeamState } from '../fold/state.ts'
import { CASE_STATES } from '../ledger/case-events.ts'
import type { NewEvent } from '../ledger/events.ts'
import { rulesOf } from '../ledger/rules.ts'
import { clockText } from '../scenario/clock-text.ts'
import type { Evidence } from '../scenario/model.ts'
import { REPORTS_MOST } from '../scenario/report.ts'
import { FIELD_LENGTH } from './answer-content.ts'
import type { CaseCommands } from './case-commands.ts'
import { BEGUN, noReportRules, tooManyReports } from './decide-report.ts'
import {
  accept,
  type Deciders,
  type Decision,
  fact,
  noLongerSo,
  nothing,
  refuse,
  said,
  withTeam,
  wrongPhase,
} from './decision.ts'

/** So many cases a team opens by hand, so many notes it writes of one and of all, and so often it says how far it is. */
const BY_HAND = 200
const NOTES_OF_ONE = 100
const NOTES = 1_000
const TURNS = 5_000
/** UTF-16 units. */
const TITLE_LENGTH = 200
const NOTE_LENGTH = 2_000

/** What a team looks into, and how far it is. Nothing here scores anything. */
export const cases: Deciders<keyof CaseCommands> = {
  'open-case': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      if (state.phase === 'ended') return wrongPhase(state, command)
      const title = said(data.title, TITLE_LENGTH)
      if (title === null) return badWords(TITLE_LENGTH)
      const { service, sinceMs } = data
      if (service !== null && !state.scenario.services.some(({ id }) => id === service))
        return refuse('unknown-service', `There is no service ${service.slice(0, 60)} in this exercise.`, {
          service: service.slice(0, 60),
        })
      if (!Number.isInteger(sinceMs) || sinceMs < 0 || sinceMs > at)
        return refuse('case-moment', 'A case is about a moment of the exercise that has passed.')
      const { byHand, count } = team.cases
      if (data.seen !== byHand) return noLongerSo('The number of cases opened by hand', data.seen, byHand)
      if (byHand >= BY_HAND) return tooMany(BY_HAND)
      const opened = { team: team.id, case: caseId({ number: count + 1 }), title, service, sinceMs, by }
      return accept(fact('case.opened', at, opened))
    }),

  'note-case': (state, command, at) =>
    withCase(state, command, (team, one) => {
      const { data, by } = command
      const text = said(data.text, NOTE_LENGTH)
      if (text === null) return badWords(NOTE_LENGTH)
      const written = one.notes.length
      if (data.seen !== written) return noLongerSo('The number of notes', data.seen, written)
      if (written >= NOTES_OF_ONE || team.cases.noted >= NOTES) return tooMany(NOTES_OF_ONE)
      return accept(fact('case.noted', at, { team: team.id, case: caseId(one), text, by }))
    }),

  'set-case-state': (state, command, at) =>
    withCase(state, command, (team, one) => {
      const { data, by } = command
      const to = CASE_STATES.find((known) => known === data.state)
      if (to === undefined || to === one.state) return nothing
      if (data.seen !== one.turn) return noLongerSo('How often its state had changed', data.seen, one.turn)
      if (team.cases.turns >= TURNS) return tooMany(TURNS)
      return accept(fact('case.state-set', at, { team: team.id, case: caseId(one), state: to, by }))
    }),

  'begin-case-report': (state, command, at) =>
    withCase(state, command, (team, one) => {
      const { by } = command
      if (!rulesOf(state).reports) return noReportRules()
      if (one.report !== null) return nothing
      if (one.service === null)
        return refuse('case-no-service', 'A report is about a service, and this case names none.')
      const report = nextReport(team.reports)
      const begun = team.reports.filter((each) => each.versions.length === 0 && !isDiscarded(each)).length
      if (begun >= BEGUN) return tooManyReports(BEGUN)
      if (!team.reports.some((each) => each.report === report) && team.reports.length >= REPORTS_MOST)
        return tooManyReports(REPORTS_MOST)
      const written = Object.entries(reportOf(team, one, one.service)).flatMap(
        ([field, text]): readonly NewEvent[] =>
          text === '' ? [] : [fact('report.drafted', at, { team: team.id, report, field, text, by })],
      )
      return accept(
        ...written,
        fact('case.report-begun', at, { team: team.id, case: caseId(one), report, by }),
      )
    }),
}

/** What a report of a case begins with, by field of its form: what people are to judge, technique and confidence, is left to them. */
const reportOf = (team: TeamState, one: CaseState, service: string) => ({
  service,
  noticed: clockText(one.sinceMs),
  indicators: evidenceText(evidenceOf(team, one.cause)).slice(0, FIELD_LENGTH),
  actions: one.notes
    .map(({ atMs, text }) => `${clockText(atMs)} ${text}`)
    .join('\n')
    .slice(0, FIELD_LENGTH),
})

function evidenceOf(team: TeamState, cause: CaseCause): Evidence | null {
  if (cause.kind === 'attack') return attackOf(team, cause.attack)?.evidence ?? null
  if (cause.kind === 'ticket')
    return team.tickets.find(({ ticket }) => ticket === cause.ticket)?.evidence ?? null
  return cause.kind === 'alert' ? cause.evidence : null
}

const evidenceText = (evidence: Evidence | null): string =>
  evidence ? [evidence.step, evidence.sent, evidence.received].filter((part) => part !== '').join('\n') : ''

type OfCase = { readonly data: { readonly team: string; readonly case: string } }

/** Goes on with a case of a team while anything can be done, or refuses. */
function withCase(
  state: State,
  command: Parameters<typeof wrongPhase>[1] & OfCase,
  then: (team: TeamState, one: CaseState) => Decision,
): Decision {
  return withTeam(state, command.data.team, (team) => {
    if (state.phase === 'ended') return wrongPhase(state, command)
    const id = command.data.case.slice(0, 20)
    const one = caseOf(team.cases, id)
    return one ? then(team, one) : refuse('unknown-case', `${team.id} has no case ${id}.`, { case: id })
  })
}

const badWords = (max: number): Decision =>
  refuse('case-words', `This needs 1 to ${max} characters.`, { max })

const tooMany = (max: number): Decision =>
  refuse('too-many-cases', `There are ${max} already, and no more are kept.`, { max })
