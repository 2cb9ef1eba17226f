import { describe, expect, test } from 'vitest'
import { cleanName, MOST_NAME_LENGTH, sniff } from '../../server/exercise/scenario/file-types.ts'

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]

describe('a file is what its name and its content say alike', () => {
  test.each([
    ['map.PNG', bytes(PNG), 'image/png'],
    ['photo.jpeg', bytes([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['paper.pdf', bytes('%PDF-1.7\n', [0, 1, 2]), 'application/pdf'],
    ['被害状況.csv', bytes('\ufeff名前,件数\n税,3\n'), 'text/csv'],
    ['a.txt', bytes('õäöü 𠮷\ttab\r\n'), 'text/plain'],
    ['a.md', bytes('# x <script>alert(1)</script>'), 'text/markdown'],
    ['day.ics', bytes('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'), 'text/calendar'],
    ['net.pcap', bytes([0xd4, 0xc3, 0xb2, 0xa1, 2, 0]), 'application/vnd.tcpdump.pcap'],
  ])('%s', (name, content, type) => {
    expect(sniff(name, content)).toEqual({ ok: true, type })
  })

  test.each([
    ['a page as a picture', 'map.png', bytes('<!doctype html>'), 'other-content'],
    ['a picture as a text', 'a.txt', bytes(PNG), 'other-content'],
    ['a picture as another', 'a.jpg', bytes(PNG), 'other-content'],
    ['a program as a table', 'a.csv', bytes([0x7f, 0x45, 0x4c, 0x46, 2, 1]), 'other-content'],
    ['signs that a terminal obeys', 'a.txt', bytes('\u001b[2J'), 'other-content'],
    ['a byte that is no text', 'a.txt', bytes([0x61, 0xff]), 'other-content'],
    ['half of a pair', 'a.txt', bytes([0xed, 0xa0, 0x80]), 'other-content'],
    ['too long a form of a slash', 'a.txt', bytes([0xc0, 0xaf]), 'other-content'],
    ['a letter that is cut', 'a.txt', bytes([0xe3, 0x81]), 'other-content'],
    ['what is beyond Unicode', 'a.txt', bytes([0xf4, 0x90, 0x80, 0x80]), 'other-content'],
    ['a calendar that is none', 'a.ics', bytes('hello'), 'other-content'],
    ['nothing', 'a.txt', bytes(), 'empty'],
    ['a page', 'a.html', bytes('<p>'), 'unknown-ending'],
    ['a picture that runs scripts', 'a.svg', bytes('<svg/>'), 'unknown-ending'],
    ['no ending', 'toString', bytes('a'), 'unknown-ending'],
    ['an ending that every object has', 'a.constructor', bytes('a'), 'unknown-ending'],
  ])('not %s', (_, name, content, why) => {
    expect(sniff(name, content)).toEqual({ ok: false, why })
  })
})

describe('names', () => {
  test.each([
    ['被害状況.csv', '被害状況.csv'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\x\\a.pdf', 'a.pdf'],
    ['a\u0000\u001b[31m\nb.txt', 'a[31mb.txt'],
    ['invoice\u202egpj.pdf', 'invoicegpj.pdf'],
    ['.hidden.txt', 'hidden.txt'],
    ['o\u0303.txt', 'õ.txt'],
    ['  a.txt ', 'a.txt'],
    ['', null],
    ['/', null],
    ['...', null],
  ])('%j is kept as %j', (name, kept) => {
    expect(cleanName(name)).toBe(kept)
    if (kept !== null) expect(cleanName(kept)).toBe(kept)
  })

  test('a long one is cut before its ending, never in the middle of a letter', () => {
    const name = cleanName(`${'𠮷'.repeat(200)}.pdf`) ?? ''
    expect(name.length).toBeLessThanOrEqual(MOST_NAME_LENGTH)
    expect(name).toMatch(/^𠮷+\.pdf$/u)
    expect(cleanName(name)).toBe(name)
  })
})
