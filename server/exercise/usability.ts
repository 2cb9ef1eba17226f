import type { TicketState, UsabilityState } from './citizen-state.ts'
import type { Scenario, ScoringWeights } from './model.ts'
import type { ScoreEntry } from './score-entries.ts'
import { quanta, shareOf } from './shares.ts'
import type { TeamState } from './state.ts'

/** Persona shares to whole millionths, so that they can be divided like weights. */
const MILLION = 1_000_000

/** [SC13] One entry for each persona: its share of usability, as far as its time is known, less the time that was lost to it. */
export function usabilityEntries(scenario: Scenario, team: TeamState, atMs: number): readonly ScoreEntry[] {
  const budget = quanta(scenario.scoring.usability)
  if (budget === 0) return []
  const weights = scenario.citizens.personas.map(({ share }) => Math.round(share * MILLION))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return scenario.citizens.personas.flatMap((persona, index) => {
    const weight = weights[index] ?? 0
    const share = shareOf(budget, weight, before, all)
    before += weight
    const state = team.usability[index]
    if (!state) return []
    const { knownMs, lostMs } = settled(scenario.scoring, team.tickets, persona.id, state, atMs)
    const possible = Math.floor((share * knownMs) / scenario.durationMs)
    const points = Math.floor((share * (knownMs - lostMs)) / scenario.durationMs)
    const open = team.tickets.find((t) => t.persona === persona.id && t.closedMs === null)
    return [
      {
        id: `usability/${persona.id}`,
        category: 'usability' as const,
        points,
        possible,
        code: 'usability.persona' as const,
        params: { persona: persona.id, lostMs, knownMs },
        service: null,
        attack: null,
        rule: 'SC13',
        events: state.events,
        evidence: open?.evidence ?? null,
      },
    ]
  })
}

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

/** How much of the time from `fromMs` to `toMs` a complaint of the persona was overdue: open, and neither new nor just answered. */
function overdueMs(
  { answerWithinMs, answerHoldsMs }: ScoringWeights,
  tickets: readonly TicketState[],
  persona: string,
  fromMs: number,
  toMs: number,
): number {
  const spans = tickets
    .filter((ticket) => ticket.persona === persona && ticket.closedMs === null)
    .flatMap(({ openedMs, answeredMs }) => {
      const due = openedMs + answerWithinMs
      if (answeredMs === null) return [{ from: due, to: toMs }]
      return [
        { from: due, to: answeredMs },
        { from: answeredMs + answerHoldsMs, to: toMs },
      ]
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
