import { describe, expect, test } from 'vitest'
import type { CommandPayloads } from '#exercise/decide/commands.ts'
import { injectOf, teamOf } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { normalisedAnswer } from '#exercise/scenario/question.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { inboxView } from '#exercise/views/inbox-view.ts'
import { surprised } from '../../server/engine/platform/surprise.ts'
import { completed, questionDigest } from '../../server/engine/question-digest.ts'
import { blue } from '../kit/actors.ts'
import { inject, peopledScenario, text } from './made-scenario.ts'
import { finish, type Run, runningRun } from './run.ts'

const team = 'meremaa'
const ID = 'which-file'
const WORTH = 200
/** The exercise as it is created: with digests in place of answers. The seed is that of `readyRun`. */
const scenario = surprised(
  {
    ...peopledScenario,
    injects: [
      inject(ID, 10_000, {
        expects: {
          kind: 'question',
          tries: 3,
          hints: [text('Vague secret-hint'), text('Exact secret-hint')],
          answers: ['deploy/id_deploy', 'id_deploy'],
        },
        rubric: [],
        category: 'forensics',
      }),
      inject('thanks', 0, {
        number: 2,
        expects: null,
        category: null,
        weight: 0,
        trigger: { kind: 'after', after: { kind: 'inject', id: ID, outcome: 'answered' }, delayMs: 0 },
      }),
    ],
  },
  'seed',
)
const asked = (): Run => {
  const run = runningRun(scenario)
  run.give('send-inject', { team, inject: ID }, 10_000)
  return run
}
const ENGINE = { seed: 'seed', scenario }
interface Asked {
  readonly type: 'try-question'
  readonly data: CommandPayloads['try-question']
}
const withDigest = (words: string, seen: number) =>
  completed<Asked>({ type: 'try-question', data: { team, inject: ID, text: words, seen } }, ENGINE).data
const tryIt = (run: Run, words: string, seen: number, at = 20_000) =>
  run.give('try-question', withDigest(words, seen), at, blue('b1'))
const refused = (run: Run, words: string, seen: number, at = 20_000) =>
  run.refused('try-question', withDigest(words, seen), at, blue('b1')).code
const forensics = (run: Run) => scoreAt(run.state, team, run.state.atMs).categories.forensics
const sentOf = (run: Run) => injectOf(teamOf(run.state, team), ID)

describe('a question with one right answer', () => {
  test('[SC23] answered right at once: all its points; each wrong try and each hint takes a part', () => {
    const run = asked()
    expect(forensics(run)).toEqual({ points: 0, possible: 0 })
    tryIt(run, '  ID_deploy ', 0)
    expect(forensics(run)).toEqual({ points: WORTH, possible: WORTH })
    const slow = asked()
    tryIt(slow, 'passwd', 0)
    slow.give('take-question-hint', { team, inject: ID, level: 1 }, 21_000, blue('b1'))
    tryIt(slow, 'deploy/id_deploy', 1, 22_000)
    expect(forensics(slow).points).toBeCloseTo(WORTH * (1 - 0.25 - 0.2), 2)
  })

  test('[SC23] when all tries are used it is possible and lost', () => {
    const run = asked()
    for (const [n, words] of ['a', 'b', 'c'].entries()) tryIt(run, words, n)
    expect(forensics(run)).toEqual({ points: 0, possible: WORTH })
    expect(refused(run, 'id_deploy', 3)).toBe('question-over')
    expect(run.refused('take-question-hint', { team, inject: ID, level: 1 }, 30_000).code).toBe(
      'question-over',
    )
  })

  test('many people of a team at once have no more tries than one', () => {
    const run = asked()
    tryIt(run, 'a', 0)
    // All of them have seen no try yet.
    for (const words of ['b', 'c', 'd', 'id_deploy']) expect(refused(run, words, 0)).toBe('no-longer-so')
    expect(tryIt(run, ' A', 0)).toEqual([])
    expect(sentOf(run)?.tries).toHaveLength(1)
  })

  test('[SC20] a late answer earns half, and none at all is lost when its time is over', () => {
    const run = asked()
    tryIt(run, 'id_deploy', 0, 310_001)
    expect(forensics(run)).toEqual({ points: WORTH / 2, possible: WORTH })
    const none = asked()
    finish(none)
    expect(forensics(none)).toEqual({ points: 0, possible: WORTH })
  })

  test('what waits for its answer comes when it is over, right or wrong', () => {
    const run = asked()
    tryIt(run, 'a', 0)
    expect(timelineDue(run.state, 20_000).injects.map((one) => one.inject)).not.toContain('thanks')
    tryIt(run, 'id_deploy', 1)
    expect(timelineDue(run.state, 20_000).injects).toContainEqual({ team, inject: 'thanks' })
  })

  test('neither answers nor hints nor what was tried reach anybody who is not to have them', () => {
    const run = asked()
    tryIt(run, 'my-guess', 0)
    run.give('take-question-hint', { team, inject: ID, level: 1 }, 21_000, blue('b1'))
    expect(JSON.stringify(run.ledger)).not.toContain('deploy/id_deploy')
    const own = JSON.stringify(run.ledger.flatMap((event) => redact(event, { seat: 'blue', team }) ?? []))
    expect(own).toContain('my-guess')
    expect(own).toContain('Vague secret-hint')
    expect(own).not.toContain('Exact secret-hint')
    expect(own).not.toMatch(/digest|[0-9a-f]{64}/)
    const [item] = inboxView(run.state, 22_000, team, { seat: 'blue', team })
    expect(JSON.stringify(item)).not.toMatch(/Exact secret-hint|[0-9a-f]{64}/)
    const others = JSON.stringify(
      run.ledger.flatMap((event) => redact(event, { seat: 'blue', team: 'saareke' }) ?? []),
    )
    expect(others).not.toMatch(/my-guess|secret-hint|[0-9a-f]{64}/)
    expect(exerciseView(run.state, 22_000, { seat: 'guest' }).injects).toEqual([])
  })

  test('a cloned question is answered by the same words, and its team is not told of which it is a clone', () => {
    const run = asked()
    const words = text('Once more')
    const [channel, roles] = ['mail', []] as const
    const like = { like: ID, title: words, text: words, from: words, withinMs: null, counts: true } as const
    const entry = { kind: 'inject', ...like, channel, roles, wants: 'nothing' } as const
    run.give(
      'add-entry',
      { id: 'again', atMs: 11_000, teams: null, entry: { ...entry, wants: 'text' } },
      10_000,
    )
    run.give(
      'add-entry',
      { id: 'third', atMs: 11_000, teams: null, entry: { ...entry, like: 'again', wants: 'text' } },
      10_000,
    )
    for (const inject of ['again', 'third']) {
      run.give('send-inject', { team, inject }, 11_000)
      const data = { team, inject, text: 'id_deploy', seen: 0 }
      const own = { seed: 'seed', scenario: run.state.scenario }
      run.give('try-question', completed<Asked>({ type: 'try-question', data }, own).data, 20_000, blue('b1'))
      expect(injectOf(teamOf(run.state, team), inject)?.grades).toMatchObject([{ share: 1 }])
    }
    const own = run.ledger.flatMap((event) => redact(event, { seat: 'blue', team }) ?? [])
    expect(JSON.stringify(own)).not.toMatch(/salt|[0-9a-f]{64}/)
  })

  test('a digest that somebody sends with their words is not theirs to send: the engine’s takes its place', () => {
    const good = questionDigest('seed', ID, 'id_deploy')
    const data = { team, inject: ID, text: 'guess', seen: 0, digest: good }
    expect(completed<Asked>({ type: 'try-question', data }, ENGINE).data.digest).toBe(
      questionDigest('seed', ID, 'guess'),
    )
    expect(questionDigest('other', ID, 'id_deploy')).not.toBe(good)
    expect(questionDigest('seed', 'other', 'id_deploy')).not.toBe(good)
  })

  test('compares without capitals, width and spaces, and not without more', () => {
    for (const same of ['id_deploy', ' ID_Deploy', 'ｉｄ＿ｄｅｐｌｏｙ', 'id_deploy\n'])
      expect(normalisedAnswer(same)).toBe('id_deploy')
    expect(normalisedAnswer('Two\t  Words')).toBe('two words')
    expect(normalisedAnswer('id-deploy')).not.toBe('id_deploy')
  })

  test('refuses what is no try, and says why', () => {
    const run = asked()
    expect(refused(run, '   ', 0)).toBe('answer-too-long')
    expect(refused(run, 'x'.repeat(201), 0)).toBe('answer-too-long')
    const content = { kind: 'text', text: 'id_deploy' } as const
    expect(run.refused('answer-inject', { team, inject: ID, content, seen: 0 }, 20_000).code).toBe(
      'wrong-answer-kind',
    )
    expect(run.refused('take-question-hint', { team, inject: ID, level: 2 }, 20_000).code).toBe(
      'no-longer-so',
    )
    run.give('take-question-hint', { team, inject: ID, level: 1 }, 20_000)
    run.give('take-question-hint', { team, inject: ID, level: 2 }, 20_000)
    expect(run.refused('take-question-hint', { team, inject: ID, level: 3 }, 20_000).code).toBe(
      'question-hints',
    )
  })
})
