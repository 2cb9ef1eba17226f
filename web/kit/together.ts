import type { Span } from '#exercise/views/views.ts'

/** How long at least one of them lasted: what overlaps counts once. ms */
export function togetherMs(spans: readonly Pick<Span, 'fromMs' | 'toMs'>[]): number {
  let [sum, until] = [0, 0]
  for (const { fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    sum += Math.max(0, toMs - Math.max(fromMs, until))
    until = Math.max(until, toMs)
  }
  return sum
}
