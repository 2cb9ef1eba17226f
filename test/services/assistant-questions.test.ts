import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readCorpus } from '../../infra/services/assistant/src/articles.ts'
import { type Library, openLibrary } from '../../infra/services/assistant/src/search.ts'
import { LANGS, type Lang } from '../../infra/services/kit/html.ts'

type Half = 'development' | 'heldOut'
type Questions = Readonly<Record<Lang, Readonly<Record<Half, Readonly<Record<string, readonly string[]>>>>>>

const HALVES: readonly Half[] = ['development', 'heldOut']
let questions: Questions
let library: Library
beforeAll(async () => {
  questions = parse(await readFile(new URL('assistant-questions.yaml', import.meta.url), 'utf8'))
  library = openLibrary(
    await readCorpus(new URL('../../infra/services/assistant/src/corpus', import.meta.url)),
  )
})

/** Each question with the text that should answer it and the one that did. */
const asked = (lang: Lang, half: Half) =>
  Object.entries(questions[lang][half]).flatMap(([id, phrasings]) =>
    phrasings.map((question) => ({
      question,
      wanted: id,
      got: library.find(lang, question)[0]?.id ?? 'unknown',
    })),
  )
const share = (all: ReturnType<typeof asked>): number =>
  all.filter(({ wanted, got }) => wanted === got).length / all.length

describe.each(LANGS)('%s: questions as citizens ask them', (lang) => {
  test('nine of ten are answered with the right text at once, and as many unknown ones with "I do not know"', () => {
    const all = HALVES.flatMap((half) => asked(lang, half))
    const misses = all
      .filter(({ wanted, got }) => wanted !== got)
      .map(({ question, wanted, got }) => `${question}: ${got}, not ${wanted}`)
    const figures = HALVES.map((half) => `${half} ${(100 * share(asked(lang, half))).toFixed(0)} %`)
    console.log([`${lang}: ${figures.join(', ')}`, ...misses].join('\n  '))
    expect(all.length).toBeGreaterThanOrEqual(60)
    const unknown = all.filter(({ wanted }) => wanted === 'unknown')
    expect(unknown.length).toBeGreaterThanOrEqual(10)
    expect(share(all), misses.join('\n')).toBeGreaterThanOrEqual(0.9)
    expect(share(unknown), misses.join('\n')).toBeGreaterThanOrEqual(0.9)
  })
})
