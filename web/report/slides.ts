import type { Block } from '#exercise/views/report/document.ts'
import type { Words } from '#exercise/views/report/words/words.ts'
import type { ShownReport } from './use-report.ts'

/** One slide: what stands on it, of which report. */
export interface Slide {
  readonly title: string
  readonly of: ShownReport
  readonly blocks: readonly Block[]
}

/** What stands under a heading of a report. */
function under({ document }: ShownReport, title: string): readonly Block[] {
  const from = document.blocks.findIndex((block) => block.kind === 'heading' && block.text === title)
  if (from < 0) return []
  const rest = document.blocks.slice(from + 1)
  const end = rest.findIndex(({ kind }) => kind === 'heading')
  return end < 0 ? rest : rest.slice(0, end)
}

/**
 * The slides that the reports give for the first minutes after an exercise, in the order in which they are spoken about: how the countries held, what people
 * would have felt, attack by attack, what went well, what to do. The sixth, its turning points, is not in a report.
 */
export function slidesOf(minister: ShownReport, excon: ShownReport, { labels }: Words): readonly Slide[] {
  const of = (report: ShownReport, title: string): Slide => ({
    title,
    of: report,
    blocks: under(report, title),
  })
  const [asOf] = minister.document.blocks
  return [
    {
      title: minister.document.title,
      of: minister,
      blocks: [...(asOf ? [asOf] : []), ...under(minister, labels.held)],
    },
    of(minister, labels.people),
    of(excon, labels.heat),
    of(minister, labels.well),
    // The rule by which they were chosen belongs on paper.
    {
      ...of(minister, labels.toDo),
      blocks: under(minister, labels.toDo).filter(({ kind }) => kind === 'list'),
    },
  ]
}
