import { expect, test } from 'vitest'
import { questionDigest } from '../../server/engine/question-digest.ts'
import { wireCommand } from '../../server/live/wire.ts'

const data = { team: 'red', inject: 'which-file', text: 'guess', seen: 0 }

test('a try comes without a digest: who sends one is refused before anything else', () => {
  expect(wireCommand.safeParse({ type: 'try-question', data }).success).toBe(true)
  const forged = { ...data, digest: questionDigest('s', 'which-file', 'id_deploy') }
  expect(wireCommand.safeParse({ type: 'try-question', data: forged }).success).toBe(false)
})

test.each([
  ['file-report', { team: 'red', report: 'R1', seen: 0, fields: { service: 'tax' } }],
  [
    'grade-report',
    { team: 'red', report: 'R1', match: true, criteria: {}, comment: '', final: false, seen: 1 },
  ],
  [
    'grade-report',
    { team: 'red', report: 'R1', match: 'a', criteria: { charm: 5 }, comment: '', final: false, seen: 1 },
  ],
  ['make-appeal', { team: 'red', subject: { kind: 'team', id: 'red' }, text: 'x' }],
  ['make-appeal', { team: 'red', subject: { kind: 'line', id: 'x' }, text: 'x'.repeat(50_000_000) }],
  ['answer-appeal', { team: 'red', appeal: 'A1', text: 'x', outcome: 'perhaps' }],
])('%s that says more, less or something else is refused', (type, sent) => {
  expect(wireCommand.safeParse({ type, data: sent }).success).toBe(false)
})
