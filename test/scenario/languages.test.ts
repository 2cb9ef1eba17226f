import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { readSource } from '../../server/scenario/diagnostics/read.ts'
import { checkScenario, loadScenario } from '../../server/scenario/load.ts'
import { readingOf } from '../../server/scenario/schema/author.ts'
import { scenarioSchema } from '../../server/scenario/schema/schema.ts'
import { journeySchema, serviceSchema, weaknessSchema } from '../../server/scenario/schema/service-schema.ts'
import { textBy, textPaths, toText } from '../../server/scenario/schema/texts.ts'
import { type Harbour, harbour } from '../kit/harbour.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** The harbour with its scenario.yaml changed. */
async function changed(...changes: readonly (readonly [from: string, to: string])[]): Promise<Harbour> {
  const made = await harbour()
  const file = join(made.scenario, 'scenario.yaml')
  let text = await readFile(file, 'utf8')
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`there is no ${from}`)
    text = text.replace(from, () => to)
  }
  await writeFile(file, text)
  return made
}

const complaints = async ({ root, scenario, pack }: Harbour) =>
  (await checkScenario(scenario, { packs: [pack] })).map(
    ({ file, line, column, severity, code, message }) =>
      `${relative(root, file)}:${line}:${column} ${severity} ${code} ${message}`,
  )
const loaded = ({ scenario, pack }: Harbour) => loadScenario(scenario, { packs: [pack] })

describe('a scenario in the languages of its author', () => {
  test('is filled up from the first one, and says which words are whose', async () => {
    const made = await harbour()
    expect(await complaints(made)).toEqual([])
    const { scenario, teams } = await loaded(made)
    const words = 'A day at the harbour'
    expect(scenario.title).toEqual({ en: words, et: words, ja: words, borrowed: { et: 'en', ja: 'en' } })
    expect(teams[0]?.name).toMatchObject({ et: 'Harbour', borrowed: { et: 'en', ja: 'en' } })
    // The pack is in two languages.
    expect(scenario.services[0]?.title).toEqual({
      en: 'Ferry tickets',
      et: 'Praamipiletid',
      ja: 'Ferry tickets',
      borrowed: { ja: 'en' },
    })
  })

  test('may be in none of ours', async () => {
    const made = await changed(
      ['languages: [en]', 'languages: [fi]'],
      ['A day at the harbour', 'Päivä satamassa'],
    )
    const { title, services } = (await loaded(made)).scenario
    expect(title).toMatchObject({ en: 'Päivä satamassa', borrowed: { en: 'fi', et: 'fi', ja: 'fi' } })
    // What is not there in Finnish is in English.
    expect(services[0]?.publicText).toMatchObject({ borrowed: { ja: 'en' } })
  })

  test('warns of what is missing in languages that were declared, in its own files and in packs, and of no other', async () => {
    const made = await changed(
      ['languages: [en]', 'languages: [en, et]'],
      ['name: Harbour', 'name: { en: H, et: S }'],
    )
    const found = await complaints(made)
    expect(found.filter((line) => !line.includes(' warning missing-text this is not there in `et`'))).toEqual(
      [],
    )
    expect(found.map((line) => line.split(' ')[0])).toEqual([
      'scenario/scenario.yaml:5:8',
      'scenario/scenario.yaml:6:10',
      'scenario/scenario.yaml:16:35',
      'scenario/scenario.yaml:18:89',
      'scenario/scenario.yaml:19:84',
      'scenario/scenario.yaml:24:13',
      'scenario/scenario.yaml:26:15',
      'scenario/weaknesses/ferry/price-of-choice/weakness.yaml:1:8',
      'scenario/weaknesses/ferry/price-of-choice/weakness.yaml:2:13',
      'scenario/weaknesses/ferry/price-of-choice/weakness.yaml:7:5',
      'scenario/weaknesses/ferry/price-of-choice/weakness.yaml:8:5',
      'scenario/weaknesses/ferry/price-of-choice/weakness.yaml:9:5',
    ])
  })

  test('takes its languages from the title where it does not say', async () => {
    const made = await changed(
      ['languages: [en]\n', ''],
      ['title: A day at the harbour', 'title: { et: Päev sadamas, en: A day at the harbour }'],
      ['title: The day', 'title: { et: Päev }'],
    )
    expect(await complaints(made)).toContain(
      'scenario/scenario.yaml:15:35 warning missing-text this is not there in `en`',
    )
    const { scenario } = await loaded(made)
    expect(scenario.phases[0]?.title).toMatchObject({ en: 'Päev', borrowed: { en: 'et', ja: 'et' } })
    expect(scenario.summary.borrowed).toEqual({ en: 'et', ja: 'et' })
  })

  test.each<readonly [string, readonly (readonly [string, string])[], string]>([
    [
      'no language at all',
      [['languages: [en]\n', '']],
      'scenario/scenario.yaml:4:8 error no-language say in which language the texts are: `languages: [en]`, or `title: { en: ... }`',
    ],
    [
      'a language that there is not',
      [['languages: [en]', 'languages: [eng]']],
      'scenario/scenario.yaml:4:13 error bad-value `eng` is not the code of a language, e.g. `en`; did you mean `en`?',
    ],
    [
      'a text in a language that there is not',
      [['name: Harbour', 'name: { en: Harbour, jp: 港 }']],
      'scenario/scenario.yaml:10:41 error bad-value `jp` is not the code of a language, e.g. `en`; did you mean `ja`?',
    ],
    [
      'a text in a language that was not declared',
      [['name: Harbour', 'name: { en: Harbour, es: Puerto }']],
      'scenario/scenario.yaml:10:26 warning other-language `es` is not among the `languages` of the scenario',
    ],
    [
      'a text in no language',
      [['name: Harbour', 'name: {}']],
      'scenario/scenario.yaml:10:26 error bad-value a text is missing here',
    ],
    [
      'a language twice',
      [['languages: [en]', 'languages: [en, en]']],
      'scenario/scenario.yaml:4:17 error duplicate-id `en` is there already',
    ],
  ])('%s', async (_name, changes, expected) => {
    expect(await complaints(await changed(...changes))).toContain(expected)
  })

  test('plain texts say nothing in a pack: its author may be another', async () => {
    const made = await harbour()
    const file = join(made.pack, 'services/ferry/journeys/alive.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^title: .*/, 'title: It answers'))
    expect(await complaints(made)).toEqual([
      'pack/services/ferry/journeys/alive.yaml:1:8 error no-language say in which language this is: `{ en: ... }`',
    ])
  })
})

test('a whole text is nothing but itself', () => {
  const whole = { en: 'a', et: 'b', ja: 'c' }
  expect(toText({ ja: 'c', en: 'a', et: 'b' }, 'ja')).toStrictEqual(whole)
})

describe('what Kilp brings itself is in three languages', () => {
  const text = textBy({ first: 'en', plain: true })

  test('every text of a schema is known by its place', () => {
    expect(textPaths(scenarioSchema(text), text)).toEqual([
      'title',
      'summary',
      'teams.*.name',
      'citizens.personas.*.name',
      'citizens.personas.*.device',
      'objectives.*.title',
      'life.*.title',
      'timeline.phases.*.title',
      'timeline.attacks.*.title',
      'timeline.entries.*.title',
      'timeline.entries.*.text',
      'timeline.entries.*.from',
      'timeline.entries.*.answer.choice.*.text',
      'timeline.entries.*.answer.question.hints.*',
      'timeline.entries.*.rubric.*.title',
      'timeline.entries.*.rubric.*.anchors.*.text',
      'timeline.entries.*.expected',
      'timeline.entries.*.note',
      'timeline.entries.*.pilots.swift.text',
      'timeline.entries.*.pilots.swift.sitrep.services',
      'timeline.entries.*.pilots.swift.sitrep.impact',
      'timeline.entries.*.pilots.swift.sitrep.actions',
      'timeline.entries.*.pilots.swift.sitrep.planned',
      'timeline.entries.*.pilots.swift.sitrep.needs',
      'timeline.entries.*.pilots.steady.text',
      'timeline.entries.*.pilots.steady.sitrep.services',
      'timeline.entries.*.pilots.steady.sitrep.impact',
      'timeline.entries.*.pilots.steady.sitrep.actions',
      'timeline.entries.*.pilots.steady.sitrep.planned',
      'timeline.entries.*.pilots.steady.sitrep.needs',
      'timeline.entries.*.pilots.clumsy.text',
      'timeline.entries.*.pilots.clumsy.sitrep.services',
      'timeline.entries.*.pilots.clumsy.sitrep.impact',
      'timeline.entries.*.pilots.clumsy.sitrep.actions',
      'timeline.entries.*.pilots.clumsy.sitrep.planned',
      'timeline.entries.*.pilots.clumsy.sitrep.needs',
      'timeline.entries.*.publicText',
      'timeline.tutor.*.text',
    ])
    expect(textPaths(serviceSchema(text), text)).toEqual(['title', 'publicText', 'member.name'])
    expect(textPaths(journeySchema(text), text)).toEqual(['title'])
    expect(textPaths(weaknessSchema(text), text)).toEqual([
      'title',
      'publicText',
      'hints.*',
      'detect.*.text',
      'takes.what',
    ])
  })

  test.each(['scenarios', 'infra/services'])('%s', async (folder) => {
    const reading = readingOf({ first: 'en', plain: false }, LANGS)
    const files = (await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map((entry) => join(entry.parentPath, entry.name))
    const report: Parameters<typeof reading.service>[1] = []
    for (const file of files) {
      const source = await readSource(file, report)
      if (!source) continue
      if (file.endsWith('/scenario.yaml')) reading.scenario(source, report)
      else if (file.endsWith('/service.yaml')) reading.service(source, report)
      else if (file.endsWith('/weakness.yaml')) reading.weakness(source, report)
      else if (/\/journeys\/[^/]+$/.test(file)) reading.journey(source, report)
      else throw new Error(`what is ${file}?`)
    }
    expect(files.length).toBeGreaterThan(2)
    expect(report.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([])
  })
})
