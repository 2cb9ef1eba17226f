import type { ServiceState, TeamState } from '../fold/state.ts'
import { evidenceFor } from '../ledger/audience.ts'
import type { Audience, Service } from '../scenario/model.ts'
import type { ServiceView, Span } from './views.ts'

/** Turns of a service as spans, the last one up to `atMs`. */
export function spansOf(service: ServiceState, atMs: number): readonly Span[] {
  return service.history.map((turn, index) => ({
    fromMs: turn.fromMs,
    toMs: service.history[index + 1]?.fromMs ?? Math.max(atMs, turn.fromMs),
    verdict: turn.verdict,
  }))
}

/** An attack landed on it and its foothold is still open. */
export const breached = (team: TeamState, service: string): boolean =>
  team.attacks.some((a) => a.info.service === service && a.state === 'landed' && a.closedMs === null)

/** One service of a team, as an audience may see it. */
export function serviceView(
  team: TeamState,
  service: Service,
  state: ServiceState,
  atMs: number,
  audience: Audience,
): ServiceView {
  const titles = new Map(service.journeys.map((j) => [j.id, j.title]))
  const titleOf = (id: string) => titles.get(id) ?? service.title
  const decides =
    state.verdict === 'up'
      ? undefined
      : (state.journeys.find((j) => j.alive && (state.containerDown || j.verdict === state.verdict)) ??
        state.journeys.find((j) => j.verdict === state.verdict))
  return {
    id: service.id,
    title: service.title,
    publicText: service.publicText,
    public: service.public,
    verdict: state.verdict,
    sinceMs: state.sinceMs,
    breached: breached(team, service.id),
    history: spansOf(state, atMs),
    reason: decides
      ? {
          journey: decides.id,
          title: titleOf(decides.id),
          evidence: evidenceFor(audience, team.id, decides.evidence),
        }
      : null,
    journeys: state.journeys.map(({ id, verdict, sinceMs }) => ({
      id,
      title: titleOf(id),
      verdict,
      sinceMs,
    })),
    containerDown: state.containerDown && state.touched === 0,
  }
}
