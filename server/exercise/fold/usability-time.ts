import type { ScoringWeights } from '../scenario/model.ts'
import type { TicketState, UsabilityState } from './citizen-state.ts'

/** A persona's tallies brought up to `atMs`: what has happened since they were settled is that nothing changed. */
export function settled(
  scoring: ScoringWeights,
  tickets: readonly TicketState[],
  persona: string,
  state: UsabilityState,
  atMs: number,
): Pick<UsabilityState, 'knownMs' | 'lostMs'> {
  const { knownMs, lostMs, settledMs, down, unknown } = state
  const span = Math.max(0, atMs - settledMs)
  if (span === 0 || unknown) return { knownMs, lostMs }
  const lost = down ? span : overdueMs(scoring, tickets, persona, settledMs, atMs)
  return { knownMs: knownMs + span, lostMs: lostMs + lost }
}

/** The moment from which an open complaint costs: nobody has answered in time, or the answer holds no longer. Exercise time, ms. [SC13] */
export function overdueFrom(
  { answerWithinMs, answerHoldsMs }: ScoringWeights,
  { openedMs, answeredMs, repeatedMs, heldMs = 0 }: TicketState,
): number {
  if (answeredMs === null) return openedMs + answerWithinMs + heldMs
  return Math.min(answeredMs + answerHoldsMs + heldMs, repeatedMs ?? Number.POSITIVE_INFINITY)
}

/** How much of the time from `fromMs` to `toMs` a complaint of the persona was overdue: open, and neither new nor just answered. */
function overdueMs(
  scoring: ScoringWeights,
  tickets: readonly TicketState[],
  persona: string,
  fromMs: number,
  toMs: number,
): number {
  const spans = tickets
    .filter((ticket) => ticket.persona === persona && ticket.closedMs === null)
    .flatMap((ticket) => {
      const now = { from: overdueFrom(scoring, ticket), to: toMs }
      if (ticket.answeredMs === null) return [now]
      return [{ from: ticket.openedMs + scoring.answerWithinMs, to: ticket.answeredMs }, now]
    })
    .map(({ from, to }) => ({ from: Math.max(from, fromMs), to: Math.min(to, toMs) }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.from - b.from)
  let sum = 0
  let reached = fromMs
  for (const { from, to } of spans) {
    sum += Math.max(0, to - Math.max(from, reached))
    reached = Math.max(reached, to)
  }
  return sum
}
