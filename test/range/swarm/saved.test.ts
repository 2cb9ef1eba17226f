import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ContainerEngine } from '../../../server/range/engine-api/docker.ts'
import { forgetChanges, saveChanges } from '../../../server/range/swarm/saved.ts'

const MIB = 2 ** 20

let folder: string
const warned: string[] = []
const of = () => ({
  folder,
  exerciseId: 'x',
  log: {
    info: () => {},
    warn: (about: object, text: string) => void warned.push(`${JSON.stringify(about)} ${text}`),
  },
})
beforeEach(() => {
  warned.length = 0
  folder = mkdtempSync(join(tmpdir(), 'kilp-saved-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** An engine whose containers have these changed files, and sources of so many bytes. */
const engineWith = (changed: readonly string[], bytes = 100) =>
  ({
    getContainer: () => ({
      changes: async () => (changed.length === 0 ? null : changed.map((Path) => ({ Path, Kind: 0 }))),
      getArchive: async () =>
        Readable.from(
          (function* () {
            for (let left = bytes; left > 0; left -= MIB) yield Buffer.alloc(Math.min(MIB, left), 'a')
          })(),
        ),
    }),
  }) as unknown as ContainerEngine

const kept = () => join(folder, 'x/red/tax.tar.gz')
const files = () => readdirSync(join(folder, 'x/red'))

test('keeps what a team has changed of its sources, for nobody else’s eyes, and forgets it', async () => {
  await saveChanges(of(), engineWith(['/srv', '/srv/app/src', '/srv/app/src/main.ts']), 'red', ['tax'])
  expect([gunzipSync(readFileSync(kept())).length, statSync(kept()).mode & 0o777, files(), warned]).toEqual([
    100,
    0o600,
    ['tax.tar.gz'],
    [],
  ])
  await forgetChanges(of())
  expect(readdirSync(folder)).toEqual([])
})

test('keeps nothing of a service that only wrote its own data, or that nobody touched', async () => {
  await saveChanges(of(), engineWith(['/var/lib/tax', '/srv/apple', '/srv/app']), 'red', ['tax'])
  await saveChanges(of(), engineWith([]), 'red', ['tax'])
  expect([readdirSync(folder), warned]).toEqual([[], []])
})

test('of sources that a team has blown up the last copy that was small enough stays, nothing else, and it is said', async () => {
  mkdirSync(join(folder, 'x/red'), { recursive: true })
  writeFileSync(kept(), 'as it was')
  await saveChanges(of(), engineWith(['/srv/app/large'], 32 * MIB + 1), 'red', ['tax'])
  expect(readFileSync(kept(), 'utf8')).toBe('as it was')
  expect(files()).toEqual(['tax.tar.gz'])
  expect(warned).toEqual([
    '{"team":"red","service":"tax"} changes are not saved: its sources are larger than 32 MiB',
  ])
  await saveChanges(of(), engineWith(['/srv/app/large'], 32 * MIB), 'red', ['tax'])
  expect(gunzipSync(readFileSync(kept())).length).toBe(32 * MIB)
})
