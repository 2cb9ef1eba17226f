import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { clockText } from '#exercise/scenario/clock-text.ts'
import type { NationalView } from '#exercise/views/views.ts'
import { useTheme } from '../app/settings.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { watchSize } from '../kit/watch-size.ts'
import { drawMarks, headroom, type NamedMark } from './curve-marks.ts'

/** The curve begins to be one when so much has passed. */
const LEAST_MS = 60_000
/** Above and below the curve, in letters. */
const ABOVE = 0.3
const BELOW = 1.7
const TIME_STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000)

interface Drawn {
  readonly data: UPlot.AlignedData
  readonly toMs: number
  readonly most: number
  readonly marks: readonly NamedMark[]
}

/** The curve itself, on a canvas; what it says is in words and in a table beside it. Drawn anew when theme, size or language changes. */
export function CurvePlot(props: {
  readonly view: NationalView
  readonly paceMs: number
  readonly marks: readonly NamedMark[]
  readonly label: string
}) {
  const { view, paceMs, marks, label } = props
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | null>(null)
  const say = useSay()
  const theme = useTheme()
  const letters = useRef('')
  letters.current = marks.map((mark) => mark.label).join('')
  const drawn = useRef<Drawn>(drawnOf(view, paceMs, marks))
  drawn.current = drawnOf(view, paceMs, marks)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const make = () => new UPlot(optionsFor(element, drawn, say.rough), drawn.current.data, element)
    let made = make()
    plot.current = made
    let gone = false
    const redraw = () => {
      if (!gone) made.redraw(false)
    }
    // Japanese letters come in parts, each when it is first asked for.
    document.fonts.addEventListener('loadingdone', redraw)
    void document.fonts
      .load(`700 16px ${getComputedStyle(element).fontFamily}`, letters.current)
      .then(redraw, () => {})
    // Letters are as large as the page's, which change with its size.
    const unwatch = watchSize(element, () => {
      made.destroy()
      made = make()
      plot.current = made
    })
    return () => {
      gone = true
      document.fonts.removeEventListener('loadingdone', redraw)
      unwatch()
      made.destroy()
      plot.current = null
    }
  }, [theme, say])

  useEffect(() => {
    plot.current?.setData(drawnOf(view, paceMs, marks).data)
  }, [view, paceMs, marks])

  return <div className="wall-plot" ref={box} role="img" aria-label={label} />
}

/** Numbers hold until the next; the pace goes straight from now to nobody. */
function drawnOf(view: NationalView, paceMs: number, marks: readonly NamedMark[]): Drawn {
  const { curve, atMs, affected, peak } = view
  const points = [...curve.filter((point) => point.atMs < atMs), { atMs, people: affected }]
  const ends = paceMs > 0 ? [atMs + paceMs] : []
  const data: UPlot.AlignedData = [
    [...points.map((point) => point.atMs), ...ends],
    [...points.map(({ people }) => people), ...ends.map(() => null)],
    [
      ...points.map((_, i) => (i === points.length - 1 && paceMs > 0 ? affected : null)),
      ...ends.map(() => 0),
    ],
  ]
  return {
    data,
    toMs: Math.max(LEAST_MS, atMs + Math.max(paceMs, atMs * 0.04)),
    most: Math.max(1, peak?.people ?? 1),
    marks,
  }
}

function optionsFor(
  element: HTMLElement,
  drawn: { readonly current: Drawn },
  rough: (people: number) => string,
): UPlot.Options {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const size = Number.parseFloat(style.fontSize)
  const font = `${Math.round(size)}px ${style.fontFamily}`
  const axis = { stroke: token('--ink-2'), font, ticks: { show: false } }
  const high = element.clientHeight - size * (ABOVE + BELOW)
  const room = headroom(high, size)
  const parts = high / room > size * 2.6 ? [0.5, 1] : [1]
  const grid = { stroke: token('--line'), width: 1 }
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    padding: [size * ABOVE, size * 1.2, 0, 0],
    scales: {
      x: { time: false, range: () => [0, drawn.current.toMs] },
      y: { range: () => [0, drawn.current.most * room] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: size * BELOW,
        space: size * 6,
        incrs: TIME_STEPS,
        // The start is where nobody is told: two noughts there would lie over one another.
        values: (_plot, splits) => splits.map((ms) => (ms === 0 ? '' : clockText(ms))),
      },
      {
        ...axis,
        grid,
        size: size * 6.6,
        space: size * 2.6,
        // Nobody, the most, and half of it where there is room are told; above stand the marks' names.
        splits: () => [0, ...(drawn.current.most > 2 ? parts : [])].map((part) => part * drawn.current.most),
        values: (_plot, splits) => splits.map(rough),
      },
    ],
    series: [
      {},
      {
        stroke: token('--bad'),
        width: 3,
        fill: `color-mix(in srgb, ${token('--bad')} 25%, transparent)`,
        ...(UPlot.paths.stepped && { paths: UPlot.paths.stepped({ align: 1 }) }),
        points: { show: false },
      },
      { stroke: token('--good'), width: 3, dash: [9, 7], points: { show: false }, spanGaps: true },
    ],
    hooks: {
      draw: [
        (plot) =>
          drawMarks(plot, drawn.current.marks, {
            font: `700 ${Math.round(size * devicePixelRatio)}px ${style.fontFamily}`,
            size: size * devicePixelRatio,
            attack: token('--bad-text'),
            repair: token('--good'),
            ink: token('--ink'),
            card: token('--card'),
          }),
      ],
    },
  }
}
