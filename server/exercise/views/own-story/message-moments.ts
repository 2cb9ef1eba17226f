import { type InjectState, isLate } from '../../fold/inject-state.ts'
import { filedReports, verdictOf } from '../../fold/report-state.ts'
import type { TeamState } from '../../fold/state.ts'
import { type Moment, moment } from './moment.ts'

/** Messages to a team, with its answers and their grades; what ran out unanswered; questions with their tries. */
export const messageMoments = (team: TeamState, atMs: number): readonly Moment[] =>
  team.injects.flatMap((sent) => [
    ...came(sent, atMs),
    // The answer to a question and its grade are the platform's, and said by the try that decides.
    ...(sent.info.expects?.kind === 'question' ? tries(sent) : [...answers(sent), ...grades(sent)]),
  ])

const about = ({ info, inject }: InjectState) => ({
  title: info.title,
  params: { inject },
})

function came(sent: InjectState, atMs: number): readonly Moment[] {
  const { inject, sentMs, position, deadlineMs, info } = sent
  const begin = moment(
    { id: `inject/${inject}`, atMs: sentMs, kind: 'message', code: 'inject.sent' },
    { ...about(sent), events: [position] },
  )
  const nobody = sent.answers.every((version) => isLate(sent, version.atMs))
  if (info.expects === null || deadlineMs === null || !isLate(sent, atMs) || !nobody) return [begin]
  return [
    begin,
    moment(
      { id: `inject/${inject}/over`, atMs: deadlineMs, kind: 'message', code: 'inject.unanswered' },
      // The line of the score that says so names the event by which it came.
      { ...about(sent), tone: 'bad', events: [position] },
    ),
  ]
}

const answers = (sent: InjectState): readonly Moment[] =>
  sent.answers.map(({ atMs, position, by }, n) => {
    const late = isLate(sent, atMs)
    const code =
      n === 0 ? (late ? 'inject.late' : 'inject.answered') : late ? 'inject.amended-late' : 'inject.amended'
    return moment(
      { id: `inject/${sent.inject}/${position}`, atMs, kind: 'message', code },
      { ...about(sent), tone: late ? 'warning' : 'neutral', by, events: [position] },
    )
  })

const grades = (sent: InjectState): readonly Moment[] =>
  sent.grades.map(({ atMs, position, share, comment }) =>
    moment(
      { id: `inject/${sent.inject}/grade/${position}`, atMs, kind: 'message', code: 'inject.graded' },
      {
        ...about(sent),
        params: { inject: sent.inject, share },
        said: comment || null,
        events: [position],
      },
    ),
  )

const tries = (sent: InjectState): readonly Moment[] => [
  ...sent.tries.map(({ atMs, position, right, last, by, text }) => {
    const decided = right || last ? [...sent.answers, ...sent.grades].map((one) => one.position) : []
    return moment(
      {
        id: `inject/${sent.inject}/try/${position}`,
        atMs,
        kind: 'message',
        code: right ? 'question.right' : 'question.wrong',
      },
      {
        ...about(sent),
        tone: right ? 'good' : 'warning',
        by,
        said: text || null,
        events: [position, ...decided],
      },
    )
  }),
  ...sent.hints.map(({ atMs, position, level }) =>
    moment(
      { id: `inject/${sent.inject}/hint/${level}`, atMs, kind: 'message', code: 'question.hint' },
      { ...about(sent), params: { inject: sent.inject, level }, position },
    ),
  ),
]

/** Reports of incidents that a team filed, and their grades. */
export const reportMoments = (team: TeamState): readonly Moment[] =>
  filedReports(team.reports).flatMap((filed) => {
    const { report, versions } = filed
    const verdict = verdictOf(filed.grades)
    const graded =
      verdict?.match === false ? 'report.false' : verdict?.match === null ? 'report.none' : 'report.graded'
    return [
      ...versions.map(({ atMs, position, by, fields }, n) =>
        moment(
          {
            id: `report/${report}/${position}`,
            atMs,
            kind: 'report',
            code: n === 0 ? 'report.filed' : 'report.amended',
          },
          { params: { report }, service: fields?.service ?? null, by, events: [position] },
        ),
      ),
      ...filed.grades.map(({ atMs, position, share, comment }) =>
        moment(
          { id: `report/${report}/grade/${position}`, atMs, kind: 'report', code: graded },
          { params: { report, share }, said: comment || null, events: [position] },
        ),
      ),
    ]
  })

const APPEALED = { inject: 'message', report: 'report', line: 'score' } as const

/** What a team appealed against, and what came of it. */
export const appealMoments = (team: TeamState): readonly Moment[] =>
  team.appeals.flatMap(({ appeal, subject, text, by, atMs, position, answer }) => {
    const kind = APPEALED[subject.kind]
    const made = moment(
      { id: `appeal/${appeal}`, atMs, kind, code: 'appeal.made' },
      { params: { appeal }, said: text, by, events: [position] },
    )
    if (!answer) return [made]
    return [
      made,
      moment(
        { id: `appeal/${appeal}/answer`, atMs: answer.atMs, kind, code: `appeal.${answer.outcome}` },
        { params: { appeal }, said: answer.text, events: [answer.position] },
      ),
    ]
  })
