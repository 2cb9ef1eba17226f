import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LANGS } from '#exercise/scenario/words.ts'
import { markdownOf } from '#exercise/views/report/markdown.ts'
import { documentOf, namesIn, reportFor, tablesOf, type Wanted } from '#exercise/views/report/report.ts'
import { TABLES } from '#exercise/views/report/tables.ts'
import { WORDS } from '#exercise/views/report/words/by-lang.ts'
import { foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { goldenLedger } from '../golden-views.ts'
import { randomExercise } from '../random-exercise.ts'

const END_MS = 600_000
const WANTED: readonly Wanted[] = [
  { reader: 'minister' },
  { reader: 'excon' },
  { reader: 'team', team: 'saareke' },
]

/** Words in which a number or a name is missing. */
const BROKEN = /undefined|NaN|Infinity|\[object/

describe('reports as Markdown', () => {
  test('whatever happens, every report is whole in every language', { timeout: 30_000 }, () => {
    let told = 0
    fc.assert(
      fc.property(randomExercise, (run) => {
        const { state } = run
        const teams = state.teams.map(({ id }): Wanted => ({ reader: 'team', team: id }))
        for (const wanted of [...WANTED.slice(0, 2), ...teams]) {
          const report = reportFor(state, null, state.atMs, { seat: 'white' }, wanted)
          if (!report) throw new Error('no report')
          for (const lang of LANGS) {
            const text = markdownOf(documentOf(report, WORDS[lang], namesIn(state, lang)))
            expect(text).not.toMatch(BROKEN)
            told += text.length
          }
        }
      }),
      { numRuns: 25 },
    )
    expect(told).toBeGreaterThan(10_000)
  })

  test('what people write is no markup, and no line of a table ends within a cell', () => {
    const text = markdownOf({
      title: '*Storm* <b>',
      blocks: [
        { kind: 'text', text: '2. koht\n# a' },
        {
          kind: 'list',
          items: [{ text: '[x](javascript:y)' }, { text: 'A01', href: 'https://owasp.org/Top10/2025/' }],
        },
        {
          kind: 'table',
          name: 't',
          caption: 'T',
          head: ['a|b', 'c'],
          rows: [[{ text: 'x|y\nz' }, { text: '1', number: true }]],
        },
        { kind: 'picture', picture: 'lost', caption: 'P' },
      ],
    })
    expect(text.split('\n')).toEqual([
      '# \\*Storm\\* \\<b\\>',
      '',
      '2\\. koht \\# a',
      '',
      '- \\[x\\](javascript:y)',
      '- [A01](https://owasp.org/Top10/2025/)',
      '',
      '| a\\|b | c |',
      '| --- | ---: |',
      '| x\\|y z | 1 |',
      '',
    ])
  })

  test.each(['first-light', 'witness', 'exercise-day'])(
    'of the golden ledger %s, in every language and for every reader, at every minute',
    (name) => {
      const whole = goldenLedger(name)
      for (let ms = 0; ms <= END_MS; ms += 60_000) {
        const ledger = whole.filter(({ at }) => at <= ms)
        const { state, losses } = foldOn(nothingFolded, ledger, ledger.length)
        for (const wanted of WANTED) {
          const report = reportFor(state, losses, ms, { seat: 'white' }, wanted)
          if (!report) throw new Error('no report')
          const tables = tablesOf(report, 'en')
          expect(tables.map((table) => table.name)).toEqual([...TABLES[wanted.reader]])
          for (const { columns, rows } of tables)
            for (const row of rows) {
              expect(row).toHaveLength(columns.length)
              expect(row.filter((value) => typeof value === 'number' && !Number.isFinite(value))).toEqual([])
            }
          const texts = LANGS.map((lang) => markdownOf(documentOf(report, WORDS[lang], namesIn(state, lang))))
          for (const text of texts) {
            expect(text).not.toMatch(BROKEN)
            // Each row of a table has as many cells as its head.
            for (const table of text.split('\n\n').filter((part) => part.startsWith('|')))
              expect(
                new Set(
                  table
                    .trimEnd()
                    .split('\n')
                    .map((row) => row.replaceAll('\\|', '').split('|').length),
                ).size,
              ).toBe(1)
          }
          const headings = texts.map((text) => text.split('\n').filter((one) => one.startsWith('#')).length)
          expect(new Set(headings).size).toBe(1)
        }
      }
    },
  )
})
