import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isFileName, writeContainer } from '../../infra/services/sign/src/container.ts'
import { validate } from '../../infra/services/sign/src/validate.ts'
import { readZip } from '../../infra/services/sign/src/zip.ts'
import { writeZip } from '../../infra/services/sign/src/zip-writer.ts'
import { installed } from '../kit/installed.ts'
import { file, JAAN, MARI, openSigning } from './sign-fixture.ts'

/** A signed container packed anew by other tools: same entries, another archive. */
let signing: Awaited<ReturnType<typeof openSigning>>
let asice: Buffer
let names: readonly string[]
let folder = ''

beforeAll(async () => {
  signing = await openSigning()
  const files = [file('leping õ 1.txt', 'Mari sells Jaan a boat.'), file('empty.txt', '')]
  asice = writeContainer(await signing.sign(await signing.sign({ files, signatures: [] }, MARI), JAAN))
  folder = mkdtempSync(join(tmpdir(), 'archives-'))
  const entries = unzipSync(asice)
  names = Object.keys(entries)
  for (const [name, data] of Object.entries(entries)) {
    mkdirSync(dirname(join(folder, 'in', name)), { recursive: true })
    writeFileSync(join(folder, 'in', name), data)
  }
})
afterAll(() => {
  signing.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => rmSync(join(folder, 'out.asice'), { force: true }))

/** Runs a line of shell in the folder of the unpacked entries; `$OUT` is the archive. */
const shell = (line: string): Buffer => {
  const options = { cwd: join(folder, 'in'), env: { ...process.env, OUT: join(folder, 'out.asice') } }
  execFileSync('bash', ['-ec', `set -o pipefail; ${line}`], options)
  return readFileSync(join(folder, 'out.asice'))
}

async function expectToHold(archive: Buffer): Promise<void> {
  expect(archive).not.toEqual(asice)
  const report = await validate(archive, signing.trust)
  expect(report).toEqual(await validate(asice, signing.trust))
  expect([report.problem, report.signatures.length]).toEqual([null, 2])
}

describe.skipIf(!installed('zip'))('packed by Info-ZIP', () => {
  test.each([
    [
      'as it is (extra fields, Unix attributes, a folder)',
      'zip -q -0 $OUT mimetype && zip -q -r $OUT . -x mimetype',
    ],
    [
      'without extra fields, deflated hard',
      'zip -q -X -0 $OUT mimetype && zip -q -X -9 -r -D $OUT . -x mimetype',
    ],
    ['through a pipe (data descriptors)', 'zip -q -0 -r - mimetype . | cat > $OUT'],
    ['with a comment', 'zip -q -0 -r $OUT mimetype . && echo "Signed in Rannalinn" | zip -q -z $OUT'],
  ])('%s', async (_, line) => expectToHold(shell(line)))
})

const PYTHON = `
import io, sys, zipfile
class Pipe(io.RawIOBase):
    "What nobody can seek in: a socket."
    def __init__(self, out): self.out = out
    def writable(self): return True
    def write(self, data): return self.out.write(data)
names = sys.argv[1:]
for how in ['plain', 'streamed', 'zip64', 'streamed zip64', 'text comment', 'streamed comment']:
    with open('../' + how + '.asice', 'wb') as raw, zipfile.ZipFile(Pipe(raw) if 'streamed' in how else raw, 'w') as archive:
        for name in names:
            method = zipfile.ZIP_STORED if name == 'mimetype' else zipfile.ZIP_DEFLATED
            data = open(name, 'rb').read()
            if 'zip64' in how:
                info = zipfile.ZipInfo(name)
                info.compress_type = method
                with archive.open(info, 'w', force_zip64=True) as entry: entry.write(data)
            elif 'text' in how: archive.writestr(name, data, method)
            else: archive.write(name, compress_type=method)
        if 'comment' in how: archive.comment = 'Allkirjastatud'.encode()
`
describe.skipIf(!installed('python3'))('packed by Python’s zipfile', () => {
  beforeAll(() => void execFileSync('python3', ['-c', PYTHON, ...names], { cwd: join(folder, 'in') }))
  test.each(['plain', 'streamed', 'zip64', 'streamed zip64', 'text comment', 'streamed comment'])(
    '%s',
    (how) => expectToHold(readFileSync(join(folder, `${how}.asice`))),
  )
})

/** An archive of entries in which a test has its way with every field. */
interface Field {
  readonly name?: string
  readonly data?: string
  readonly flags?: number
  readonly localFlags?: number
  readonly localName?: string
  readonly extra?: string
  readonly attributes?: number
  readonly comment?: string
  /** Behind the data. */
  readonly behind?: Buffer
}
function archiveOf(entries: readonly Field[], { comment = '', before = '' } = {}): Buffer {
  const bodies: Buffer[] = [Buffer.from(before)]
  const directory: Buffer[] = []
  for (const { name = 'a', data = 'x', flags = 0, extra = '', attributes = 0, ...field } of entries) {
    const about = (said: number, called: string, tail: readonly number[], more: Buffer) => {
      const fixed = Buffer.alloc(26)
      for (const [at, value] of [20, said, 0, 0, 0].entries()) fixed.writeUInt16LE(value, at * 2)
      fixed.writeUInt32LE(crc32(data), 10)
      fixed.writeUInt32LE(data.length, 14)
      fixed.writeUInt32LE(data.length, 18)
      fixed.writeUInt16LE(Buffer.byteLength(called), 22)
      fixed.writeUInt16LE(extra.length / 2, 24)
      return Buffer.concat([fixed, Buffer.from(tail), more, Buffer.from(called), Buffer.from(extra, 'hex')])
    }
    const offset = bodies.reduce((sum, body) => sum + body.length, 0)
    const local = about(field.localFlags ?? flags, field.localName ?? name, [], Buffer.alloc(0))
    bodies.push(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), local, Buffer.from(data)]))
    if (field.behind) bodies.push(field.behind)
    const end = Buffer.alloc(14)
    end.writeUInt16LE((field.comment ?? '').length, 0)
    end.writeUInt32LE(attributes, 6)
    end.writeUInt32LE(offset, 10)
    const central = about(flags, name, [], end)
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), central, Buffer.from(field.comment ?? '')]),
    )
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(Buffer.concat(bodies).length, 16)
  end.writeUInt16LE(Buffer.byteLength(comment, 'latin1'), 20)
  return Buffer.concat([...bodies, ...directory, end, Buffer.from(comment, 'latin1')])
}

test('an archive may say about its entries what tools say, and nothing that could be read in two ways', () => {
  const namesOf = (entries: readonly Field[], about = {}) =>
    readZip(archiveOf(entries, about)).map(({ name }) => name)
  const descriptor = (...words: readonly number[]) => Buffer.from(new Uint32Array(words).buffer)
  const [crc, length] = [crc32('x'), 1]
  expect(
    namesOf([{ extra: '55540500030000000a', comment: 'mine', attributes: 0x81a40000 }, { name: 'b' }]),
  ).toEqual(['a', 'b'])
  expect(namesOf([{ name: 'META-INF/', data: '', attributes: 0x41ed0010 }], { comment: 'x' })).toEqual([
    'META-INF/',
  ])
  for (const behind of [
    [crc, length, length],
    [0x08074b50, crc, length, length],
    [crc, length, 0, length, 0],
  ])
    expect(namesOf([{ flags: 8, behind: descriptor(...behind) }, { name: 'b' }])).toEqual(['a', 'b'])

  const refused = (entries: readonly Field[], why: string, about = {}) =>
    expect(() => readZip(archiveOf(entries, about)), why).toThrow(why)
  refused([{ flags: 8, behind: descriptor(crc, length, 2) }], 'something behind a')
  refused(
    [{ flags: 8, behind: Buffer.concat([descriptor(crc, length, length), Buffer.from('hidden')]) }],
    'behind a',
  )
  refused([{ flags: 8 }], 'something behind a')
  refused([{ behind: Buffer.from('hidden') }, { name: 'b' }], 'something behind a')
  refused([{}], 'before the first entry', { before: 'MZ' })
  refused([{}, {}], 'a is there twice')
  refused([{ localName: 'b' }], 'different things')
  refused([{ flags: 2, localFlags: 4 }], 'different things')
  for (const flags of [0x0001, 0x0040, 0x2001]) refused([{ flags }], 'is encrypted')
  refused([{ flags: 0x0020 }], 'unknown way')
  refused([{ attributes: 0xa1ff0000 }], 'is a link')
  refused([{ extra: `757006000100000000${Buffer.from('b').toString('hex')}` }], 'two names')
  refused([{}], 'two ends', { comment: `PK\x05\x06${'\0'.repeat(18)}` })
})

test('hostile archives are refused, not unpacked', () => {
  const entry = (name: string, data = 'x') => ({ name, data: Buffer.from(data) })
  const bomb = Buffer.from(zipSync({ bomb: [new Uint8Array(8 * 1024 * 1024), { level: 9 }] }))
  expect(() => readZip(bomb)).toThrow('more than 4 MiB')
  const lies = Buffer.from(bomb)
  lies.writeUInt32LE(10, 22)
  lies.writeUInt32LE(10, lies.indexOf(Buffer.from('504b0102', 'hex')) + 24)
  expect(() => readZip(lies)).toThrow('does not unpack')
  const twice = writeZip([entry('a'), entry('b')])
  for (let at = twice.indexOf('b', 0, 'latin1'); at >= 0; at = twice.indexOf('b', at + 1, 'latin1'))
    twice[at] = 'a'.charCodeAt(0)
  expect(() => readZip(twice)).toThrow('twice')
  expect(() => readZip(Buffer.concat([Buffer.from('x'), writeZip([entry('a')])]))).toThrow()
  expect(() => readZip(writeZip(Array.from({ length: 60 }, (_, i) => entry(`f${i}`))))).toThrow('50 entries')
  for (const name of ['../a', 'a/b', '..', '.a', 'C:\\a', 'a\u0000b', '', 'mimetype', 'a\u202eb'])
    expect(isFileName(name)).toBe(false)
  expect(isFileName('Leping nr 1 – õ 漢字.txt')).toBe(true)
})
