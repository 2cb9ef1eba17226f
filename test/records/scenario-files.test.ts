import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findScenarioFiles } from '../../server/cli/scenario-files.ts'
import { keepFiles } from '../../server/engine/platform/open-list.ts'
import { sha256 } from '../../server/records/hashes.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { scratch } from './kit.ts'

const DEMO = join(import.meta.dirname, '../../scenarios/first-watch')

test('the text files of a scenario are those that the exercise was made from, from wherever it was made', async () => {
  const { log } = openMemoryLog()
  const { files } = await loadScenario(DEMO)
  await keepFiles(log, 'ex', files, { folder: DEMO, packs: [] })
  const found = await findScenarioFiles(log, 'ex', 'another-name')
  if (!found.ok) throw new Error(found.why)
  expect(found.files.map(({ path }) => path)).toEqual([
    'briefing.et.md',
    'briefing.ja.md',
    'briefing.md',
    'instructor.et.md',
    'instructor.ja.md',
    'instructor.md',
    'scenario.yaml',
  ])
  for (const { path, content } of found.files) expect(sha256(content)).toBe(files[`scenario/${path}`])
})

test('pictures are left out; one file that is another, or gone, and none is taken', async () => {
  const { log } = openMemoryLog()
  const folder = scratch()
  mkdirSync(join(folder, 'injects'))
  const texts = { 'scenario.yaml': 'title: õ\n', 'injects/letter.md': 'To whom it concerns' }
  const picture = Buffer.from([0x89, 0x50, 0, 0xff])
  const digests: Record<string, string> = { 'services/tax/main.ts': 'x', 'scenario/a.png': sha256(picture) }
  writeFileSync(join(folder, 'a.png'), picture)
  for (const [path, text] of Object.entries(texts)) {
    writeFileSync(join(folder, path), text)
    digests[`scenario/${path}`] = sha256(text)
  }
  const look = () => findScenarioFiles(log, 'ex', 'none', folder)
  expect(await look()).toEqual({ ok: false, why: 'what the exercise was made from was not kept' })
  await keepFiles(log, 'ex', digests, { folder, packs: [] })
  expect(await look()).toMatchObject({
    ok: true,
    files: [{ path: 'injects/letter.md' }, { path: 'scenario.yaml' }],
  })
  writeFileSync(join(folder, 'a.png'), 'another')
  expect(await look()).toEqual({ ok: false, why: 'a.png of the scenario is not as it was' })
  await keepFiles(log, 'ex', { ...digests, 'scenario/gone.md': 'x' }, { folder: '/nowhere', packs: [] })
  expect(await look()).toMatchObject({ ok: false, why: expect.stringContaining('is not to be found') })
})
