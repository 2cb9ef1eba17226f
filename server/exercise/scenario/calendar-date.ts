const WRITTEN = /^(2\d{3})-(\d\d)-(\d\d)$/
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether a text is a day of the calendar as ISO 8601 writes it, from the year 2000 on: `2026-11-30`. */
export function isCalendarDate(text: string): boolean {
  const [, year, month, day] = (WRITTEN.exec(text) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (DAYS[month - 1] ?? 0) + (leap && month === 2 ? 1 : 0)
}
