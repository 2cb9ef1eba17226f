/** A moment of the exercise as people read it: `65000` (ms) gives `1:05`; hours only when there are some. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** Exercise time as people write it, `12:30` or `1:12:30`, in ms; null where it is none. */
export function clockMs(written: string): number | null {
  const match = /^(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)$/.exec(written.normalize('NFKC').trim())
  if (!match) return null
  const [hours, minutes, seconds] = [match[1] ?? '0', match[2], match[3]].map(Number)
  if (match[1] !== undefined && (minutes ?? 0) > 59) return null
  return ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000
}
