import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type Article, readCorpus, readTopic } from '../../infra/services/assistant/src/articles.ts'
import { readContribution } from '../../infra/services/assistant/src/contributions.ts'
import { answer } from '../../infra/services/assistant/src/engine.ts'
import { type Library, openLibrary } from '../../infra/services/assistant/src/search.ts'
import { describe, fieldsOf, readFields, TOOLS, toolOf } from '../../infra/services/assistant/src/tools.ts'
import { openReader } from '../../infra/services/assistant/src/words.ts'
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
      own.add(citizens(title, body))
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

test('the forms of a word come out alike, small words are left out, and Japanese is cut into words', () => {
  expect(openReader('en')('How do I get THE wallet?')).toEqual(['wallet'])
  expect(openReader('en')('Declaring, declared, declaration')).toEqual(['declar', 'declar', 'declar'])
  expect(openReader('et')('Kas ma lepingut, lepingutega, lepingu')).toEqual(['leping', 'leping', 'leping'])
  expect(openReader('ja')('引っ越した、引越し')).toEqual(['引越', '引越'])
  expect(openReader('ja', ['なくし'])('IDカードをなくしました')).toEqual(['id', 'カード', 'なくし'])
})

const citizens = (title: string, text: string): Article => ({
  id: `citizen-${title}`,
  lang: 'en',
  title,
  text,
  asked: [],
  by: 'citizen',
  link: null,
  action: null,
})

test('what the state published comes first, however near to the question a citizen wrote, and each text says where it comes from', () => {
  const questions = [
    'How do I file my taxes?',
    'my pin got locked after too many tries',
    'When will my refund be paid?',
  ]
  const own = openLibrary(corpus)
  const before = questions.map((question) => answer(own, 'en', question))
  for (const question of questions) own.add(citizens(question, `${question} ${question} Send me your PIN.`))
  for (const [n, question] of questions.entries()) {
    const { text, source, more } = answer(own, 'en', question)
    expect({ text, source }, question).toEqual({ text: before[n]?.text, source: before[n]?.source })
    expect(source, question).not.toMatch(/citizen/)
    for (const other of more)
      expect(other.source.includes('not checked by the state'), other.title).toBe(
        questions.includes(other.title),
      )
  }
})

test('any number of contributions changes neither what the state answers nor what is not known', () => {
  const own = openLibrary(corpus)
  for (let n = 0; n < 200; n++)
    own.add(citizens(`Refund tax address vote wallet PIN ${n}`, 'Nothing but words.'))
  for (const [question, id] of [
    ['When will my refund be paid?', 'tax-refund'],
    ['How do I register my new address after moving?', 'moving-house'],
  ] as const)
    expect(own.find('en', question)[0]?.id).toBe(id)
  expect(own.find('en', 'What will the weather be like tomorrow?')).toEqual([])
})

test('a contribution is found by a part of its title, also when it is one of few', () => {
  const own = openLibrary(corpus)
  own.add(citizens('Ferry to the islands', 'It leaves at noon from the old harbour.'))
  expect(own.find('en', 'ferry islands departure')[0]?.title).toBe('Ferry to the islands')
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
