/** A moment in RFC 3339, as an HTTP date, or in whole seconds since 1970, as RFC 3339; null when there is none. Throws RangeError for anything else. */
export function readMoment(text: string | undefined): string | null {
  if (!text) return null
  return (/^\d{1,12}$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)).toISOString()
}

const OFFSET = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Tallinn', timeZoneName: 'longOffset' })

/** A calendar day from a form, `YYYY-MM-DD`, as its first or last moment in Meremaa; null for anything else. */
export function readDay(text: string | undefined, end: 'first' | 'last'): string | null {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return null
  const time = end === 'first' ? '00:00:00.000' : '23:59:59.999'
  const there = new Date(`${text}T${time}Z`)
  if (Number.isNaN(there.getTime())) return null
  const zone = OFFSET.formatToParts(there).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return new Date(`${text}T${time}${zone.replace('GMT', '') || 'Z'}`).toISOString()
}
