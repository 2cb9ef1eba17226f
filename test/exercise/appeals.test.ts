import { describe, expect, test } from 'vitest'
import { teamOf } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { AppealSubject } from '#exercise/ledger/people-events.ts'
import { gradingView } from '#exercise/views/grading-view.ts'
import { appealViews } from '#exercise/views/report-views.ts'
import { blue, white } from '../kit/actors.ts'
import { peopledScenario } from './made-scenario.ts'
import { attacked, finish, type Run, runningRun } from './run.ts'

const team = 'meremaa'
const PRESS: AppealSubject = { kind: 'inject', id: 'press-asks' }
const grade = (run: Run, calm: number, seen = 1) =>
  run.give('grade-inject', {
    team,
    inject: PRESS.id,
    criteria: { true: 2, calm },
    comment: '',
    final: true,
    seen,
  })
const graded = (): Run => {
  const run = runningRun(peopledScenario)
  run.give('send-inject', { team, inject: PRESS.id }, 10_000)
  run.give(
    'answer-inject',
    { team, inject: PRESS.id, content: { kind: 'text', text: 'We know.' }, seen: 0 },
    20_000,
  )
  grade(run, 0)
  return run
}
const appeal = (run: Run, subject = PRESS, text = 'It was calm.') =>
  run.give('make-appeal', { team, subject, text }, run.state.atMs, blue('b1'))
const refused = (run: Run, subject: AppealSubject, text = 'Again.') =>
  run.refused('make-appeal', { team, subject, text }).code
const answer = (run: Run, outcome: 'upheld' | 'changed' = 'upheld', id = 'A1') =>
  run.give('answer-appeal', { team, appeal: id, text: 'It was not.', outcome }, run.state.atMs, white('w1'))

describe('an appeal', () => {
  test('waits in white’s queue, and its answer stands beside the grade', () => {
    const run = graded()
    appeal(run)
    expect(gradingView(run.state).queue).toMatchObject([{ kind: 'appeal', team, appeal: { appeal: 'A1' } }])
    answer(run)
    expect(gradingView(run.state).queue).toEqual([])
    expect(appealViews(run.state, team, PRESS, { seat: 'blue', team })).toMatchObject([
      { text: 'It was calm.', answer: { text: 'It was not.', outcome: 'upheld', by: null } },
    ])
  })

  test('one at a time on each subject, and no other on the same grade', () => {
    const run = graded()
    appeal(run)
    expect(appeal(run)).toEqual([])
    expect(refused(run, PRESS)).toBe('appeal-open')
    answer(run, 'changed')
    expect(refused(run, PRESS)).toBe('appeal-answered')
    // There is another grade now.
    grade(run, 1)
    appeal(run, PRESS, 'Still.')
    expect(teamOf(run.state, team)?.appeals).toHaveLength(2)
  })

  test('against a line of the score, also after the end', () => {
    const run = graded()
    attacked(run, team, 'wave-1', 'outage')
    finish(run)
    appeal(run, { kind: 'line', id: 'defence/wave-1' })
    expect(refused(run, { kind: 'line', id: 'defence/wave-9' })).toBe('unknown-subject')
  })

  test('refuses what is none, and says why', () => {
    const run = graded()
    expect(refused(run, { kind: 'report', id: 'R1' })).toBe('unknown-subject')
    expect(refused(run, { kind: 'inject', id: 'sitrep' })).toBe('unknown-subject')
    expect(refused(run, PRESS, ' ')).toBe('answer-too-long')
    expect(refused(run, PRESS, 'x'.repeat(2_001))).toBe('answer-too-long')
    appeal(run)
    answer(run)
    const other = { team, appeal: 'A1', text: 'Or was it?', outcome: 'changed' } as const
    expect(run.refused('answer-appeal', other).code).toBe('appeal-answered')
    expect(run.refused('answer-appeal', { ...other, appeal: 'A9' }).code).toBe('unknown-appeal')
  })

  test('is the team’s and white’s alone', () => {
    const run = graded()
    appeal(run)
    answer(run)
    const toldTo = (audience: Parameters<typeof redact>[1]) =>
      JSON.stringify(run.ledger.flatMap((event) => redact(event, audience) ?? []))
    for (const audience of [
      { seat: 'observer' },
      { seat: 'guest' },
      { seat: 'blue', team: 'saareke' },
    ] as const)
      expect(toldTo(audience)).not.toMatch(/It was calm|It was not|"A1"/)
    expect(toldTo({ seat: 'blue', team })).toContain('It was not.')
  })
})
