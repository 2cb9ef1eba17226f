import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { injectOf, teamOf } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { momentOf } from '#exercise/schedule/moment-of.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { gradingView } from '#exercise/views/grading-view.ts'
import { inboxView } from '#exercise/views/inbox-view.ts'
import { blue, white } from '../kit/actors.ts'
import { inject, madeTeams, peopledScenario, text } from './made-scenario.ts'
import { attacked, finish, type Run, runningRun, seen } from './run.ts'

const team = 'meremaa'
const PRESS = 'press-asks'
const said = (words: string) => ({ kind: 'text', text: words }) as const
const named = (name: string, seatId = 'w1') => ({ ...white(seatId), name }) as ReturnType<typeof white>

const asked = (): Run => {
  const run = runningRun(peopledScenario)
  run.give('send-inject', { team, inject: PRESS }, 10_000)
  return run
}
const answer = (run: Run, words: string, seenBefore: number, at: number) =>
  run.give('answer-inject', { team, inject: PRESS, content: said(words), seen: seenBefore }, at, blue('b1'))
const grade = (run: Run, points: number, more: object = {}, by = white('w1')) =>
  run.give(
    'grade-inject',
    { team, inject: PRESS, criteria: { true: points, calm: 0 }, comment: '', final: false, seen: 1, ...more },
    run.state.atMs,
    by,
  )
const strategic = (run: Run, atMs: number) => scoreAt(run.state, team, atMs).categories.strategic
/** Its weight is two of three, of 700 points. */
const WORTH = (700 * 2) / 3

describe('a message to people, from the timeline to the score', () => {
  test('comes at its moment, to those it is meant for, once', () => {
    const run = runningRun({
      ...peopledScenario,
      injects: [inject('all', 10_000), inject('some', 10_000, { teams: ['saareke'] })],
    })
    expect(timelineDue(run.state, 9_999).injects).toEqual([])
    expect(timelineDue(run.state, 10_000).injects).toEqual([
      { team: 'meremaa', inject: 'all' },
      { team: 'saareke', inject: 'all' },
      { team: 'saareke', inject: 'some' },
      { team: 'laanemets', inject: 'all' },
    ])
    run.give('send-inject', { team, inject: 'all' }, 10_000)
    expect(run.give('send-inject', { team, inject: 'all' }, 11_000)).toEqual([])
    expect(run.refused('send-inject', { team, inject: 'some' }, 11_000).code).toBe('unknown-inject')
    expect(timelineDue(run.state, 11_000).injects).not.toContainEqual({ team, inject: 'all' })
  })

  test('[SC20] is worth nothing to anybody until it is graded, and then what the grade says', () => {
    const run = asked()
    expect(strategic(run, 20_000)).toEqual({ points: 0, possible: 0 })
    answer(run, 'We know, and we are at it.', 0, 20_000)
    expect(strategic(run, 20_000)).toEqual({ points: 0, possible: 0 })
    grade(run, 2)
    expect(strategic(run, 20_000).points).toBeCloseTo(WORTH / 2, 1)
    expect(strategic(run, 20_000).possible).toBeCloseTo(WORTH, 1)
    const [line] = explain(run.state, team, 20_000).filter(({ category }) => category === 'strategic')
    expect(line).toMatchObject({ code: 'strategic.graded', rule: 'SC20' })
    expect(line?.events.map((at) => run.ledger[at - 1]?.type)).toEqual(['inject.answered', 'inject.graded'])
  })

  test('[SC20] the deadline itself is in time; a millisecond later is late, and half of it', () => {
    for (const [at, part, code] of [
      [310_000, 1, 'strategic.graded'],
      [310_001, 0.5, 'strategic.late'],
    ] as const) {
      const run = asked()
      answer(run, 'All is well.', 0, at)
      grade(run, 3)
      expect(strategic(run, at).points).toBeCloseTo(WORTH * 0.75 * part, 0)
      expect(explain(run.state, team, at).at(-1)?.code).toBe(code)
    }
  })

  test('[SC20] unanswered when its time is over, it is possible and lost; answered late, it waits for its grade again', () => {
    const run = asked()
    expect(strategic(run, 310_000)).toEqual({ points: 0, possible: 0 })
    expect(strategic(run, 310_001).possible).toBeCloseTo(WORTH, 1)
    answer(run, 'Sorry, here it is.', 0, 400_000)
    expect(strategic(run, 400_000)).toEqual({ points: 0, possible: 0 })
    finish(run)
    // Who sends anything at all in the last minute gets out of nothing by it.
    expect(strategic(run, 600_000)).toMatchObject({ points: 0, possible: expect.closeTo(WORTH, 1) })
  })

  test('[SC20] when the exercise ends before its time is over, an unanswered one is nobody’s loss; without a deadline its time is over then', () => {
    const cut = asked()
    cut.give('end-exercise', { reason: 'The hall is dark.' }, 100_000)
    expect(strategic(cut, 100_000)).toEqual({ points: 0, possible: 0 })
    const open = runningRun({ ...peopledScenario, injects: [inject('open', 10_000, { withinMs: null })] })
    open.give('send-inject', { team, inject: 'open' }, 10_000)
    open.give('end-exercise', { reason: 'The hall is dark.' }, 100_000)
    expect(strategic(open, 100_000)).toEqual({ points: 0, possible: expect.closeTo(700, 1) })
  })

  test('[SC20] in time and never graded, it counts nowhere; it may still be graded after the end', () => {
    const run = asked()
    answer(run, 'We know.', 0, 20_000)
    finish(run)
    expect(strategic(run, 600_000)).toEqual({ points: 0, possible: 0 })
    expect(explain(run.state, team, 600_000).at(-1)?.code).toBe('strategic.ungraded')
    grade(run, 3)
    expect(strategic(run, 600_000).points).toBeCloseTo(WORTH * 0.75, 0)
  })

  test('what was sent in time counts, whatever comes after its time; a graded answer changes no more', () => {
    const run = asked()
    answer(run, 'first', 0, 20_000)
    answer(run, 'second', 1, 30_000)
    answer(run, 'too late', 2, 400_000)
    const { queue } = gradingView(run.state)
    expect(queue).toMatchObject([
      { team, inject: PRESS, late: false, versions: 3, version: { content: said('second') } },
    ])
    grade(run, 3, { seen: 3 })
    const content = said('better')
    const refused = run.refused(
      'answer-inject',
      { team, inject: PRESS, content, seen: 3 },
      410_000,
      blue('b1'),
    )
    expect(refused.code).toBe('answer-graded')
    expect(injectOf(teamOf(run.state, team), PRESS)?.answers).toHaveLength(3)
  })

  test('[SC21] two graders: the mean, in whatever order they come; a word that stands is the last one', () => {
    const orders = [
      [1, 3],
      [3, 1],
    ].map((points) => {
      const run = asked()
      answer(run, 'We know.', 0, 20_000)
      grade(run, points[0] ?? 0, {}, named('Mari'))
      grade(run, points[1] ?? 0, {}, named('Kenji'))
      return strategic(run, 20_000).points
    })
    expect(orders[0]).toBe(orders[1])
    expect(orders[0]).toBeCloseTo(WORTH / 2, 0)
    const run = asked()
    answer(run, 'We know.', 0, 20_000)
    grade(run, 1, {}, named('Mari'))
    grade(run, 2, {}, named('Mari'))
    expect(strategic(run, 20_000).points).toBeCloseTo(WORTH / 2, 0)
    grade(run, 3, { final: true }, named('Kenji'))
    grade(run, 0, {}, named('Mari'))
    expect(strategic(run, 20_000).points).toBeCloseTo(WORTH * 0.75, 0)
  })

  test('a choice with a right answer is graded at once, and only white’s ledger has the right one', () => {
    const run = runningRun(peopledScenario)
    run.give('send-inject', { team, inject: 'which-law' }, 60_000)
    const blueSees = run.ledger.flatMap((event) => redact(event, { seat: 'blue', team }) ?? [])
    expect(JSON.stringify(blueSees)).not.toContain('"right"')
    run.give(
      'answer-inject',
      { team, inject: 'which-law', content: { kind: 'choice', chosen: ['gdpr'] }, seen: 0 },
      61_000,
    )
    expect(strategic(run, 61_000)).toMatchObject({ points: expect.closeTo(700 / 3, 0) })
    expect(gradingView(run.state).queue).toEqual([])
  })

  test('[SC20] has at most 50 versions of its answer, so that a grader’s word can not be kept stale for ever', () => {
    const run = asked()
    for (let n = 0; n < 50; n++) answer(run, `We know ${n}.`, n, 20_000)
    const data = { team, inject: PRESS, content: said('One more.') }
    expect(run.refused('answer-inject', { ...data, seen: 50 }, 21_000)).toMatchObject({
      code: 'too-many-versions',
      params: { max: 50 },
    })
    expect(run.refused('answer-inject', { ...data, seen: 49 }, 21_000).code).toBe('no-longer-so')
    expect(grade(run, 3, { seen: 50 })).toHaveLength(1)
  })

  test('[SC20] a late version that does not count leaves the grade as it was seen; one that would be graded does not', () => {
    const stale = (run: Run, seenBefore: number) =>
      run.refused('grade-inject', {
        team,
        inject: PRESS,
        criteria: { true: 3, calm: 0 },
        comment: '',
        final: false,
        seen: seenBefore,
      }).code
    const run = asked()
    answer(run, 'We know.', 0, 20_000)
    answer(run, 'We know more.', 1, 30_000)
    answer(run, 'Too late.', 2, 400_000)
    for (const wrong of [0, 1, 4]) expect(stale(run, wrong)).toBe('no-longer-so')
    expect(grade(run, 3, { seen: 2 })).toHaveLength(1)
    expect(grade(run, 2, { seen: 3 }, named('Kenji'))).toHaveLength(1)
    // Where nothing came in time, the last late one is graded.
    const late = asked()
    answer(late, 'Sorry.', 0, 400_000)
    answer(late, 'Sorry again.', 1, 410_000)
    expect(stale(late, 1)).toBe('no-longer-so')
    expect(grade(late, 3, { seen: 2 })).toHaveLength(1)
  })

  test('refuses what is no answer, and says why', () => {
    const run = asked()
    const refused = (content: Parameters<typeof run.give<'answer-inject'>>[1]['content'], to = PRESS) =>
      run.refused('answer-inject', { team, inject: to, content, seen: 0 }, 20_000).code
    expect(refused(said('  '))).toBe('answer-too-long')
    expect(refused(said('x'.repeat(501)))).toBe('answer-too-long')
    expect(refused({ kind: 'choice', chosen: ['gdpr'] })).toBe('wrong-answer-kind')
    expect(refused(said('We know.'), 'sitrep')).toBe('unknown-inject')
    run.give('send-inject', { team, inject: 'be-warned' }, 90_000)
    expect(
      run.refused('answer-inject', { team, inject: 'be-warned', content: said('x'), seen: 0 }, 90_000).code,
    ).toBe('not-asked')
    const points = { true: 4, calm: 0 }
    answer(run, 'We know.', 0, 91_000)
    expect(
      run.refused('grade-inject', {
        team,
        inject: PRESS,
        criteria: points,
        comment: '',
        final: false,
        seen: 1,
      }).code,
    ).toBe('bad-grade')
  })
})

describe('a draft', () => {
  const save = (run: Run, words: string, name: string, at: number) =>
    run.give('save-draft', { team, inject: PRESS, field: 'text', text: words }, at, {
      ...blue('b1'),
      name,
    } as ReturnType<typeof blue>)
  const draftOf = (run: Run) => injectOf(teamOf(run.state, team), PRESS)?.draft[0]

  test('is the team’s: the last write of a field stands, and what another wrote stays beside it', () => {
    const run = asked()
    save(run, 'We k', 'Mari', 20_000)
    save(run, 'We know', 'Mari', 21_000)
    save(run, 'No comment', 'Kenji', 22_000)
    save(run, 'We know.', 'Mari', 23_000)
    expect(draftOf(run)).toMatchObject({
      text: 'We know.',
      by: { name: 'Mari' },
      version: 4,
      earlier: [
        { text: 'We know', by: { name: 'Mari' } },
        { text: 'No comment', by: { name: 'Kenji' } },
      ],
    })
  })

  test('of one who wipes everything out keeps what was there, and of two who type by turns what was there before', () => {
    const run = asked()
    save(run, 'A whole paragraph of facts.', 'Aino', 19_000)
    save(run, 'A whole paragraph of facts. And more.', 'Aino', 20_000)
    save(run, '', 'Aino', 21_000)
    save(run, 'W', 'Aino', 22_000)
    expect(draftOf(run)?.earlier.map((one) => one.text)).toEqual(['A whole paragraph of facts. And more.'])
    let words = 'W'
    for (let n = 0; n < 60; n++) {
      words += String(n % 10)
      save(run, words, n % 2 ? 'Mari' : 'Kenji', 23_000 + n * 300)
    }
    expect(draftOf(run)?.earlier.map((one) => one.text)).toContain('A whole paragraph of facts. And more.')
    expect(draftOf(run)?.earlier.length).toBeLessThan(8)
  })

  test('of one who saves again and again keeps what a colleague wrote', () => {
    const run = asked()
    save(run, 'A whole paragraph of facts.', 'Aino', 19_000)
    for (let n = 0; n < 100; n++)
      save(run, String.fromCodePoint(0x4e00 + n).repeat(30), 'Mari', 20_000 + n * 300)
    expect(draftOf(run)?.earlier.map((one) => one.text)).toContain('A whole paragraph of facts.')
    expect(draftOf(run)?.earlier).toHaveLength(20)
  })

  test('of ten thousand saves keeps a bounded number, and is nobody else’s', () => {
    const run = asked()
    for (let n = 0; n < 10_000; n++) save(run, `draft ${n}`, n % 2 ? 'Mari' : 'Kenji', 20_000 + n)
    expect(draftOf(run)).toMatchObject({ text: 'draft 9999', version: 10_000 })
    expect(draftOf(run)?.earlier.length).toBeLessThanOrEqual(20)
    for (const audience of [{ seat: 'guest' }, { seat: 'blue', team: 'saareke' }] satisfies Audience[]) {
      const state = fold(run.ledger.flatMap((event) => redact(event, audience) ?? []))
      expect(JSON.stringify(state)).not.toContain('draft 4')
      expect(inboxView(run.state, 30_000, team, audience)).toEqual([])
    }
    const more = { team, inject: PRESS, field: 'text', text: 'one more' }
    expect(run.refused('save-draft', more, 31_000, blue('b1'))).toMatchObject({
      code: 'draft-full',
      params: { max: 10_000 },
    })
    expect(answer(run, 'draft 9999', 0, 31_000)).toMatchObject([{ type: 'inject.answered' }])
  })
})

describe('what waits for something else', () => {
  const trigger = (when: Parameters<typeof inject>[2]) =>
    runningRun({ ...peopledScenario, injects: [inject('x', 0, when)] })
  const due = (run: Run, atMs: number) => timelineDue(run.state, atMs).injects.map((one) => one.team)

  test('comes after an attack came out so, for that team alone', () => {
    const run = trigger({
      trigger: { kind: 'after', after: { kind: 'attack', id: 'wave-1', outcome: 'landed' }, delayMs: 30_000 },
    })
    attacked(run, team, 'wave-1', 'landed')
    attacked(run, 'saareke', 'wave-1', 'defended')
    const { atMs } = run.state
    expect(due(run, atMs + 29_000)).toEqual([])
    expect(due(run, atMs + 31_000)).toEqual([team])
  })

  test('comes when a service has been down for long, and not when it was up between', () => {
    const run = trigger({
      trigger: {
        kind: 'when',
        when: { kind: 'verdict', service: 'tax', is: ['down', 'broken'] },
        forMs: 60_000,
        once: 'team',
      },
    })
    seen(run, team, 'tax/alive', 'down', 10_000)
    seen(run, team, 'tax/alive', 'up', 60_000)
    seen(run, team, 'tax/file', 'broken', 80_000)
    expect(due(run, 139_000)).toEqual([])
    seen(run, team, 'tax/alive', 'down', 120_000)
    expect(due(run, 140_000)).toEqual([team])
  })

  test('and, or, not; for all as soon as it is so of one', () => {
    const down = (service: string) => ({ kind: 'verdict', service, is: ['down'] }) as const
    const run = trigger({
      trigger: {
        kind: 'when',
        when: {
          kind: 'and',
          of: [
            { kind: 'or', of: [down('tax'), down('portal')] },
            { kind: 'not', of: { kind: 'foothold' } },
          ],
        },
        forMs: 0,
        once: 'all',
      },
    })
    expect(due(run, 10_000)).toEqual([])
    seen(run, 'saareke', 'portal/alive', 'down', 20_000)
    expect(due(run, 20_000)).toEqual(madeTeams.map(({ id }) => id))
    expect(momentOf(run.state, null, 'inject', run.state.scenario.injects[0] as never, 20_000)).toBe(20_000)
    attacked(run, 'saareke', 'wave-1', 'landed')
    expect(due(run, run.state.atMs)).toEqual([])
  })

  test('comes after a message was answered, or its time was over without', () => {
    const run = runningRun({
      ...peopledScenario,
      injects: [
        inject(PRESS, 10_000),
        inject('thanks', 0, {
          number: 2,
          title: text('Thanks'),
          trigger: {
            kind: 'after',
            after: { kind: 'inject', id: PRESS, outcome: 'answered' },
            delayMs: 5_000,
          },
        }),
        inject('angry', 0, {
          number: 3,
          trigger: { kind: 'after', after: { kind: 'inject', id: PRESS, outcome: 'unanswered' }, delayMs: 0 },
        }),
      ],
    })
    for (const { id } of madeTeams) run.give('send-inject', { team: id, inject: PRESS }, 10_000)
    answer(run, 'We know.', 0, 20_000)
    expect(timelineDue(run.state, 25_000).injects).toEqual([{ team, inject: 'thanks' }])
    run.give('send-inject', { team, inject: 'thanks' }, 25_000)
    expect(timelineDue(run.state, 310_001).injects.map(({ inject: id, team: of }) => [id, of])).toEqual([
      ['angry', 'saareke'],
      ['angry', 'laanemets'],
    ])
  })
})
