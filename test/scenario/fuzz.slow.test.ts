import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { ScenarioInvalid } from '../../server/scenario/diagnostics/scenario-invalid.ts'
import { checkScenario, loadScenario } from '../../server/scenario/load.ts'
import { fixture } from './fixture.ts'
import { attack, inject, note, T, timelineOf } from './timeline-fixture.ts'

const FILES = [
  'scenario/scenario.yaml',
  'infra/services/desk/service.yaml',
  'infra/services/desk/journeys/hand-in.yaml',
  'infra/services/desk/weaknesses/open-drawer/weakness.yaml',
]

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e9,
    '',
    [],
    {},
    '{{',
    '{{x}}',
    '5s',
    'desk',
    'desk/open-drawer',
    [[]],
    { a: 1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

type Holder = Record<string, unknown>

/** Every place in a value that can be given another: the maps and lists with their keys. */
function places(value: unknown, found: { holder: Holder; key: string }[] = []) {
  if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) {
      found.push({ holder: value as Holder, key })
      places(child, found)
    }
  return found
}

const CHANGES: readonly ((holder: Holder, key: string, value: unknown) => void)[] = [
  (holder, key, value) => Object.assign(holder, { [key]: value }),
  (holder, key) => void (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key]),
  (holder, _key, value) =>
    void (Array.isArray(holder) ? holder.push(value) : Object.assign(holder, { odd: value })),
  (holder, key) =>
    void (Array.isArray(holder)
      ? holder.push(holder[Number(key)])
      : Object.assign(holder, { [key]: [holder[key]] })),
]

/** An entry of every kind, with everything that one may have. */
const ENTRIES = [
  inject(
    'a',
    `at: 1m, jitter: 5s, within: 1m, number: 3, teams: [north], roles: [lead], answer: { text: 9 }, rubric: [{ id: x, title: ${T}, points: 1, anchors: [{ points: 1, text: ${T} }] }], objectives: [mend], attachments: [map.txt], expected: ${T}, note: ${T}`,
  ),
  inject('b', `after: { entry: a, outcome: unanswered, delay: 5s }, answer: { sitrep: true }, weight: 2`),
  inject(
    'c',
    `when: { and: [{ or: [{ verdict: desk/hand-in, is: [down] }, { foothold: any }] }, { not: { entry: b, outcome: answered } }, { report: any }, { phase: busy }] }, for: 10s, once: all, answer: { choice: [{ id: x, text: ${T}, right: true }, { id: y, text: ${T} }] }`,
  ),
  inject('d', `manual: true, answer: { file: [text/csv], maxKiB: 9 }, weight: 0`),
  attack(
    'e',
    'after: { entry: a, outcome: sent, delay: 2m }, jitter: 50s, follows: drawer-first, objectives: [mend]',
  ),
  note('f', 'when: { and: [{ foothold: e }, { scoreBelow: 0.5 }] }'),
]
const MORE = `objectives: [{ id: mend, title: ${T} }]\nscoring: { availability: 4000, reporting: 500, strategic: 500 }\n`
const FIXTURES = [
  ['a small scenario', () => fixture()],
  [
    'one with a list of entries',
    () => timelineOf(ENTRIES, MORE, { file: 'scenario/map.txt', content: 'a map' }),
  ],
] as const

test.each(FIXTURES)(
  'whatever a file of %s says, there is an answer: diagnostics with places, or a scenario that loads',
  async (_, make) => {
    const { root, scenario, infra } = await make()
    const originals = new Map(
      await Promise.all(FILES.map(async (file) => [file, await readFile(join(root, file), 'utf8')] as const)),
    )
    const edit = fc.record({
      file: fc.constantFrom(...FILES),
      place: fc.nat(),
      change: fc.nat(CHANGES.length - 1),
      value: odd,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        for (const [file, text] of originals) {
          const data: unknown = parse(text)
          for (const { place, change, value } of edits.filter((e) => e.file === file)) {
            const all = places(data)
            const { holder, key } = all[place % all.length] ?? {}
            if (holder && key !== undefined) CHANGES[change]?.(holder, key, structuredClone(value))
          }
          await writeFile(join(root, file), stringify(data, { aliasDuplicateObjects: false }))
        }
        const found = await checkScenario(scenario, { infra })
        const lines = new Map(
          await Promise.all(
            FILES.map(
              async (file) => [file, (await readFile(join(root, file), 'utf8')).split('\n').length] as const,
            ),
          ),
        )
        for (const { file, line, column, message } of found) {
          const length = [...lines].find(([name]) => file.endsWith(name))?.[1]
          if (length !== undefined) expect(line).toBeLessThanOrEqual(length)
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1)
          expect(message).not.toMatch(/undefined|\[object|NaN/)
        }
        const loaded = await loadScenario(scenario, { infra }).catch((error: unknown) => error)
        if (found.some((d) => d.severity === 'error')) expect(loaded).toBeInstanceOf(ScenarioInvalid)
        else expect(loaded).toHaveProperty('scenario')
      }),
      { numRuns: 100 },
    )
  },
  60_000,
)
