import { describe, expect, test } from 'vitest'
import { LANGS, type Lang } from '../../server/exercise/scenario/words.ts'
import { fewNames } from '../../web/kit/few-names.ts'
import { makeSay } from '../../web/kit/i18n/use-say.ts'
import { lookUpIn, messages } from '../kit/messages.ts'

const sayIn = (lang: Lang) => makeSay(lang, lookUpIn(lang))
const en = sayIn('en')
const et = sayIn('et')
const ja = sayIn('ja')

describe('in so many of the countries', () => {
  test.each([
    [0, 24, 'in none of 24 countries', 'mitte üheski riigis', '24か国中0か国'],
    [1, 2, 'in 1 of 2 countries', '1 riigis 2\u2060-\u2060st', '2か国中1か国'],
    [2, 2, 'in both countries', 'mõlemas riigis', '全2か国'],
    [1, 24, 'in 1 of 24 countries', '1 riigis 24\u2060-\u2060st', '24か国中1か国'],
    [2, 24, 'in 2 of 24 countries', '2 riigis 24\u2060-\u2060st', '24か国中2か国'],
    [24, 24, 'in all 24 countries', 'kõigis 24 riigis', '全24か国'],
    [999, 1200, 'in 999 of 1,200 countries', '999 riigis 1200\u2060-\u2060st', '1,200か国中999か国'],
  ])('%d of %d', (here, total, inEn, inEt, inJa) => {
    expect([en, et, ja].map((say) => say.where(here, total))).toEqual([inEn, inEt, inJa])
  })

  test('stands in whole sentences', () => {
    const told = (say: typeof en) =>
      say('problem.where', { count: 24, time: '3:20', where: say.where(2, 24) })
    expect([en, et, ja].map(told)).toEqual([
      'since 3:20, in 2 of 24 countries',
      'alates 3:20, 2 riigis 24\u2060-\u2060st',
      '3:20から、24か国中2か国',
    ])
    expect(ja('wall.life.out', { count: 24, where: ja.where(24, 24) })).toBe('全24か国で不可')
    expect(et('wall.life.out', { count: 24, where: et.where(2, 24) })).toBe(
      'ei saa 2 riigis 24\u2060-\u2060st',
    )
  })
})

test.each([
  [1, 1, 'the team has yet to answer', 'meeskond ei ole veel vastanud', '未回答'],
  [0, 3, 'all teams have answered', 'kõik meeskonnad on vastanud', '全チームが回答済み'],
  [
    1,
    3,
    '1 of 3 teams has yet to answer',
    '1 meeskond 3\u2060-\u2060st ei ole veel vastanud',
    '3チーム中1チームが未回答',
  ],
  [
    2,
    3,
    '2 of 3 teams have yet to answer',
    '2 meeskonda 3\u2060-\u2060st ei ole veel vastanud',
    '3チーム中2チームが未回答',
  ],
  [3, 3, 'no team has answered yet', 'ükski meeskond ei ole veel vastanud', '全チームが未回答'],
])('%d of %d teams have not answered', (here, total, inEn, inEt, inJa) => {
  expect([en, et, ja].map((say) => say.unanswered(here, total))).toEqual([inEn, inEt, inJa])
})

test('sentences, heads, remarks and brackets stand as the language sets them', () => {
  expect([en, et, ja].map((say) => say.sentences(['A.', 'B.']))).toEqual(['A. B.', 'A. B.', 'A.B.'])
  expect([en, et, ja].map((say) => say.head('X'))).toEqual(['X: ', 'X: ', 'X：'])
  expect([en, et, ja].map((say) => say.remarks(['a', 'b']))).toEqual(['a, b', 'a, b', 'a、b'])
  expect([en, et, ja].map((say) => say.bracketed('a', 'b'))).toEqual(['a (b)', 'a (b)', 'a（b）'])
})

/** They end in a vowel, a consonant, a letter that Estonian never declines, a digit, and are written in other scripts. */
const NAMES = ['Riigiportaal', 'X-tee', 'mObywatel', 'Діія', 'أبشر', '政府ポータル', 'Ruumid 24']

describe('names, whatever they end in, stay as they are', () => {
  const NAMED = /\{\{(services?|teams?|title|names?|who|category|phase|entry|journey|file)\}\}/

  test('no ending is hung on a name', () => {
    const hung = (lang: Lang) =>
      Object.entries(messages[lang])
        .filter(([, text]) =>
          new RegExp(`${NAMED.source}${lang === 'en' ? '[-\\p{Ll}]' : "[-'’\\p{Script=Latin}]"}`, 'u').test(
            text,
          ),
        )
        .map(([key]) => key)
    expect([hung('en'), hung('et'), hung('ja')]).toEqual([[], [], []])
  })

  test('an Estonian name of a service in a sentence follows a word that takes the case for it', () => {
    const bare = Object.entries(messages.et)
      .filter(([, text]) => /\p{Ll}\s\{\{services?\}\}/u.test(text))
      .filter(([, text]) => !/(teenus\p{Ll}*|ka|Proovin) \{\{services?\}\}/iu.test(text))
      .map(([key]) => key)
    expect(bare).toEqual([])
  })

  test.each(NAMES)('%s', (name) => {
    for (const lang of LANGS)
      for (const key of [
        'situation.outage',
        'situation.cascade',
        'situation.effect',
        'situation.attack',
      ] as const)
        for (const count of [1, 2]) {
          const names = [name, ...NAMES].slice(0, count)
          const said = sayIn(lang)(key, { count, services: fewNames(sayIn(lang), names, 4) })
          for (const one of names)
            expect(said).toContain(one.replace('X-', 'X\u2060-\u2060').replace('\u2060-\u2060tee', '-tee'))
        }
  })

  test('of many the first are named and the others counted', () => {
    expect([en, et, ja].map((say) => fewNames(say, ['A', 'B', 'C', 'D'], 2))).toEqual([
      'A, B and 2 more',
      'A, B ja veel 2',
      'A、Bほか2件',
    ])
  })
})

test('no numbers, nobody and nothing are said without a zero', () => {
  expect([en, et, ja].map((say) => say('problem.people', { count: 0, people: '0' }))).toEqual([
    'nobody locked out',
    'keegi ei ole teenuseta',
    '利用への影響なし',
  ])
})
