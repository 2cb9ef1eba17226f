import { type State, serviceOf, type TeamState } from '../fold/state.ts'
import { effective } from '../fold/verdicts.ts'
import type { Condition } from '../scenario/trigger.ts'
import { scoreAt } from '../scoring/scoring.ts'
import { cameOutMs } from './came-out.ts'
import { reportTruth } from './report-filed.ts'
import type { Truth } from './truth.ts'

/**
 * What a condition is for a team at a moment. Pure: it follows from the fold alone. Where the fold does not say since when (a score; what was never so), the answer is the
 * latest moment that is certain, so that `for` never counts time that nobody knows of.
 */
export function conditionOf(state: State, team: TeamState, condition: Condition, atMs: number): Truth {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return together(
        condition.of.map((one) => conditionOf(state, team, one, atMs)),
        condition.kind === 'and',
      )
    case 'not': {
      const { so, sinceMs } = conditionOf(state, team, condition.of, atMs)
      return { so: !so, sinceMs }
    }
    case 'verdict':
      return verdictTruth(team, condition)
    case 'foothold':
      return footholdTruth(team, condition.attack)
    case 'came-out': {
      const since = cameOutMs(team, condition.after, atMs)
      return since === null ? { so: false, sinceMs: 0 } : { so: true, sinceMs: since }
    }
    case 'report':
      return reportTruth(state, team, condition)
    case 'score': {
      const { total, possible } = scoreAt(state, team.id, atMs)
      return { so: possible > 0 && total / possible < condition.below, sinceMs: atMs }
    }
    case 'phase': {
      const last = state.phasesEntered.at(-1)
      if (last?.id === condition.phase) return { so: true, sinceMs: last.atMs }
      const entered = state.phasesEntered.findIndex(({ id }) => id === condition.phase)
      const left = entered < 0 ? undefined : state.phasesEntered[entered + 1]
      return { so: false, sinceMs: left?.atMs ?? 0 }
    }
  }
}

/** `all`: so when all are, else when one is. */
function together(truths: readonly Truth[], all: boolean): Truth {
  const so = all ? truths.every((one) => one.so) : truths.some((one) => one.so)
  // All must have been so, or none: from the latest on. One suffices: the earliest of those.
  const moments = truths.filter((one) => one.so === so).map((one) => one.sinceMs)
  if (moments.length === 0) return { so, sinceMs: 0 }
  return { so, sinceMs: all === so ? Math.max(...moments) : Math.min(...moments) }
}

function verdictTruth(
  team: TeamState,
  { service: id, journey: name, is }: Extract<Condition, { kind: 'verdict' }>,
): Truth {
  const service = serviceOf(team, id)
  if (!service) return { so: false, sinceMs: 0 }
  if (name !== undefined) {
    const journey = service.journeys.find((one) => one.id === name)
    if (!journey) return { so: false, sinceMs: 0 }
    return {
      so: is.includes(effective(service, journey)),
      sinceMs: Math.max(journey.sinceMs, service.sinceMs),
    }
  }
  const so = is.includes(service.verdict)
  let sinceMs = 0
  for (const turn of service.history.toReversed()) {
    if (is.includes(turn.verdict) !== so) break
    sinceMs = turn.fromMs
  }
  return { so, sinceMs }
}

function footholdTruth(team: TeamState, attack: string | undefined): Truth {
  const meant = team.attacks.filter(
    (one) => one.state === 'landed' && (attack === undefined || one.attack === attack),
  )
  const open = meant.flatMap(({ closedMs, concludedMs }) => (closedMs === null ? (concludedMs ?? 0) : []))
  if (open.length > 0) return { so: true, sinceMs: Math.min(...open) }
  return { so: false, sinceMs: Math.max(0, ...meant.map(({ closedMs }) => closedMs ?? 0)) }
}
