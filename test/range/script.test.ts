import { describe, expect, test } from 'vitest'
import type { Step } from '../../server/engine/ports/script.ts'
import { readProbeLine } from '../../server/range/probe/probe-wire.ts'
import { execAt, namedEnv } from '../../server/range/probe/script.ts'
import { script } from './fixtures/spec.ts'

const exec = (name: string): Step => ({
  exec: { service: 'store', command: ['echo', name], env: { CANARY: '{{canary}}' }, user: 'root' },
  deadlineMs: 1_000,
})
const nested: Step = {
  repeat: { times: 2, everyMs: 0, until: false, steps: [exec('inner')] },
  deadlineMs: 1_000,
}
const sample = script([{ waitMs: 1, deadlineMs: 1 }, exec('step'), nested], [exec('setup')])

describe('the platform’s own copy of an exec step', () => {
  test.each([
    ['setup.0', 'setup'],
    ['steps.1', 'step'],
    ['steps.2.repeat.steps.0', 'inner'],
  ])('%s is found', (path, name) => {
    expect(execAt(sample, path)?.command).toEqual(['echo', name])
  })
  test.each([
    'steps.0',
    'steps.9',
    'steps',
    'setup.0.exec',
    'constructor',
    '__proto__.0',
    'steps.length',
    '',
    'steps.-1',
  ])('"%s" is none', (path) => {
    expect(execAt(sample, path)).toBeNull()
  })
  test('takes from the probe only variables that the step names', () => {
    const step = execAt(sample, 'setup.0')
    if (!step) throw new Error('expected a step')
    expect(namedEnv(step, { CANARY: 'c', LD_PRELOAD: '/evil.so' })).toEqual({ CANARY: 'c' })
    expect(namedEnv(step, {})).toEqual({ CANARY: '' })
  })
})

describe('lines of the probe', () => {
  test.each([
    ['{"ready":true,"addresses":["10.0.0.2"]}', { kind: 'ready', addresses: ['10.0.0.2'] }],
    ['{"pong":3}', { kind: 'pong', pong: 3, disk: null }],
    ['{"pong":3,"disk":{"bytes":9,"files":2}}', { kind: 'pong', pong: 3, disk: { bytes: 9, files: 2 } }],
    [
      '{"id":"1","exec":{"path":"setup.0","env":{"A":"b"}}}',
      { kind: 'exec', id: '1', path: 'setup.0', env: { A: 'b' } },
    ],
    [
      '{"id":"1","outcome":"pass","verdict":"up","ms":2,"evidence":null,"remember":{"a":"b"}}',
      {
        kind: 'answer',
        id: '1',
        answer: {
          outcome: 'pass',
          verdict: 'up',
          ms: 2,
          evidence: null,
          remember: { a: 'b' },
          refused: null,
        },
      },
    ],
  ])('%s', (line, expected) => {
    expect(readProbeLine(line)).toEqual(expected)
  })
  test.each([
    '',
    '{"id":',
    'null',
    '7',
    '"x"',
    '[]',
    '{"id":7,"outcome":"pass"}',
    '{"id":"1","outcome":"maybe"}',
    '{"id":"1","outcome":"pass","verdict":"down"}',
    '{"id":"1","outcome":"fail","verdict":{"up":true}}',
    '{"id":"1","exec":{"path":{"toString":1}}}',
  ])('"%s" is thrown away', (line) => {
    expect(readProbeLine(line)).toBeNull()
  })
  test('an answer is taken in its form only', () => {
    const hostile = {
      id: '1',
      outcome: 'fail',
      verdict: 'broken',
      ms: 'NaN',
      refused: 'yes',
      evidence: { step: 'x'.repeat(1_000_000), sent: { a: 1 }, received: null, more: 'm', ms: -1 },
      remember: JSON.parse('{"a":1,"b":"b","__proto__":{"polluted":"yes"}}') as object,
    }
    const read = readProbeLine(JSON.stringify(hostile))
    expect(read).toEqual({
      kind: 'answer',
      id: '1',
      answer: {
        outcome: 'fail',
        verdict: 'broken',
        ms: 0,
        evidence: { step: 'x'.repeat(20_000), sent: '', received: '', expected: '', ms: 0 },
        remember: { b: 'b' },
        refused: null,
      },
    })
  })
})
