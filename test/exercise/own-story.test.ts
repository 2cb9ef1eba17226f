import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { at } from '#exercise/scenario/trigger.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { dueNext } from '#exercise/views/own-story/due.ts'
import { ownStory } from '#exercise/views/own-story/own-story.ts'
import { blue, white } from '../kit/actors.ts'
import { goldenLedger } from './golden-views.ts'
import { inject, livedInScenario, peopledScenario } from './made-scenario.ts'
import { attacked, look, type Run, runningRun } from './run.ts'

const team = 'meremaa'
const mine: Audience = { seat: 'blue', team }
const viewOf = (run: Run, audience: Audience) =>
  fold(run.ledger.flatMap((event) => redact(event, audience) ?? []))
const codes = (run: Run, atMs: number, audience = mine) =>
  ownStory(viewOf(run, audience), atMs, team, audience).map(({ code }) => code)

const scenario = {
  ...peopledScenario,
  injects: [
    inject('press-asks', 0, { trigger: at(0) }),
    inject('no-answer', 0, { trigger: at(0), number: 2 }),
  ],
}

function day(): Run {
  const run = runningRun(scenario)
  run.give('send-inject', { team, inject: 'press-asks' }, 10_000)
  run.give('send-inject', { team, inject: 'no-answer' }, 20_000)
  const said = (words: string) => ({ kind: 'text', text: words }) as const
  run.give('answer-inject', { team, inject: 'press-asks', content: said('We know.'), seen: 0 }, 30_000, {
    ...blue('b1'),
    name: 'Mari',
  } as ReturnType<typeof blue>)
  run.give('pause-exercise', { reason: 'Lunch' }, 40_000, white())
  run.give('resume-exercise', {}, 40_000, white())
  run.give('answer-inject', { team, inject: 'press-asks', content: said('We know now.'), seen: 1 }, 50_000)
  run.give(
    'grade-inject',
    { team, inject: 'press-asks', criteria: { true: 3, calm: 1 }, comment: 'Good.', final: false, seen: 2 },
    60_000,
    white(),
  )
  run.give('write-handover', { team, text: 'All quiet.', seen: 0 }, 70_000, blue('b1'))
  return run
}

describe('a team’s own story', () => {
  test('tells in order what came, what was answered, changed and graded, pauses and notes, and what ran out', () => {
    const run = day()
    expect(codes(run, 80_000)).toEqual([
      'exercise.phase',
      'inject.sent',
      'inject.sent',
      'inject.answered',
      'exercise.paused',
      'exercise.resumed',
      'inject.amended',
      'inject.graded',
      'handover.written',
    ])
    // Its time was over at 320 s, exactly then in time.
    expect(codes(run, 320_000)).not.toContain('inject.unanswered')
    expect(codes(run, 320_001).at(-1)).toBe('inject.unanswered')
    const story = ownStory(viewOf(run, mine), 320_001, team, mine)
    const graded = story.find(({ code }) => code === 'inject.graded')
    expect(graded).toMatchObject({ said: 'Good.', lines: [{ code: 'strategic.graded' }] })
    expect(story.at(-1)?.lines.map(({ code }) => code)).toEqual(['strategic.unanswered'])
    expect(story.find(({ code }) => code === 'exercise.paused')?.said).toBe('Lunch')
    expect(new Set(story.map(({ id }) => id)).size).toBe(story.length)
  })

  test('is the team’s and white’s, and white sees no more in it', () => {
    const run = day()
    for (const audience of [
      { seat: 'guest' },
      { seat: 'observer' },
      { seat: 'blue', team: 'saareke' },
    ] satisfies Audience[])
      expect(ownStory(run.state, 90_000, team, audience)).toEqual([])
    const told = (audience: Audience) =>
      ownStory(viewOf(run, audience), 90_000, team, audience).map(({ id, title, said }) => ({
        id,
        title,
        said,
      }))
    expect(told({ seat: 'white' })).toEqual(told(mine))
  })

  test('of the golden day knows every kind, and its lines are lines of the score, each once', () => {
    const ledger = goldenLedger('exercise-day')
    const found = new Set<string>()
    for (const { id } of fold(ledger).teams) {
      const own: Audience = { seat: 'blue', team: id }
      const state = fold(ledger.flatMap((event) => redact(event, own) ?? []))
      const story = ownStory(state, state.atMs, id, own)
      for (const { kind, code } of story) found.add(kind).add(code)
      expect(new Set(story.map((one) => one.id)).size).toBe(story.length)
      expect(story.map(({ atMs }) => atMs)).toEqual(story.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
      const shown = story.flatMap(({ lines }) => lines.map((line) => line.id))
      expect(new Set(shown).size).toBe(shown.length)
      const all = explain(state, id, state.atMs, own)
        .filter(
          ({ category, possible }) => !(['availability', 'usability'].includes(category) && possible > 0),
        )
        .map((line) => line.id)
      expect(shown.toSorted()).toEqual(all.toSorted())
    }
    for (const kind of ['attack', 'message', 'report', 'service', 'citizen', 'people', 'score', 'exercise'])
      expect(found).toContain(kind)
  })

  test('says of a landed attack that it landed, and no more than the team may know', () => {
    const run = runningRun(peopledScenario)
    attacked(run, team, 'wave-1', 'landed')
    const story = ownStory(viewOf(run, mine), run.state.atMs, team, mine)
    expect(story.map(({ code }) => code)).toContain('attack.landed')
    expect(JSON.stringify(story.map(({ lines: _, ...told }) => told))).not.toMatch(/secret-hint/)
  })
})

describe('what is due next', () => {
  test('is what waits for the team, nearest first, and the end; what is answered is due no more', () => {
    const run = runningRun(scenario)
    run.give('send-inject', { team, inject: 'press-asks' }, 10_000)
    const ids = (atMs: number) => dueNext(viewOf(run, mine), atMs, team, mine).map(({ id }) => id)
    expect(ids(20_000)).toEqual(['phase/storm', 'message/press-asks', 'end/'])
    // Nothing is due after the end.
    const short = { ...run.state, scenario: { ...scenario, durationMs: 50_000 } }
    expect(dueNext(short, 20_000, team, mine).find(({ kind }) => kind === 'message')?.atMs).toBe(50_000)
    // Overdue, it is still due, and first.
    expect(ids(400_000)[0]).toBe('message/press-asks')
    const content = { kind: 'text', text: 'We know.' } as const
    run.give('answer-inject', { team, inject: 'press-asks', content, seen: 0 }, 400_000)
    expect(ids(400_001)).not.toContain('message/press-asks')
    expect(dueNext(run.state, 20_000, team, { seat: 'guest' })).toEqual([])
  })

  test('a citizen who was answered waits for one thing only, and until when', () => {
    const run = runningRun(livedInScenario)
    const visit = { team, persona: 'worker', service: 'tax', journey: 'file' }
    run.give('report-visit', { ...visit, ...look('broken') }, 20_000)
    const due = () => dueNext(viewOf(run, mine), 30_000, team, mine).filter(({ id }) => id.endsWith('/T1'))
    expect(due()).toMatchObject([{ kind: 'citizen' }])
    run.give('answer-ticket', { team, ticket: 'T1', text: 'We are at it.' }, 30_000)
    expect(due()).toMatchObject([{ kind: 'fix', atMs: 30_000 + livedInScenario.scoring.answerHoldsMs }])
  })
})
