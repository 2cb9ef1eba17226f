import { expect, it } from 'vitest'
import { castHeadLine, castLine, readCast } from '../../server/exercise/wire/cast.ts'

const head = castHeadLine({
  cols: 80,
  rows: 24,
  title: 'tax',
  term: 'xterm-256color',
  wallMs: 1_700_000_000_900,
})

/** By the rules of asciicast v2, and nothing else. */
export function checkAsciicast(text: string): readonly (readonly [number, string, string])[] {
  const [first = '', ...lines] = text.trimEnd().split('\n')
  const said = JSON.parse(first) as Record<string, unknown>
  expect(said.version).toBe(2)
  expect([Number.isInteger(said.width), Number.isInteger(said.height)]).toEqual([true, true])
  if ('timestamp' in said) expect(Number.isInteger(said.timestamp)).toBe(true)
  for (const value of Object.values(said.env ?? {})) expect(typeof value).toBe('string')
  let before = 0
  return lines.map((line) => {
    const event = JSON.parse(line) as [number, string, string]
    expect(event).toHaveLength(3)
    expect(event[0]).toBeGreaterThanOrEqual(before)
    expect(['o', 'r']).toContain(event[1])
    if (event[1] === 'r') expect(event[2]).toMatch(/^\d+x\d+$/)
    before = event[0]
    return event
  })
}

it('a recording is asciicast v2, and is read as it was written', () => {
  const text = [
    head,
    castLine({ atS: 0.25, kind: 'output', text: '\u001b[1mtere õhtust 漢\u001b[0m\r\n"\\' }),
    castLine({ atS: 1.5, kind: 'resize', cols: 120, rows: 40 }),
  ].join('')
  expect(JSON.parse(head)).toEqual({
    ...{ version: 2, width: 80, height: 24, timestamp: 1_700_000_000 },
    ...{ title: 'tax', env: { TERM: 'xterm-256color' } },
  })
  expect(checkAsciicast(text)).toEqual([
    [0.25, 'o', '\u001b[1mtere õhtust 漢\u001b[0m\r\n"\\'],
    [1.5, 'r', '120x40'],
  ])
  expect(readCast(text)).toEqual({
    size: { cols: 80, rows: 24 },
    events: [
      { atS: 0.25, kind: 'output', text: '\u001b[1mtere õhtust 漢\u001b[0m\r\n"\\' },
      { atS: 1.5, kind: 'resize', cols: 120, rows: 40 },
    ],
  })
})

it('what is cut off, foreign or out of bounds is passed over, and time never goes back', () => {
  const lines = [
    '[2, "o", "a"]',
    '[1, "o", "b"]',
    '[3, "i", "typed"]',
    '[3, "m", ""]',
    '[3, "r", "99999x2"]',
    '[3, "r", "0x2"]',
    '["3", "o", "c"]',
    '{"o": 1}',
    '',
    '[4, "o", "half a li',
  ]
  expect(readCast(head + lines.join('\n'))?.events).toEqual([
    { atS: 2, kind: 'output', text: 'a' },
    { atS: 2, kind: 'output', text: 'b' },
  ])
  for (const bad of ['', 'no', '[]', '{"version":1,"width":80,"height":24}', '{"version":2,"width":80}'])
    expect(readCast(bad)).toBeNull()
  expect(readCast('{"version":2,"width":80000,"height":24}')).toBeNull()
})
