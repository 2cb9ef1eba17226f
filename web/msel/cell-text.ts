import type { CellState, TimelineCell } from '#exercise/views/timeline-cell.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import { awayText } from '../kit/left-text.ts'

/** What a cell shows in one word or two: its time to go while that is known, else its state. */
export function cellText(say: Say, cell: TimelineCell, atMs: number): string {
  const { state, atMs: when, untilMs } = cell
  if (state === 'planned' && when !== null) return say('msel.in', { span: awayText(say, when - atMs) })
  if (state === 'sent' && untilMs !== null) return say('msel.left', { span: awayText(say, untilMs - atMs) })
  return say(`msel.state.${state}`)
}

/** What a cell looks like: shape first, colour last. */
export const LOOKS: Readonly<Record<CellState, { readonly mark: string; readonly tone: string }>> = {
  planned: { mark: '◷', tone: 'ahead' },
  waiting: { mark: '…', tone: 'ahead' },
  ready: { mark: '▷', tone: 'ahead' },
  held: { mark: '‖', tone: 'kept' },
  cancelled: { mark: '⊘', tone: 'gone' },
  due: { mark: '▶', tone: 'now' },
  never: { mark: '–', tone: 'gone' },
  'not-for': { mark: '–', tone: 'gone' },
  'under-way': { mark: '▶', tone: 'now' },
  abandoned: { mark: '↻', tone: 'now' },
  void: { mark: '∅', tone: 'gone' },
  landed: { mark: '×', tone: 'bad' },
  closed: { mark: '○', tone: 'slow' },
  blocked: { mark: '✓', tone: 'good' },
  outage: { mark: '△', tone: 'slow' },
  sent: { mark: '✉', tone: 'now' },
  overdue: { mark: '!', tone: 'bad' },
  answered: { mark: '✓', tone: 'good' },
  'answered-late': { mark: '✓', tone: 'slow' },
  graded: { mark: '★', tone: 'good' },
  notice: { mark: '✉', tone: 'gone' },
  said: { mark: '✉', tone: 'gone' },
  begun: { mark: '■', tone: 'gone' },
  over: { mark: '□', tone: 'gone' },
}
