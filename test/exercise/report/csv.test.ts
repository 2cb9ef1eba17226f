import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvText } from '#exercise/views/report/csv.ts'

const line = (value: string | number | boolean | null) =>
  csvText({ columns: ['a'], rows: [[value]] })
    .replace('\uFEFFa\r\n', '')
    .replace(/\r\n$/, '')

describe('tables as CSV', () => {
  test('what a spreadsheet would run as a formula gets an apostrophe, numbers stay numbers', () => {
    for (const written of ['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '\t=1', ' =1', '\uFEFF=1'])
      expect(line(written).replace(/^"/, '').startsWith("'")).toBe(true)
    expect(line(-5.5)).toBe('-5.5')
    expect(line('a=1')).toBe('a=1')
    expect(line('=HYPERLINK("http://x","y")')).toBe(`"'=HYPERLINK(""http://x"",""y"")"`)
  })

  test('quotes, commas and lines are quoted, nothing is an empty field', () => {
    expect(line('a "b", c\nd')).toBe('"a ""b"", c\nd"')
    expect([line(null), line(true), line('')]).toEqual(['', 'true', ''])
  })

  test('whatever people write, each field is read back as it was, and begins no formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (fields) => {
        const text = csvText({ columns: fields.map((_, n) => `c${n}`), rows: [fields] })
        const [, row = ''] = /^\uFEFF[^\r]*\r\n([\s\S]*)\r\n$/.exec(text) ?? []
        const read = [...`${row},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/g)].map(
          ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
        )
        expect(read.map((one, n) => (one === fields[n] ? one : one.replace(/^'/, '')))).toEqual(fields)
        for (const one of read) expect(one).not.toMatch(/^\s*[=+\-@]/)
      }),
    )
  })
})
