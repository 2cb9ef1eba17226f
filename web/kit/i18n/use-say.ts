import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { clockText } from '#exercise/scenario/clock-text.ts'
import { formatsOf, once, roughText, spanText } from '#exercise/scenario/formats.ts'
import { LANGS, type Lang, type Text } from '#exercise/scenario/words.ts'
import { isMessage } from './i18n.ts'
import type { MessageKey } from './message-keys.ts'
import { PHRASES } from './phrases/by-lang.ts'
import type { Phrases } from './phrases/phrases.ts'

export type Params = Readonly<Record<string, string | number>>

export interface Say {
  readonly lang: Lang
  /** A message of ours. Numbers in `params` are written by the language's rules; `count` also picks the plural. */
  (key: MessageKey, params?: Params): string
  /** A text of the scenario in the viewer's language. */
  text(text: Text): string
  /** What begins with a capital letter where it stands by itself, within a sentence. Abbreviations stay as they are. */
  within(text: string): string
  /** A code from the server: its message, or the code itself when this page is older than the server. */
  code(code: string, params?: Params): string
  number(value: number, places?: number): string
  /** A large number as people say it: `998,000`, `1.81 million`. Small ones stay whole. */
  rough(value: number): string
  /** Points with one decimal at most. */
  points(value: number): string
  /** Points that somebody gave, or that can be given, for one thing: as they were written. */
  given(value: number): string
  percent(share: number): string
  /** Exercise time as a clock: `3:20`, `1:03:20`. */
  clock(ms: number): string
  /** A duration in words: `45 s`, `3 min 20 s`. */
  span(ms: number): string
  /** Wall date and time of day, to the minute. */
  moment(epochMs: number): string
  /** Wall date with its year, and time of day with its zone: for what is to come. */
  date(epochMs: number): string
  /** Wall time of day. */
  time(epochMs: number): string
  list(items: readonly string[]): string
  readonly sentences: Phrases['sentences']
  readonly head: Phrases['head']
  readonly remarks: Phrases['remarks']
  readonly bracketed: Phrases['bracketed']
  /** In how many of the countries, of which there are two or more: `in 2 of 24 countries`. */
  where(here: number, total: number): string
  /** How many of the teams have not answered yet. */
  unanswered(here: number, total: number): string
}

/** `X-Road` must never break at its hyphen: a word joiner on both sides keeps it whole in any typeface. */
export function unbroken(text: string): string {
  return text.replaceAll('X-Road', 'X\u2060-\u2060Road')
}

/** Letters that are written from right to left, and marks that turn the direction. */
const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/

/** A name that turns the direction of writing turns nothing but itself. */
export const isolated = (text: string): string => (TURNING.test(text) ? `\u2068${text}\u2069` : text)

/** How this viewer reads: messages, scenario texts, numbers and times in the chosen language. */
export function useSay(): Say {
  return sayIn(useSyncExternalStore(onLanguage, shownLang, shownLang))
}

const shownLang = (): Lang => LANGS.find((known) => known === i18next.language) ?? 'en'

function onLanguage(call: () => void): () => void {
  i18next.on('languageChanged', call)
  return () => i18next.off('languageChanged', call)
}

/** The same for all parts of a page: hundreds of them ask. */
const sayIn = once((lang: Lang) => makeSay(lang, i18next.getFixedT(lang)))

/** So many digits after the point of a grade are shown. More than a grader writes; fewer than a sum of fractions leaves. */
const GIVEN_DIGITS = 4

/** `t` looks a message up and puts the parameters in. */
export function makeSay(lang: Lang, t: (key: string, params: Record<string, unknown>) => string): Say {
  const { whole, tenth, share, day, minute, date, names, digits } = formatsOf(lang)
  const plain = new Map<MessageKey, string>()
  const say = (key: MessageKey, params?: Params) => {
    if (!params) {
      // A table of many cells says the same few words hundreds of times.
      const known = plain.get(key)
      if (known !== undefined) return known
      const text = unbroken(t(key, {}))
      plain.set(key, text)
      return text
    }
    const written = Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' && name !== 'count' ? tenth.format(value) : value,
    ])
    const counted = typeof params.count === 'number' ? { n: tenth.format(params.count) } : {}
    return unbroken(t(key, { ...counted, ...Object.fromEntries(written) }))
  }
  return Object.assign(say, {
    lang,
    within: (text: string) =>
      /^\p{Lu}\P{Lu}/u.test(text) ? text.charAt(0).toLocaleLowerCase(lang) + text.slice(1) : text,
    text: (text: Text) => isolated(unbroken(text[lang] || text.en)),
    code: (code: string, params?: Params) => (isMessage(code) ? say(code, params) : code),
    number: (value: number, places = 0) => digits(places).format(value),
    given: (value: number) => digits(GIVEN_DIGITS).format(value),
    rough: (value: number) => roughText(lang, value),
    points: (value: number) => (Math.abs(value) < 100 ? tenth : whole).format(value),
    percent: (value: number) => share.format(value),
    clock: clockText,
    span: (ms: number) => spanText(lang, ms),
    moment: (epochMs: number) => minute.format(epochMs),
    date: (epochMs: number) => date.format(epochMs),
    time: (epochMs: number) => day.format(epochMs),
    list: (items: readonly string[]) => names.format(items),
    ...PHRASES[lang],
    where: (here: number, total: number) =>
      PHRASES[lang].where(whole.format(here), whole.format(total), { here, total }),
    unanswered: (here: number, total: number) =>
      PHRASES[lang].unanswered(whole.format(here), whole.format(total), { here, total }),
  })
}
