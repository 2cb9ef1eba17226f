import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { FORMAL, GIVEN_UP } from '../web/glossary.ts'

const ROOT = join(import.meta.dirname, '../..')
const SERVICES = join(ROOT, 'infra/services')
/** Japanese is not among them: what is given up elsewhere, 個人番号, is the right word for Japan's own number. */
const READ = ['en', 'et'] as const
type Read = (typeof READ)[number]

interface Said {
  readonly place: string
  readonly lang: Read
  readonly text: string
}

const isText = (value: object): value is Record<Read, string> =>
  READ.every((lang) => typeof (value as Record<string, unknown>)[lang] === 'string')

/** The texts of what a YAML file holds, however deep. */
function textsIn(value: unknown, place: string): readonly Said[] {
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value) && isText(value)) return READ.map((lang) => ({ place, lang, text: value[lang] }))
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${place} ${key}`))
}

/** The texts of a source file, one language each: `et: '...'`. */
const textsOfSource = (source: string, place: string): readonly Said[] =>
  [...source.matchAll(/\b(en|et): (?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g)].map((match) => ({
    place,
    lang: match[1] as Read,
    text: match[2] ?? match[3] ?? '',
  }))

const said = readdirSync(SERVICES, { recursive: true, encoding: 'utf8' })
  .filter((name) => !name.includes('node_modules'))
  .flatMap((name): readonly Said[] => {
    if (/(service|weakness)\.yaml$|journeys\/[^/]+\.yaml$/.test(name))
      return textsIn(parse(readFileSync(join(SERVICES, name), 'utf8')), name)
    if (/(src|kit)\/.*\.ts$/.test(name))
      return textsOfSource(readFileSync(join(SERVICES, name), 'utf8'), name)
    return []
  })
const found = (lang: Read, words: RegExp) =>
  said
    .filter((one) => one.lang === lang && words.test(one.text))
    .map(({ place, text }) => `${place}: ${text}`)

describe('what services and their vulnerabilities say', () => {
  test('is found, in both languages', () => {
    expect(said.length).toBeGreaterThan(1_000)
    expect(new Set(said.map(({ lang }) => lang))).toEqual(new Set(READ))
  })

  test.each([
    ...GIVEN_UP.filter(([lang, words]) => lang !== 'ja' && words !== FORMAL),
    // One office, one wallet, one spelling.
    ['en', /\b(ID-card|e-ID|tax office|words to the)\b/i],
    ['et', /(?<!\p{L})(maksuamet\p{L}*|identiteedikuk\p{L}*|isikutunnistus\p{L}*|e-ID)(?!\p{L})/iu],
    // Within a sentence it is no name.
    ['et', /(?<=\S )Mobiil-ID/],
  ] as const)('%s: none of %s', (lang, words) => {
    expect(found(lang as Read, words as RegExp)).toEqual([])
  })

  test('stands between Estonian quotes, low and high', () => {
    // An attribute of a tag is no quotation.
    expect(found('et', /„[^“]*”|(?<!=)"(?![^<]*>)/)).toEqual([])
  })
})

test('a journey is named by what somebody wants to do, because a complaint quotes it', () => {
  const journeys = said.filter(({ place }) => /journeys\/(?!alive).* title$/.test(place))
  expect(journeys.length).toBeGreaterThan(90)
  // „File the tax return“, and not „A citizen files the tax return“; in Estonian the infinitive.
  const subject = { en: /^(An?|The|Two|Somebody|Only|Moving|What|\S+'s) /, et: /^(?!\p{L}+a[ ,])/u }
  expect(journeys.filter(({ lang, text }) => subject[lang].test(text))).toEqual([])
})

test.each(['locked-meremaa'])('%s: an attack bears the name of the vulnerability that it uses', (slug) => {
  const { timeline } = parse(readFileSync(join(ROOT, 'scenarios', slug, 'scenario.yaml'), 'utf8'))
  const otherwise = timeline.attacks.flatMap(
    ({ id, weakness, title }: { id: string; weakness: string; title: Record<Read, string> }) => {
      const [service = '', name = ''] = weakness.split('/')
      const own = parse(
        readFileSync(join(SERVICES, service, 'weaknesses', name, 'weakness.yaml'), 'utf8'),
      ).title
      // After a word of when, it begins in lower case.
      return READ.filter((lang) => !title[lang].toLowerCase().endsWith(own[lang].toLowerCase())).map(
        (lang) => `${id}: ${title[lang]} / ${own[lang]}`,
      )
    },
  )
  expect(otherwise).toEqual([])
})
