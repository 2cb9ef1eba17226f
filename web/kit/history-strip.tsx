import { memo } from 'react'
import type { Verdict } from '#exercise/scenario/words.ts'
import type { Span } from '#exercise/views/views.ts'
import './state.css'

/** Heights differ too, so that a strip reads without colour: working is low and quiet. */
const TOP: Readonly<Record<Verdict, number>> = { up: 7, slow: 4, broken: 1.5, down: 0, unknown: 7 }
const HEIGHT = 12
/** What looks alike but for its height shares a path. */
const PATHS = [
  ['up'],
  ['slow'],
  ['broken', 'down'],
  ['unknown'],
] as const satisfies readonly (readonly Verdict[])[]
const WORSE: Readonly<Record<Verdict, number>> = { up: 0, unknown: 1, slow: 2, broken: 3, down: 4 }

/** Worst verdict of each of `cells` equal parts of the window; null where nothing is known (yet). */
export function cellsOf(
  history: readonly Span[],
  fromMs: number,
  toMs: number,
  cells: number,
): (Verdict | null)[] {
  const width = (toMs - fromMs) / cells
  const out = new Array<Verdict | null>(cells).fill(null)
  for (const span of history) {
    if (span.toMs <= fromMs || span.fromMs >= toMs || span.toMs <= span.fromMs) continue
    const first = Math.max(0, Math.floor((span.fromMs - fromMs) / width))
    const last = Math.min(cells - 1, Math.ceil((span.toMs - fromMs) / width) - 1)
    for (let i = first; i <= last; i++) {
      const there = out[i]
      if (!there || WORSE[span.verdict] > WORSE[there]) out[i] = span.verdict
    }
  }
  return out
}

/** The window a strip shows: the whole exercise, or its last two hours. */
export function windowOf(atMs: number, durationMs: number): readonly [fromMs: number, toMs: number] {
  const length = Math.min(durationMs, 2 * 3_600_000)
  const to = Math.max(length, atMs)
  return [to - length, to]
}

interface Props {
  readonly history: readonly Span[]
  readonly window: readonly [fromMs: number, toMs: number]
  readonly cells: number
}

/** One path per colour: hundreds of cells cost as little as five. Words beside it say the same, so it is hidden from readers. */
export const HistoryStrip = (props: Props) => <Bars of={barsOf(props)} />

/** What a strip shows: verdicts with commas between; nothing between two where nothing is known. */
export const barsOf = ({ history, window: [fromMs, toMs], cells }: Props): string =>
  cellsOf(history, fromMs, toMs, cells).join()

/** From `barsOf`: as text, so that a strip is drawn again only when it changes: a page may have hundreds. */
export const Bars = memo(({ of }: { readonly of: string }) => {
  const cells = of.split(',')
  const path = (wanted: readonly string[], top: (verdict: string) => number) =>
    cells
      .map((verdict, i) => (wanted.includes(verdict) ? `M${i * 10 + 1} ${top(verdict)}h8V${HEIGHT}h-8z` : ''))
      .join('')
  const topOf = (verdict: string) => TOP[verdict as Verdict]
  const paths = PATHS.map((verdicts) => ({ name: verdicts[0], d: path(verdicts, topOf) }))
  return (
    <svg
      className="strip"
      viewBox={`0 0 ${cells.length * 10} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {paths.map(({ name, d }) => d !== '' && <path key={name} className={`strip-${name}`} d={d} />)}
    </svg>
  )
})
