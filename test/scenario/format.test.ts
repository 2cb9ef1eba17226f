import { expect, test } from 'vitest'
import { type Diagnostic, nearest } from '../../server/scenario/diagnostics/diagnostics.ts'
import { formatDiagnostics } from '../../server/scenario/diagnostics/format.ts'
import { formatDuration, parseDuration } from '../../server/scenario/schema/durations.ts'

const found: Diagnostic = {
  file: 'scenario.yaml',
  line: 7,
  column: 6,
  severity: 'error',
  code: 'unknown-key',
  message: '`atack` is not a key here; did you mean `attack`?',
  hint: 'attack',
  source: 'ja: 北 atack: 3',
}

test('a diagnostic shows its place, the line and a caret under the column, also after wide characters', () => {
  expect(
    formatDiagnostics([
      { ...found, column: 7 },
      { ...found, severity: 'warning', source: '' },
    ]),
  ).toBe(
    [
      'scenario.yaml:7:7: error: `atack` is not a key here; did you mean `attack`? [unknown-key]',
      '    ja: 北 atack: 3',
      '           ^',
      '',
      'scenario.yaml:7:6: warning: `atack` is not a key here; did you mean `attack`? [unknown-key]',
      '',
      '1 error, 1 warning',
    ].join('\n'),
  )
})

test('control characters of a file do not reach the terminal', () => {
  const shown = formatDiagnostics([{ ...found, message: 'red \x1b[31m', source: 'a:\t\x1b[2J\u009b b' }])
  expect(shown).toContain('red \ufffd[31m')
  expect(shown).toContain('a:\t\ufffd[2J\ufffd b')
})

test.each([
  ['atack', ['attack', 'at'], 'attack'],
  ['Title', ['title', 'tile'], 'title'],
  ['aliveevery', ['aliveEvery'], 'aliveEvery'],
  ['colour', ['kilp', 'slug'], undefined],
  ['x', ['at'], undefined],
  ['at', [], undefined],
])('nearest to %s of %j is %s', (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected)
})

test.each([
  ['0s', 0],
  ['500ms', 500],
  ['1.5s', 1500],
  ['90s', 90_000],
  ['2m30s', 150_000],
  ['1h', 3_600_000],
  ['1h2m3s4ms', 3_723_004],
])('%s is %i ms', (authored, ms) => {
  expect(parseDuration(authored)).toBe(ms)
})

test.each(['', 's', '5', '3 min', '-1s', '1s2m', '1m1m', '1e3s', '٣s'])('%j is no duration', (authored) => {
  expect(parseDuration(authored)).toBeNull()
})

test.each([0, 1, 999, 61_000, 150_000, 3_723_004])('%i ms written and read is the same', (ms) => {
  expect(parseDuration(formatDuration(ms))).toBe(ms)
})
