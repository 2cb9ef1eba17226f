import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { injectOf, teamOf } from '#exercise/fold/state.ts'
import { pilotOf } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { decideMessages, type Learned } from '#exercise/pilots/messages.ts'
import { PILOTS, type Pilot, type Scenario } from '#exercise/scenario/model.ts'
import { LANGS } from '#exercise/scenario/words.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { gradingView } from '#exercise/views/grading-view.ts'
import { blue } from '../kit/actors.ts'
import { inject, madeTeams, peopledScenario, text } from './made-scenario.ts'
import { attacked, finish, type Run, runningRun, seen } from './run.ts'

const team = 'meremaa'
const learned =
  (scenario: Scenario) =>
  (id: string): Learned | undefined => {
    const found = scenario.injects.find((one) => one.id === id)
    return (
      found && {
        answers: found.pilots ?? {},
        right: (found.expects?.kind === 'choice' && found.expects.right) || [],
      }
    )
  }
const viewOf = (run: Run, of = team) =>
  fold(run.ledger.flatMap((event) => redact(event, { seat: 'blue', team: of }) ?? []))
const answers = (run: Run, pilot: Pilot, atMs: number) =>
  decideMessages(pilot, team, viewOf(run), learned(run.state.scenario), atMs)

/** Plays a pilot against what comes, in steps of a second; when it answered each message. */
function play(run: Run, pilot: Pilot, untilMs: number): Readonly<Record<string, number>> {
  const at: Record<string, number> = {}
  for (let now = run.state.atMs; now < untilMs; now += 1_000)
    for (const { inject: id, content } of answers(run, pilot, now)) {
      at[id] = now
      const of = { team, inject: id, seen: 0 }
      if (content.kind !== 'question') run.give('answer-inject', { ...of, content }, now, pilotOf(team))
      else
        run.give(
          'try-question',
          { ...of, text: content.text, digest: `${content.text}-digest` },
          now,
          pilotOf(team),
        )
    }
  return at
}

/** The press at 10 s (300 s to answer), a situation report at 30 s (60 s), a choice at 60 s (300 s), a notice. */
function sent(scenario: Scenario = peopledScenario): Run {
  const run = runningRun(scenario)
  run.give('send-inject', { team, inject: 'press-asks' }, 10_000)
  run.give('send-inject', { team, inject: 'sitrep' }, 30_000)
  run.give('send-inject', { team, inject: 'which-law' }, 60_000)
  run.give('send-inject', { team, inject: 'be-warned' }, 60_000)
  return run
}

describe('machine-played teams answer messages', () => {
  test('swift early, steady in time, clumsy late; nobody a notice, and each message once', () => {
    expect(play(sent(), 'swift', 600_000)).toEqual({
      sitrep: 60_000,
      'press-asks': 115_000,
      'which-law': 135_000,
    })
    const steady = play(sent(), 'steady', 600_000)
    expect(steady).toEqual({ sitrep: 75_000, 'press-asks': 235_000, 'which-law': 240_000 })
    const clumsy = play(sent(), 'clumsy', 600_000)
    expect(clumsy.sitrep).toBe(105_000)
    expect(clumsy['press-asks']).toBe(385_000)
    // A choice it makes in time, and wrong.
    expect(clumsy['which-law']).toBeLessThan(360_000)
  })

  test('who plays by hand or not at all says nothing, nor does anybody while the exercise stands', () => {
    const run = sent()
    expect(answers(run, 'person', 599_000)).toEqual([])
    expect(answers(run, 'absent', 599_000)).toEqual([])
    run.give('pause-exercise', { reason: '' }, 500_000)
    for (const pilot of PILOTS) expect(answers(run, pilot, 500_000)).toEqual([])
  })

  test('a choice is graded at once: right of the skilled, wrong of the clumsy', () => {
    const points = (['swift', 'steady', 'clumsy'] as const).map((pilot) => {
      const run = sent()
      play(run, pilot, 370_000)
      return scoreAt(run.state, team, 370_000).categories.strategic
    })
    expect(points.map((one) => Math.round(one.points))).toEqual([233, 233, 0])
    expect(points[1]?.possible).toBe(points[0]?.possible)
  })

  test('nobody grades words but people: without a grade they count nowhere, and late ones as none', () => {
    const [swift, clumsy] = (['swift', 'clumsy'] as const).map((pilot) => {
      const run = sent()
      play(run, pilot, 590_000)
      expect(
        gradingView(run.state)
          .queue.map((one) => (one.kind === 'inject' ? one.inject : one.kind))
          .toSorted(),
      ).toEqual(['press-asks', 'sitrep'])
      finish(run)
      return scoreAt(run.state, team, 600_000)
    })
    expect(swift?.categories.reporting).toEqual({ points: 0, possible: 0 })
    expect(clumsy?.categories.reporting).toMatchObject({ points: 0, possible: expect.closeTo(120, 0) })
    expect(clumsy?.categories.strategic.possible).toBeCloseTo(700, 0)
  })

  test('says what its own view knows, in all languages, with since when', () => {
    const run = sent()
    seen(run, team, 'tax/alive', 'down', 61_000)
    attacked(run, team, 'wave-1', 'landed')
    const [swift] = answers(run, 'swift', 116_000).filter((one) => one.inject === 'press-asks')
    const words = swift?.content.kind === 'text' ? swift.content.inLanguages?.text : undefined
    expect(words?.en).toContain('Service tax (since 1:01)')
    expect(words?.en).toContain(
      'Attackers have got into these services, and we are removing them: Service population.',
    )
    for (const lang of LANGS) expect(words?.[lang]).toMatch(/1:01/)
    const [report] = answers(run, 'steady', 116_000).filter((one) => one.inject === 'sitrep')
    expect(report?.content).toMatchObject({
      kind: 'form',
      fields: {
        services: expect.stringContaining('Service tax'),
        planned: expect.stringContaining('population'),
      },
    })
    expect(words?.en).toMatch(/^This team is played by the autopilot/)
    // What it says depends on its own team alone.
    seen(run, 'saareke', 'portal/alive', 'down', 117_000)
    expect(JSON.stringify(answers(run, 'swift', 118_000))).not.toContain('portal')
  })

  test('is never longer than is asked for, or it would be refused for ever', () => {
    const short = inject('press-asks', 10_000, { expects: { kind: 'text', maxLength: 80 } })
    const run = sent({ ...peopledScenario, injects: [short, ...peopledScenario.injects.slice(1)] })
    expect(play(run, 'swift', 200_000)['press-asks']).toBe(115_000)
    expect(injectOf(teamOf(run.state, team), 'press-asks')?.answers).toHaveLength(1)
  })

  test('the scenario’s words go before, and no audience but white has them beforehand', () => {
    const scenario: Scenario = {
      ...peopledScenario,
      injects: [
        inject('press-asks', 10_000, {
          pilots: { swift: { kind: 'text', text: text('secret-words of swift') } },
        }),
        ...peopledScenario.injects.slice(1),
      ],
    }
    const run = sent(scenario)
    for (const { id } of madeTeams) expect(JSON.stringify(viewOf(run, id))).not.toContain('secret-words')
    expect(JSON.stringify(run.ledger.filter(({ type }) => type === 'inject.sent'))).not.toContain(
      'secret-words',
    )
    play(run, 'swift', 200_000)
    expect(injectOf(teamOf(viewOf(run), team), 'press-asks')?.answers).toMatchObject([
      {
        content: {
          text: 'secret-words of swift',
          inLanguages: { text: { et: 'secret-words of swift (et)' } },
        },
        by: { kind: 'pilot' },
      },
    ])
    expect(JSON.stringify(viewOf(run, 'saareke'))).not.toContain('secret-words')
  })

  test('a question is tried once, in time, with what the scenario says for the skill, right or wrong; without that, and a file, never', () => {
    const question = peopledScenario.injects.find(({ id }) => id === 'which-file') ?? inject('which-file', 0)
    const scenario: Scenario = {
      ...peopledScenario,
      injects: peopledScenario.injects.map((one) =>
        one === question
          ? {
              ...question,
              pilots: {
                swift: { kind: 'question', text: 'right' },
                clumsy: { kind: 'question', text: 'wrong' },
              },
            }
          : one,
      ),
    }
    const played = (pilot: Pilot, of: Scenario = scenario) => {
      const run = sent(of)
      run.give('send-inject', { team, inject: 'hand-in' }, 100_000)
      run.give('send-inject', { team, inject: 'which-file' }, 120_000)
      const at = play(run, pilot, 595_000)
      expect(at['hand-in']).toBeUndefined()
      return { at: at['which-file'], asked: injectOf(teamOf(run.state, team), 'which-file'), run }
    }
    const swift = played('swift')
    expect(swift.at).toBe(195_000)
    expect(swift.asked?.tries).toMatchObject([{ right: true, text: 'right', by: { kind: 'pilot' } }])
    expect(scoreAt(swift.run.state, team, 595_000).categories.forensics).toEqual({
      points: 200,
      possible: 200,
    })
    const clumsy = played('clumsy')
    expect(clumsy.asked?.tries).toMatchObject([{ right: false, text: 'wrong' }])
    expect(clumsy.asked?.hints).toEqual([])
    for (const none of [played('steady'), played('swift', peopledScenario)]) {
      expect(none.asked).toBeDefined()
      expect(none.asked?.tries).toEqual([])
    }
    // Nobody reads beforehand what it will try.
    const before = sent(scenario)
    before.give('send-inject', { team, inject: 'which-file' }, 120_000)
    expect(JSON.stringify(viewOf(before))).not.toMatch(/"(right|wrong)"/)
  })

  test('people have one wording for all readers: what a seat sends beside its words is dropped', () => {
    const run = sent()
    const content = {
      kind: 'text',
      text: 'We know.',
      inLanguages: { text: text('Something else') },
    } as const
    run.give('answer-inject', { team, inject: 'press-asks', content, seen: 0 }, 70_000, blue('b1'))
    expect(injectOf(teamOf(run.state, team), 'press-asks')?.answers[0]?.content).toEqual({
      kind: 'text',
      text: 'We know.',
    })
    // A machine that was handed the team does not answer again what people have answered.
    expect(answers(run, 'swift', 599_000).map((one) => one.inject)).not.toContain('press-asks')
  })
})
