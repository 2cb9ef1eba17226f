import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { expect } from 'vitest'
import { checkScenario } from '../../server/scenario/load.ts'
import { type Edit, type Fixture, fixture } from './fixture.ts'

export const SCENARIO = 'scenario/scenario.yaml'

/** A text in the three languages of the fixture. */
export const T = '{ en: a, et: b, ja: c }'

/** An inject as one line of YAML: `id`, and whatever else is given. */
export const inject = (id: string, rest: string) =>
  `{ kind: inject, id: ${id}, title: ${T}, text: ${T}, from: ${T}, ${rest} }`
export const note = (id: string, rest: string) => `{ kind: note, id: ${id}, text: ${T}, ${rest} }`
export const world = (id: string, rest: string) =>
  `{ kind: world, id: ${id}, title: ${T}, publicText: ${T}, effect: stop, services: [desk], lasts: 30s, ${rest} }`
export const attack = (id: string, rest: string) =>
  `{ kind: attack, id: ${id}, title: ${T}, weakness: desk/open-drawer, ${rest} }`

/** Puts entries into the timeline of the valid fixture, which lasts five minutes, and further keys at its end. */
export const withEntries = (entries: readonly string[], more = ''): Edit => ({
  file: SCENARIO,
  from: 'citizens:\n',
  to: `  entries:\n${entries.map((entry) => `    - ${entry}\n`).join('')}${more}citizens:\n`,
})

/** Errors and warnings of the scenario as `code message`, and the text that each points at. */
export async function pointed(made: Fixture): Promise<readonly (readonly [says: string, at: string])[]> {
  const found = await checkScenario(made.scenario, { infra: made.infra })
  const lines = (await readFile(join(made.root, SCENARIO), 'utf8')).split('\n')
  return found.map((d) => {
    const file = relative(made.root, resolve(d.file))
    if (file !== SCENARIO) return [`${d.code} ${d.message}`, file]
    return [`${d.code} ${d.message}`, (lines[d.line - 1] ?? '').slice(d.column - 1)]
  })
}

/** The fixture with these entries. */
export const timelineOf = (entries: readonly string[], more = '', ...edits: readonly Edit[]) =>
  fixture(withEntries(entries, more), ...edits)

/** A timeline and what is wrong with it: each as `code message`, and the beginning of what it points at. `more`: further keys of the scenario. */
export type Row = readonly [
  name: string,
  entries: readonly string[],
  expected: readonly (readonly [says: string, at: string])[],
  more?: string,
]

export const named = (table: readonly Row[]) => table.map((row) => [row[0], row] as const)

export async function checkRow([, entries, expected, more = '']: Row): Promise<void> {
  const found = await pointed(await timelineOf(entries, more))
  expect(found.map(([says]) => says)).toEqual(expected.map(([says]) => says))
  for (const [index, [, at]] of expected.entries()) expect(found[index]?.[1].slice(0, at.length)).toBe(at)
}
