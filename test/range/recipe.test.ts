import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ServiceSpec } from '../../server/engine/ports/loaded-scenario.ts'
import { serviceRecipe } from '../../server/range/images/images.ts'
import { openNotes, service } from './fixtures/spec.ts'

const folder = mkdtempSync(join(tmpdir(), 'kilp-recipe-'))
afterAll(() => rmSync(folder, { recursive: true }))
const put = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}
put('src/main.ts', 'export {}')
put('src/weaknesses/list.ts', 'export {}')
put('README.md', 'A desk.')
put('service.yaml', 'id: desk')
put('journeys/alive.yaml', 'steps: []')
put('weaknesses/open/plant.patch', '--- a/src/main.ts')
put('weaknesses/open/wrong-fixes/one.patch', '--- a/src/main.ts')
put('node_modules/hono/index.js', '')
put('.git/HEAD', 'ref: refs/heads/main')

const recipe = (change: Partial<ServiceSpec> = {}) =>
  serviceRecipe(service('desk', { folder, ...change }), [], 'kilp-base:1')

describe('image of a service', () => {
  test('holds its sources and nothing about how it is checked or attacked, nor of the machine they were written on', async () => {
    const { files } = await recipe()
    expect(files.map((file) => file.path)).toEqual([
      'Dockerfile',
      'app/README.md',
      'app/src/main.ts',
      'app/src/weaknesses/list.ts',
    ])
  })
  test('carries its plants only during the build', async () => {
    const { files } = await recipe({ plants: [openNotes] })
    expect(files.map((file) => file.path)).toContain('plants/00-desk-open-notes.patch')
    const dockerfile = files.find((file) => file.path === 'Dockerfile')
    const text = dockerfile && 'text' in dockerfile.from ? dockerfile.from.text : ''
    expect(text.indexOf('rm -rf /tmp/plants')).toBeGreaterThan(text.indexOf('patch -p1'))
    expect(text.indexOf('git commit')).toBeGreaterThan(text.indexOf('rm -rf /tmp/plants'))
  })
  test('is named by everything that goes in', async () => {
    const tag = (await recipe()).tag
    expect(tag).toMatch(/^kilp-desk:[0-9a-f]{12}$/)
    expect((await recipe()).tag).toBe(tag)
    expect((await recipe({ plants: [openNotes] })).tag).not.toBe(tag)
    const other = await serviceRecipe(service('desk', { folder }), [], 'kilp-base:2')
    expect(other.tag).not.toBe(tag)
    const before = readFileSync(join(folder, 'src/main.ts'), 'utf8')
    put('src/main.ts', `${before}\n`)
    expect((await recipe()).tag).not.toBe(tag)
    put('src/main.ts', before)
    put('journeys/alive.yaml', 'steps: [1]')
    expect((await recipe()).tag).toBe(tag)
  })
  test('begins with the service’s own Dockerfile where it has one, health check included', async () => {
    put('Dockerfile', 'ARG BASE\nFROM $BASE\nRUN echo own\nHEALTHCHECK CMD true\n')
    const { files, source } = await recipe()
    const dockerfile = files.find((file) => file.path === 'Dockerfile')
    const text = dockerfile && 'text' in dockerfile.from ? dockerfile.from.text : ''
    rmSync(join(folder, 'Dockerfile'))
    expect(text).toMatch(/^ARG BASE\nFROM \$BASE\nRUN echo own/)
    expect(text.match(/HEALTHCHECK/g)).toHaveLength(1)
    expect(source).toBe(join(folder, 'Dockerfile'))
  })
})
