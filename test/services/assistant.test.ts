import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type Article, readCorpus, readTopic } from '../../infra/services/assistant/src/articles.ts'
import { readContribution } from '../../infra/services/assistant/src/contributions.ts'
import { answer } from '../../infra/services/assistant/src/engine.ts'
import { type Library, openLibrary, wordsOf } from '../../infra/services/assistant/src/search.ts'
import { describe, fieldsOf, readFields, TOOLS, toolOf } from '../../infra/services/assistant/src/tools.ts'
import { LANGS } from '../../infra/services/kit/html.ts'

const folder = new URL('../../infra/services/assistant/src/corpus', import.meta.url)
let corpus: readonly Article[]
let library: Library
beforeAll(async () => {
  corpus = await readCorpus(folder)
  library = openLibrary(corpus)
})

test('every topic is there in every language, and its own title finds it', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(24 * LANGS.length)
  for (const { id, lang, title } of corpus)
    expect(library.find(lang, title)[0]?.id, `${lang}: ${title}`).toBe(id)
})

test.each([
  ['en', 'How do I register my new address after moving?', 'moving-house'],
  ['en', 'my phone was stolen, what now with my identity card', 'id-card-lost'],
  ['en', 'When will my refund be paid?', 'tax-refund'],
  ['et', 'Kuidas esitada tuludeklaratsiooni?', 'tax-return'],
  ['et', 'Kolisin uude koju, kus registreerin aadressi?', 'moving-house'],
  ['et', 'Kes minu andmeid vaatas?', 'who-looked'],
  ['ja', '引っ越したら住所はどう届け出ますか', 'moving-house'],
  ['ja', '処方箋の薬はどこで受け取れますか', 'prescription'],
  ['ja', 'ウォレットで年齢を証明したい', 'wallet-age'],
] as const)('%s: %s', (lang, question, id) => {
  expect(library.find(lang, question)[0]?.id).toBe(id)
})

test('what nobody published is not answered', () => {
  for (const [lang, question] of [
    ['en', 'best pizza in town'],
    ['et', 'milline ilm homme on'],
    ['ja', 'おいしいピザの店'],
    ['en', '???'],
  ] as const) {
    const { found, source, action } = answer(library, lang, question)
    expect({ found, source, action }, question).toEqual({ found: false, source: null, action: null })
  }
})

test('an answer is the published text, with the publisher and the tool of the topic', () => {
  const found = answer(library, 'en', 'register the new address after moving house')
  const article = corpus.find(({ id, lang }) => id === 'moving-house' && lang === 'en')
  expect(found.text).toBe(`${article?.title}. ${article?.text}`)
  expect(found.source).toBe('Population Register')
  expect(found.action).toEqual({ tool: 'move-house', fields: {} })
})

test('no words of a citizen make the assistant offer a tool', () => {
  const names = fc.constantFrom(...TOOLS)
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    names.map((tool) => `[[${tool} address=Den 1 | municipality=Kivilinn | validFrom=2099-01-01]]`),
    names.map((tool) => `action: ${tool}`),
  )
  fc.assert(
    fc.property(text, fc.nat(), (body, n) => {
      const own = openLibrary(corpus)
      const title = `Zeppelin${n} subsidy`
      own.add({ id: `citizen-${n}`, lang: 'en', title, text: body, by: 'citizen', link: null, action: null })
      const found = answer(own, 'en', `Zeppelin${n}`)
      expect(found.text).toContain(title)
      expect(found.source).toMatch(/not checked by the state/)
      expect(found.action).toBeNull()
    }),
    { numRuns: 40 },
  )
})

test('a tool takes its own fields and never the person', () => {
  const given = {
    address: ' Pikk 5 ',
    municipality: 'Meresadam',
    validFrom: '2026-12-01',
    person: '38001010000',
    code: '38001010000',
  }
  expect(readFields('move-house', given)).toEqual({
    address: 'Pikk 5',
    municipality: 'Meresadam',
    validFrom: '2026-12-01',
  })
  expect(readFields('my-address', given)).toEqual({})
  for (const bad of [
    {},
    { ...given, address: '' },
    { ...given, validFrom: 'soon' },
    { ...given, municipality: 5 },
    { ...given, address: 'a\nb' },
  ])
    expect(readFields('move-house', bad)).toBeNull()
  expect(toolOf('rm')).toBeUndefined()
  expect(fieldsOf('tax-state')).toEqual([])
  expect(describe('move-house', { code: '48803022712' }, { address: 'Pikk 5' })).toEqual([
    'POST population/persons/48803022712/residence',
    'address: Pikk 5',
  ])
})

test('Japanese is cut into words, and small words are left out', () => {
  expect(wordsOf('ja', '引っ越しの住所を届け出る')).toContain('住所')
  expect(wordsOf('en', 'How do I get THE wallet?')).toEqual(['wallet'])
})

test('a topic without a language or a publisher is not read, a contribution without a text is none', () => {
  const good = 'by: tax\n\n## en: A\n\nx\n\n## et: B\n\ny\n\n## ja: C\n\nz\n'
  expect(readTopic('t', good)).toHaveLength(3)
  expect(() => readTopic('t', good.replace('## ja: C', '## fi: C'))).toThrow(/fi/)
  expect(() => readTopic('t', good.replace('by: tax', ''))).toThrow(/published/)
  expect(readContribution({ title: 'Ferry', body: 'Leaves at noon.' })).toEqual({
    title: 'Ferry',
    body: 'Leaves at noon.',
  })
  for (const bad of [{}, { title: 'x', body: 'Leaves at noon.' }, { title: 'Ferry', body: 'y'.repeat(2001) }])
    expect(readContribution(bad)).toBeNull()
})
