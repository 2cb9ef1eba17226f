/** Exercise time as people write it, `12:30` or `1:12:30`, in ms; null where it is none. */
export function clockMs(written: string): number | null {
  const match = /^(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)$/.exec(written.normalize('NFKC').trim())
  if (!match) return null
  const [hours, minutes, seconds] = [match[1] ?? '0', match[2], match[3]].map(Number)
  if (match[1] !== undefined && (minutes ?? 0) > 59) return null
  return ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000
}
