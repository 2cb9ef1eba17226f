import { describe, expect, test } from 'vitest'
import { LANGS, type Lang } from '../../server/exercise/scenario/words.ts'
import type { MessageKey } from '../../web/kit/i18n/message-keys.ts'
import { makeSay } from '../../web/kit/i18n/use-say.ts'
import { lookUpIn, messages } from '../kit/messages.ts'
import { GIVEN_UP } from './glossary.ts'

const keys = Object.keys(messages.en)
const textsOf = (lang: Lang): Readonly<Record<string, string>> => messages[lang]
/** Keys of the texts in whose own words a pattern is found. */
const found = (lang: Lang, pattern: RegExp) =>
  keys.filter((key) => pattern.test((textsOf(lang)[key] ?? '').replaceAll(/\{\{\w+\}\}/g, '')))

describe('every text', () => {
  test.each(LANGS)('%s is written and not left in English', (lang) => {
    const texts = textsOf(lang)
    expect(keys.filter((key) => !texts[key]?.trim())).toEqual([])
    const same = keys.filter((key) => lang !== 'en' && texts[key] === textsOf('en')[key])
    // A name, a unit, a sign.
    expect(
      same.filter(
        (key) =>
          ![
            'team.tab.terminal',
            'counted.kind_one',
            'counted.kind_other',
            'terminal.slot',
            'score.availability.service',
            'evidence.took',
            'files.size.kib',
            'files.size.mib',
            'outcome.place',
            'transport.times',
            'tickets.who',
            'case.title.alert',
            // Of nothing but gaps.
            'tile.countries',
            'decide.asked.open',
            'country.more',
            'day.from',
          ].includes(key),
      ),
    ).toEqual([])
  })

  test.each(LANGS)('%s names only parameters that English names too', (lang) => {
    const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1])
    // Those of all forms of a plural: a form may leave one out.
    const base = (key: string) => key.replace(/_(zero|one|other)$/, '')
    const known = (key: string) =>
      new Set(keys.filter((one) => base(one) === base(key)).flatMap((one) => names(textsOf('en')[one] ?? '')))
    const wrong = Object.entries(textsOf(lang)).filter(([key, text]) =>
      names(text).some((name) => !known(key).has(name)),
    )
    expect(wrong).toEqual([])
  })
})

describe('the words of the field, one for each thing', () => {
  test.each(GIVEN_UP)('%s: none of %s', (lang, old) => {
    expect(found(lang, old)).toEqual([])
  })

  test('news about a service name the team, so that no picture of them is a rumour about a country', () => {
    const news = /^story\.(attack|foothold|service|ticket|container|hint|score|isolation\.proven)/
    const bare = keys.filter(
      (key) => news.test(key) && !/[Tt]eam \{\{team\}\}/.test(textsOf('en')[key] ?? ''),
    )
    expect(bare).toEqual([])
    expect(
      keys.filter((key) => news.test(key) && !/eeskond \{\{team\}\}/.test(textsOf('et')[key] ?? '')),
    ).toEqual([])
    expect(keys.filter((key) => news.test(key) && !textsOf('ja')[key]?.includes('チーム{{team}}'))).toEqual(
      [],
    )
  })

  test('Estonian quotes stand low and high, and punctuation of Japanese is as wide as its letters', () => {
    expect(found('et', /„[^“]*”|"/)).toEqual([])
    expect(
      found('ja', /[\u3040-\u30ff\u4e00-\u9fff\uff00-\uffef][():?!,]|[():][\u3040-\u30ff\u4e00-\u9fff]/),
    ).toEqual([])
  })
})

describe('numbers and times', () => {
  const sayIn = (lang: Lang) => makeSay(lang, lookUpIn(lang))

  test.each(LANGS)('%s: every plural has its forms, and says none, one and many without a gap', (lang) => {
    const plurals = new Set(keys.filter((key) => key.endsWith('_other')).map((key) => key.slice(0, -6)))
    expect(plurals.size).toBeGreaterThan(15)
    const params = {
      ...{
        team: 'T',
        service: 'S',
        services: 'S',
        category: 'C',
        level: 1,
        blocked: 0,
        works: 3,
        reason: 'R',
        who: 'W',
      },
      ...{ span: '5 min', all: '31.9 million', each: '1.33 million', what: 'tax returns' },
      ...{ here: 2, total: 3, time: '5:38', people: '4,350', teams: 'T', things: 'vote', where: 'there' },
    }
    for (const key of plurals) {
      expect(keys).toContain(`${key}_one`)
      for (const count of [0, 1, 2, 21]) {
        const text = sayIn(lang)(key as MessageKey, { ...params, count })
        expect(text).not.toMatch(/\{\{|undefined|_other/)
        if (lang === 'en')
          expect(text, text).not.toMatch(/\b1 (points|people|persons|attacks|characters|complaints)\b/)
        if (lang === 'en')
          expect(text, text).not.toMatch(/\b(2|21) (point|person|attack|character|complaint)\b/)
        if (lang === 'et')
          expect(text, text).not.toMatch(/\b1 (inimest|märki|kaebust|uut)\b|\b2 (inimene|märk|kaebus|uus)\b/)
      }
    }
  })

  test('nothing is said in words of its own', () => {
    const say = sayIn('en')
    expect(say('hints.take', { level: 1, count: 0 })).toBe('Show hint 1 of 3 (free)')
    expect(say('national.affected', { count: 0 })).toBe('Everybody can use all services.')
    expect(say('outcome.blocked', { count: 0, blocked: 0 })).toBe('It was not attacked.')
  })

  test('an adjustment of one point, and of less than nothing', () => {
    const adjusted = (lang: Lang, count: number) =>
      sayIn(lang)('story.score.adjusted', { team: 'Finland', category: 'Defence', count, reason: 'Late.' })
    expect(adjusted('en', -1)).toBe('Team Finland: Defence was adjusted by -1 point: Late.')
    expect(adjusted('et', -30)).toBe('Meeskond Finland: Defence, muudatus −30. Late.')
  })

  test.each(LANGS)('%s: five past midnight is not 24:05', (lang) => {
    expect(sayIn(lang).time(new Date(2026, 10, 28, 0, 5, 3).getTime())).toBe('00:05:03')
  })

  test('points that somebody gave, or that can be given, stand as they were written, in whatever text', () => {
    const halves = { en: '1.5', et: '1,5', ja: '1.5' }
    const quarters = { en: '2.25', et: '2,25', ja: '2.25' }
    for (const lang of LANGS) {
      const say = sayIn(lang)
      expect([say.given(1.5), say.given(2.25), say.given(3)]).toEqual([halves[lang], quarters[lang], '3'])
      expect(say('inbox.points', { n: say.given(2.25), total: say.given(3) })).toContain(quarters[lang])
      expect(say('hints.take', { level: 1, count: 1.5 })).toContain(halves[lang])
    }
  })

  test('lists have no comma before the last, and seconds are short', () => {
    expect(sayIn('en').list(['A', 'B', 'C'])).toBe('A, B and C')
    expect(sayIn('et').span(45_000)).toBe('45\u00a0s')
  })

  test('a kind of person is written small within a sentence, an abbreviation is not', () => {
    expect(['A voter abroad', 'HIV nurse'].map(sayIn('en').within)).toEqual(['a voter abroad', 'HIV nurse'])
    expect(sayIn('et').within('Õpetaja')).toBe('õpetaja')
  })
})
