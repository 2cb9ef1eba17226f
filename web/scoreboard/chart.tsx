import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { clockText } from '#exercise/scenario/clock-text.ts'
import type { ExerciseView, Series } from '#exercise/views/views.ts'
import { useTheme } from '../app/settings.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { teamStyle } from '../kit/team-style.ts'
import { watchSize } from '../kit/watch-size.ts'
import type { SeriesMode } from './series-mode.ts'

const LABEL_GAP = 18
/** Names that fit beside the lines: those of the teams that are ahead. */
const NAMED = 8
/** How much is seen of the lines beside the one that is looked for. */
const FADED = 0.22

/**
 * Points lost, or a gap, over exercise time: who leads is above, and what is lost sinks. Each line ends in its team's name. Drawn
 * anew when theme, size or language changes.
 */
export function Chart(props: {
  readonly series: Series
  readonly view: ExerciseView
  readonly mode: SeriesMode
  /** The team whose line stands out; the others fade. */
  readonly picked: string | null
}) {
  const { series, view, mode, picked } = props
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | null>(null)
  const say = useSay()
  const theme = useTheme()
  const latest = useRef(series)
  latest.current = series
  const names = series.teams
    .map((team) => {
      const known = view.teams.find((one) => one.id === team.id)
      return `${team.id}\t${known ? say.text(known.name) : team.id}`
    })
    .join('\n')

  useEffect(() => {
    const element = box.current
    if (!element) return
    const made = new UPlot(
      optionsFor({ element, names, view, lang: say.lang, mode, picked }),
      dataOf(latest.current),
      element,
    )
    plot.current = made
    let gone = false
    // A canvas does not wait for its typeface, and Japanese letters come in parts.
    const redraw = () => {
      if (!gone) made.redraw(false)
    }
    // What has left the page meanwhile has no typeface, and a letter that can not be fetched is drawn as it was.
    void document.fonts.load(`700 16px ${getComputedStyle(element).fontFamily}`, names).then(redraw, () => {})
    const unwatch = watchSize(element, () =>
      made.setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    return () => {
      gone = true
      unwatch()
      made.destroy()
      plot.current = null
    }
  }, [names, theme, say.lang, view.durationMs, mode, picked])

  useEffect(() => {
    plot.current?.setData(dataOf(series))
  }, [series])

  return (
    <div
      className="chart"
      ref={box}
      role="img"
      aria-label={say(mode === 'lost' ? 'series.label' : `series.label.${mode}`)}
    />
  )
}

const dataOf = (series: Series): UPlot.AlignedData => [
  series.timesMs.slice(),
  ...series.teams.map((team) => team.lost.slice()),
]

function optionsFor(of: {
  readonly element: HTMLElement
  readonly names: string
  readonly view: ExerciseView
  readonly lang: string
  readonly mode: SeriesMode
  readonly picked: string | null
}): UPlot.Options {
  const { element, names, view, lang, mode, picked } = of
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const font = `${Math.round(size * 0.9)}px ${style.fontFamily}`
  const teams = names.split('\n').map((line) => line.split('\t'))
  const axis = {
    stroke: token('--ink-2'),
    font,
    grid: { stroke: token('--line'), width: 1 },
    ticks: { show: false },
  }
  const points = new Intl.NumberFormat(lang)
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    padding: [size * 0.6, size * 5.5, 0, 0],
    scales: {
      x: { time: false, range: [0, Math.max(view.durationMs, 1)] },
      y: mode === 'mean' ? AROUND_NOTHING : FROM_NOTHING,
    },
    axes: [
      { ...axis, size: size * 2, values: (_plot, splits) => splits.map(clockText), incrs: TIME_STEPS },
      { ...axis, size: size * 3.6, values: (_plot, splits) => splits.map((value) => points.format(value)) },
    ],
    series: [
      {},
      ...teams.map(([id = '', name = '']) => {
        const line = teamStyle(view, id)
        return {
          label: name,
          stroke: token(line.colour),
          width: id === picked ? size / 3.5 : size / 7,
          alpha: picked === null || id === picked ? 1 : FADED,
          dash: [...line.dash],
          points: { show: false },
        }
      }),
    ],
    hooks: {
      draw: [
        (plot) => nameLines(plot, font, picked === null ? -1 : teams.findIndex(([id]) => id === picked)),
      ],
    },
  }
}

/** Nothing at the top, and nothing in the middle. */
const FROM_NOTHING: UPlot.Scale = {
  dir: -1,
  range: (_plot, _least, most) => [0, Math.max(most * 1.05, 10)],
}
const AROUND_NOTHING: UPlot.Scale = {
  range: (_plot, least, most) => {
    const reach = Math.max(Math.abs(least) * 1.05, Math.abs(most) * 1.05, 10)
    return [-reach, reach]
  },
}

const TIME_STEPS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200].map((seconds) => seconds * 1000)

/** As much of a name as has room. */
function fitted(ctx: CanvasRenderingContext2D, label: string, width: number): string {
  if (ctx.measureText(label).width <= width) return label
  let letters = [...label]
  while (letters.length > 1 && ctx.measureText(`${letters.join('')}…`).width > width)
    letters = letters.slice(0, -1)
  return `${letters.join('')}…`
}

/** Writes each team's name where its line ends, moved apart where lines end together. */
function nameLines(plot: UPlot, font: string, picked: number) {
  const { ctx } = plot
  const ratio = devicePixelRatio
  const ends = plot.series.slice(1).flatMap((line, i) => {
    const values = plot.data[i + 1]
    const value = values?.at(-1)
    const time = plot.data[0].at(-1)
    if (value === undefined || value === null || time === undefined) return []
    const stroke = typeof line.stroke === 'function' ? line.stroke(plot, i + 1) : line.stroke
    return [
      {
        x: plot.valToPos(time, 'x', true),
        y: plot.valToPos(value, 'y', true),
        label: String(line.label),
        stroke,
        picked: i === picked,
      },
    ]
  })
  ends.sort((a, b) => a.y - b.y)
  ctx.save()
  ctx.font = font.replace(/^(\d+)px/, (_all, px) => `700 ${Number(px) * ratio}px`)
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  const gap = LABEL_GAP * ratio
  let free = Number.NEGATIVE_INFINITY
  const shown = picked < 0 ? ends.slice(0, NAMED) : ends.filter((end) => end.picked)
  const named = shown.map((end) => {
    const y = Math.max(end.y, free)
    free = y + gap
    return { ...end, labelY: y }
  })
  // Near the bottom they would stand on the axis: all move up.
  const over = Math.max(0, free - gap / 2 - plot.bbox.top - plot.bbox.height)
  for (const end of named) {
    ctx.fillStyle = typeof end.stroke === 'string' ? end.stroke : '#888'
    ctx.beginPath()
    ctx.arc(end.x, end.y, 4 * ratio, 0, 7)
    ctx.fill()
    const from = end.x + 10 * ratio
    ctx.fillText(fitted(ctx, end.label, ctx.canvas.width - from), from, end.labelY - over)
  }
  ctx.restore()
}
