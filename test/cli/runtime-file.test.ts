import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readRuntimeFile, removeRuntimeFile, writeRuntimeFile } from '../../server/cli/runtime-file.ts'

const about = { url: 'http://127.0.0.1:4600', key: 'secret', dumpKey: 'd' }
let folder: string
const path = () => join(folder, 'running.json')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kilp-running-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('tells of the platform that runs, to its owner only, and of none after it ended', () => {
  writeRuntimeFile(folder, about)
  expect(readRuntimeFile(folder)).toMatchObject({ ...about, pid: process.pid })
  expect(statSync(path()).mode & 0o077).toBe(0)
  removeRuntimeFile(folder)
  expect(readRuntimeFile(folder)).toBeNull()
})

// Whoever believes such a file sends signals to processes that are not Kilp's.
test.each([
  ['its pid belongs to another process by now', { started: 'before that' }],
  ['its pid means a group of processes', { pid: 0 }],
  ['its pid means all processes', { pid: -1 }],
  ['its pid is no number', { pid: '1' }],
  ['it leads nowhere', { url: 'nowhere' }],
])('is not believed when %s', (_, change) => {
  writeRuntimeFile(folder, about)
  const written = JSON.parse(readFileSync(path(), 'utf8')) as object
  writeFileSync(path(), JSON.stringify({ ...written, ...change }))
  expect(readRuntimeFile(folder)).toBeNull()
})

test.each(['', '{', 'null', '[]', '"x"'])('is not believed when it holds %j', (text) => {
  writeFileSync(path(), text)
  expect(readRuntimeFile(folder)).toBeNull()
})

test('of an older Kilp that still runs it is believed, so that it can be stopped', () => {
  writeRuntimeFile(folder, about)
  const { key: _, ...written } = JSON.parse(readFileSync(path(), 'utf8'))
  writeFileSync(path(), JSON.stringify({ ...written, whiteToken: 'x' }))
  expect(readRuntimeFile(folder)).toMatchObject({ pid: process.pid, key: '' })
})
