import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importsIn, readImports } from '../house/imports.ts'

const house = readImports(['server'])
const ROOT = join(import.meta.dirname, '../..')

/** All that is loaded together with some files, what they load later included. */
function reached(from: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file)) return
    found.add(file)
    for (const next of house.get(file) ?? []) visit(next)
  }
  for (const file of from) visit(file)
  return found
}

test('export, verify, import and replay come without a container engine’s driver', () => {
  // What the command line loads for every command: what stands in the text after `await import` is loaded for one alone.
  const text = readFileSync(join(ROOT, 'server/cli.ts'), 'utf8').replaceAll(/await import\('[^']+'\)/g, '')
  const always = importsIn(text)
    .filter((name) => name.startsWith('./'))
    .map((name) => name.replace('./', 'server/'))
  const loaded = reached(always)
  expect(loaded).toContain('server/cli/replay.ts')
  expect(loaded.size).toBeGreaterThan(200)
  expect([...loaded].filter((file) => file === 'dockerode' || file.startsWith('server/range'))).toEqual([])
  expect(reached(['server/cli/up.ts']).has('dockerode')).toBe(true)
})
