import type { Lang } from './words.ts'

type UnitName = 'second' | 'minute' | 'hour'

/** How a language writes numbers, moments and lists. */
export interface Formats {
  readonly whole: Intl.NumberFormat
  readonly tenth: Intl.NumberFormat
  readonly share: Intl.NumberFormat
  /** As much of a number as people keep in mind, and the same with its size as a word: 998,000 and „1.81 million“. */
  readonly rough: Intl.NumberFormat
  readonly large: Intl.NumberFormat
  /** Time of day, to the second. */
  readonly day: Intl.DateTimeFormat
  /** Date and time of day, to the minute. */
  readonly minute: Intl.DateTimeFormat
  /** Day of the week, date with its year, time of day with its zone: of what is to come. */
  readonly date: Intl.DateTimeFormat
  readonly names: Intl.ListFormat
  /** Numbers with so many digits after the point at most. */
  readonly digits: (count: number) => Intl.NumberFormat
  readonly unit: (name: UnitName) => Intl.NumberFormat
}

/** Remembers what was made for each key. */
export const once = <Key, Value>(make: (key: Key) => Value) => {
  const made = new Map<Key, Value>()
  return (key: Key): Value => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/** A browser takes a tenth of a millisecond or more for each format, and hundreds of parts of a page write numbers: they are made once a language. */
export const formatsOf: (lang: Lang) => Formats = once((lang) => {
  // Twelve hours and an Oxford comma are not this house's English.
  const dates = lang === 'en' ? 'en-GB' : lang
  const digits = once((count: number) => new Intl.NumberFormat(lang, { maximumFractionDigits: count }))
  return {
    whole: digits(0),
    tenth: digits(1),
    digits,
    rough: new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 }),
    large: new Intl.NumberFormat(lang, {
      notation: 'compact',
      compactDisplay: 'long',
      maximumSignificantDigits: 3,
    }),
    share: new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 0 }),
    day: new Intl.DateTimeFormat(lang, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }),
    minute: new Intl.DateTimeFormat(dates, {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    date: new Intl.DateTimeFormat(dates, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    }),
    names: new Intl.ListFormat(dates, { type: 'conjunction' }),
    unit: once(
      (name: UnitName) =>
        new Intl.NumberFormat(lang, {
          style: 'unit',
          unit: name,
          // „45 s“, and not „45 sek“.
          unitDisplay: lang === 'et' ? 'narrow' : 'short',
        }),
    ),
  }
})

/** From here on a number is said with its size as a word: Japanese counts in ten thousands. */
const LARGE_FROM: Readonly<Record<Lang, number>> = { en: 1_000_000, et: 1_000_000, ja: 10_000 }

/** As much of a number as people keep in mind, on one line. */
export function roughText(lang: Lang, value: number): string {
  const { whole, rough, large } = formatsOf(lang)
  return (value < 10_000 ? whole : value < LARGE_FROM[lang] ? rough : large)
    .format(value)
    .replace(/\s+/g, '\u00a0')
}

/** A duration in words: `45 s`, `3 min 20 s`. A number and its unit stay on one line; Japanese writes them together. */
export function spanText(lang: Lang, ms: number): string {
  const gap = lang === 'ja' ? '' : '\u00a0'
  const unit = (value: number, name: UnitName) =>
    formatsOf(lang).unit(name).format(value).replace(/\s+/g, gap)
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return unit(seconds, 'second')
  const minutes = Math.floor(seconds / 60)
  if (minutes >= 60)
    return [unit(Math.floor(minutes / 60), 'hour'), minutes % 60 > 0 ? unit(minutes % 60, 'minute') : '']
      .filter((part) => part !== '')
      .join(lang === 'ja' ? '' : ' ')
  return seconds % 60 === 0
    ? unit(minutes, 'minute')
    : [unit(minutes, 'minute'), unit(seconds % 60, 'second')].join(gap)
}
