import type { Lang } from './html.ts'

const LOCALES: Readonly<Record<Lang, string>> = { en: 'en-GB', et: 'et-EE', ja: 'ja-JP' }
const timeZone = 'Europe/Tallinn'

/** A calendar day, `YYYY-MM-DD` or a moment, as the reader's language writes it. */
export function formatDate(lang: Lang, value: string | Date): string {
  const date =
    typeof value === 'string' && value.length === 10 ? new Date(`${value}T12:00:00Z`) : new Date(value)
  return new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: 'long', timeZone }).format(date)
}

/** A moment to the second. */
export function formatDateTime(lang: Lang, value: string | Date): string {
  return new Intl.DateTimeFormat(LOCALES[lang], {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone,
  }).format(new Date(value))
}

/** An amount in euros. */
export function formatMoney(lang: Lang, euros: number): string {
  return new Intl.NumberFormat(LOCALES[lang], { style: 'currency', currency: 'EUR' }).format(euros)
}
