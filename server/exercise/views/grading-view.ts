import type { AppealState } from '../fold/appeal-state.ts'
import {
  type AnswerVersion,
  type Grade,
  gradedVersion,
  type InjectState,
  isLate,
} from '../fold/inject-state.ts'
import { filedReports, type ReportGrade, type ReportState } from '../fold/report-state.ts'
import type { State, TeamState } from '../fold/state.ts'
import type { InjectInfo } from '../scenario/inject.ts'

/** So far apart two graders disagree so that it is shown; parts of the points. */
const APART = 0.25
/** Of what is graded, every so manieth gets a second grader. */
const SAMPLE = 3

interface Waiting {
  readonly team: string
  /** By when it should have come, or when it came; the oldest is graded first. */
  readonly dueMs: number
  /** Of the event by which it came. */
  readonly position: number
}

interface Judged {
  /** One of those that get a second grader. */
  readonly sample: boolean
  /** It is one, and has not got one yet. */
  readonly second: boolean
  /** Those who graded are far apart. */
  readonly apart: boolean
}

/** An answer that white grades, or has graded. */
export interface ToGrade extends Waiting, Judged {
  readonly kind: 'inject'
  readonly inject: string
  readonly info: InjectInfo
  readonly deadlineMs: number | null
  /** The version that counts. */
  readonly version: AnswerVersion
  readonly late: boolean
  readonly versions: number
  readonly grades: readonly Grade[]
}

/** A report that white grades, or has graded. */
export interface ReportToGrade extends Waiting, Judged {
  readonly kind: 'report'
  readonly report: ReportState
  readonly grades: readonly ReportGrade[]
}

/** An appeal that white answers, or has answered. */
export interface AppealToAnswer extends Waiting {
  readonly kind: 'appeal'
  readonly appeal: AppealState
}

export type GradingItem = ToGrade | ReportToGrade | AppealToAnswer

export interface GradingView {
  /** Nobody has graded or answered them yet; the oldest deadline first. */
  readonly queue: readonly GradingItem[]
  /** Graded once, and drawn for a second grader; in the same order. */
  readonly second: readonly (ToGrade | ReportToGrade)[]
  /** The latest first. */
  readonly graded: readonly GradingItem[]
}

/** All answers and reports of all teams that people grade, and their appeals, for white. */
export function gradingView(state: State): GradingView {
  const withinMs = state.scenario.scoring.reportWithinMs
  const all = state.teams
    .flatMap((team): readonly GradingItem[] => [
      ...team.injects.flatMap((sent) => toGrade(team.id, sent) ?? []),
      ...filedReports(team.reports).map((report) => reportToGrade(team, report, withinMs)),
      ...team.appeals.map(
        (appeal): AppealToAnswer => ({
          kind: 'appeal',
          team: team.id,
          dueMs: appeal.atMs,
          position: appeal.position,
          appeal,
        }),
      ),
    ])
    .toSorted((a, b) => a.dueMs - b.dueMs || a.position - b.position)
  return {
    queue: all.filter(waits),
    second: all.flatMap((item) => (item.kind !== 'appeal' && item.second ? [item] : [])),
    graded: all.filter((item) => !waits(item)).toSorted((a, b) => doneAt(b) - doneAt(a)),
  }
}

const waits = (item: GradingItem): boolean =>
  item.kind === 'appeal' ? item.appeal.answer === null : item.grades.length === 0

const doneAt = (item: GradingItem): number =>
  item.kind === 'appeal' ? (item.appeal.answer?.position ?? 0) : (item.grades.at(-1)?.position ?? 0)

function toGrade(team: string, sent: InjectState): ToGrade | null {
  const version = gradedVersion(sent)
  if (!version || sent.info.rubric.length === 0) return null
  const { inject, info, deadlineMs, grades, position } = sent
  return {
    kind: 'inject',
    team,
    dueMs: deadlineMs ?? version.atMs,
    position,
    inject,
    info,
    deadlineMs,
    version,
    late: isLate(sent, version.atMs),
    versions: sent.answers.length,
    grades,
    ...judged(position, grades),
  }
}

function reportToGrade(team: TeamState, report: ReportState, withinMs: number): ReportToGrade {
  const [first] = report.versions
  const position = first?.position ?? 0
  return {
    kind: 'report',
    team: team.id,
    dueMs: (first?.atMs ?? 0) + withinMs,
    position,
    report,
    grades: report.grades,
    ...judged(position, report.grades),
  }
}

/** The sample is drawn by the position of what came, so that it is the same for everybody who grades and for ever. */
function judged(position: number, grades: readonly (Grade | ReportGrade)[]): Judged {
  const sample = position % SAMPLE === 0
  const shares = grades.map(({ share }) => share)
  const matches = new Set(grades.map((grade) => ('match' in grade ? String(grade.match) : '')))
  return {
    sample,
    second: sample && grades.length === 1 && !grades.some(({ final }) => final),
    apart: Math.max(...shares) - Math.min(...shares) > APART || matches.size > 1,
  }
}
