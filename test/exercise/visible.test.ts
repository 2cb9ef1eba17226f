import { expect, test } from 'vitest'
import { fitAnswer } from '#exercise/decide/answer-content.ts'
import { fitText } from '#exercise/decide/entry-words.ts'
import { fitComment } from '#exercise/decide/grading.ts'
import { teamOf } from '#exercise/fold/state.ts'
import { hasVisible } from '#exercise/scenario/visible.ts'
import { blue, white } from '../kit/actors.ts'
import { inject, peopledScenario } from './made-scenario.ts'
import { runningRun } from './run.ts'

/** By what they are: NUL, a control, soft hyphen, joiners and marks of direction, fillers of Hangul, blank braille, selectors, tags, private and half a pair. */
const UNSEEN = [
  '\u0000',
  '\u001b',
  '\u00ad',
  '\u034f',
  '\u115f',
  '\u180e',
  '\u200b',
  '\u202e',
  '\u2060',
  '\u2800',
  '\u3000',
  '\u3164',
  '\ud800',
  '\ue000',
  '\ufe0f',
  '\ufeff',
  '\uffa0',
  '\u{1d159}',
  '\u{e0041}',
]

test('what nobody sees is no text, and one sign beside it is', () => {
  expect([...UNSEEN, UNSEEN.join('')].filter(hasVisible)).toEqual([])
  for (const seen of ['a', '1', '.', 'õ', '字', '。', '🙂', '👩‍🚒', 'e\u0301', '\u0e33'])
    expect([seen, hasVisible(`\u200b${seen}`)]).toEqual([seen, true])
})

test.each(UNSEEN.map((text) => [JSON.stringify(text), text]))('%s is no answer', (_, text) => {
  expect(fitAnswer({ kind: 'text', maxLength: 9 }, { kind: 'text', text })).toMatchObject({ ok: false })
  const form = (fields: Readonly<Record<string, string>>) =>
    fitAnswer({ kind: 'sitrep' }, { kind: 'form', fields })
  expect(form({ needs: text })).toMatchObject({ ok: false })
  expect(form({ needs: text, impact: 'None.' })).toMatchObject({ content: { fields: { impact: 'None.' } } })
  expect(fitText({ en: 'a', et: text, ja: 'a' }, 9)).toBe(false)
  expect(fitComment(text)).toEqual({ ok: true, value: '' })
})

test('a seat has an id and, where it has one, a label that can be seen', () => {
  const run = runningRun(peopledScenario)
  const seat = { seatId: 's9', seat: 'observer', team: null, label: 'Press' } as const
  const refused = (more: Partial<typeof seat> | { readonly label: string } | { readonly seatId: string }) =>
    run.refused('issue-seat', { ...seat, ...more }, 1_000, white()).code
  for (const text of UNSEEN.filter((one) => one.trim() !== '')) {
    expect([text, refused({ label: text })]).toEqual([text, 'label-unseen'])
    expect([text, refused({ seatId: text })]).toEqual([text, 'seat-exists'])
  }
  expect(run.give('issue-seat', seat, 1_000, white())).toHaveLength(1)
})

test('a message that is answered with nothing to see waits on, and a report is not the more complete for it', () => {
  const team = 'meremaa'
  const run = runningRun({ ...peopledScenario, injects: [inject('asked', 1_000)] })
  run.give('send-inject', { team, inject: 'asked' }, 1_000)
  const data = { team, inject: 'asked', content: { kind: 'text', text: '\u0000\u200b' }, seen: 0 } as const
  expect(run.refused('answer-inject', data, 2_000, blue()).code).toBe('answer-too-long')
  const nothing = { technique: '', indicators: '\u200b', actions: '\u0000', confidence: 'low' } as const
  const fields = { service: 'tax', noticedMs: 0, ...nothing }
  run.give('file-report', { team, report: 'R1', fields, seen: 0 }, 2_000, blue())
  expect(teamOf(run.state, team)?.reports[0]?.versions[0]?.fields).toMatchObject({
    indicators: '',
    actions: '',
  })
})
