import { type Block, cell } from '#exercise/views/report/document.ts'
import { heldLabel } from '#exercise/views/report/minister-document.ts'
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

/** So many lines of the plan are spoken about at once. */
const TOP = 3

/** The first lines of the improvement plan, what is to be improved before what was strong; nothing while there is none. */
function planSlide(excon: ShownReport, { labels }: Words): readonly Slide[] {
  if (excon.report.reader !== 'excon') return []
  const { lines } = excon.report.facts.plan
  const top = [
    ...lines.filter(({ kind }) => kind === 'improvement'),
    ...lines.filter(({ kind }) => kind === 'strength'),
  ].slice(0, TOP)
  if (top.length === 0) return []
  const table: Block = {
    kind: 'table',
    name: 'plan-top',
    caption: labels.plan,
    head: [labels.observation, labels.recommendation, labels.owner, labels.due],
    rows: top.map(({ text, recommendation, owner, due }) =>
      [text, recommendation, owner, due].map((said) => cell(said || '–')),
    ),
  }
  return [{ title: labels.plan, of: excon, blocks: [table] }]
}

/**
 * The slides that the reports give for the first minutes after an exercise, in the order in which they are spoken about: how the countries held, what people
 * would have felt, attack by attack, what went well, what to do, and the first lines of the improvement plan where white has written any. The last slide, its
 * turning points, is not in a report.
 */
export function slidesOf(minister: ShownReport, excon: ShownReport, words: Words): readonly Slide[] {
  const { labels } = words
  const of = (report: ShownReport, title: string): Slide => ({
    title,
    of: report,
    blocks: under(report, title),
  })
  const [asOf] = minister.document.blocks
  const held = minister.report.reader === 'minister' ? heldLabel(minister.report.facts, words) : labels.held
  return [
    {
      title: minister.document.title,
      of: minister,
      blocks: [...(asOf ? [asOf] : []), ...under(minister, held)],
    },
    of(minister, labels.people),
    of(excon, labels.heat),
    of(minister, labels.well),
    // The rule by which they were chosen belongs on paper.
    {
      ...of(minister, labels.toDo),
      blocks: under(minister, labels.toDo).filter(({ kind }) => kind === 'list'),
    },
    ...planSlide(excon, words),
  ]
}
