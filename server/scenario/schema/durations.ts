/** `1h`, `2m30s`, `500ms`, `1.5s`: units in falling order, each at most once. */
export const DURATION = /^(?=\d)(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/

/** Milliseconds of an authored duration, or null when it is none. */
export function parseDuration(text: string): number | null {
  const parts = DURATION.exec(text)
  if (!parts) return null
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = parts
  return Math.round(
    Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(millis),
  )
}

/** The shortest authored form: 150000 is `2m30s`. */
export function formatDuration(ms: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ]
  let rest = Math.round(ms)
  let text = ''
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size)
    if (count > 0) text += `${count}${unit}`
    rest -= count * size
  }
  return text || '0s'
}
