import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keepBrought, readKeptPages } from '../../server/engine/platform/brought.ts'
import { openMemoryLog } from './memory-log.ts'

async function attached(content: string) {
  const folder = await mkdtemp(join(tmpdir(), 'kilp-brought-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const place = join(folder, 'map.txt')
  await writeFile(place, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { path: 'map.txt', place, name: 'map.txt', type: 'text/plain', bytes: content.length, sha256 }
}

test('what a scenario brings is kept with the exercise, whatever becomes of its folder', async () => {
  const { log } = openMemoryLog()
  const map = await attached('a map')
  const pages = { first: 'en', briefing: { en: '# Hello' }, instructor: {} }
  await keepBrought(log, 'x', { attached: [map], pages }, 5)
  await rm(map.place)
  expect(Buffer.from((await log.readFile('x', map.sha256)) ?? []).toString()).toBe('a map')
  expect(await log.filesOf('x')).toEqual([
    { name: 'map.txt', type: 'text/plain', bytes: 5, sha256: map.sha256, owner: '', wall: 5 },
  ])
  expect(await readKeptPages(log, 'x')).toEqual(pages)
  expect(await readKeptPages(log, 'other')).toBeNull()
})

test('a file that was changed after the scenario was read is not taken for what was read', async () => {
  const { log } = openMemoryLog()
  const map = await attached('a map')
  await writeFile(map.place, 'another')
  await expect(keepBrought(log, 'x', { attached: [map] }, 5)).rejects.toThrow('map.txt was changed')
  expect(await log.filesOf('x')).toEqual([])
})
