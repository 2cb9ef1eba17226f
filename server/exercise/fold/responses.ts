import type { RecordedOf } from '../ledger/events.ts'
import type { ResponseStep } from '../ledger/response-events.ts'
import { type Draft, teamIn } from './draft.ts'
import type { ServiceState, TeamState } from './state.ts'
import { unusable } from './verdicts.ts'

/** So many are kept of a team: one for each step of each trouble. */
const KEPT = 400

export function responseBegan(draft: Draft, event: RecordedOf<'response.began'>) {
  const { team: id, service, step } = event.data
  const team = teamIn(draft, id)
  if (team) team.responses = [...team.responses, { service, step, atMs: event.at }].slice(-KEPT)
}

/** Since when a service can not be used, however it fails; null while it can be. ms */
export function outSinceMs({ history }: Pick<ServiceState, 'history'>): number | null {
  let since: number | null = null
  for (const { verdict, fromMs } of history.toReversed()) {
    if (!unusable(verdict)) break
    since = fromMs
  }
  return since
}

/** When the latest began of what everybody knows is wrong with a service of a team now: an attacker inside, or that it can not be used. Null while nothing is. ms */
export function troubleSinceMs(
  team: Pick<TeamState, 'attacks' | 'services'>,
  service: string,
): number | null {
  const inside = team.attacks
    .filter(
      ({ state, closedMs, info }) => state === 'landed' && closedMs === null && info.service === service,
    )
    .map(({ concludedMs }) => concludedMs ?? 0)
  // That it can not be used while they are inside is part of it.
  if (inside.length > 0) return Math.max(...inside)
  const known = team.services.find(({ id }) => id === service)
  return known ? outSinceMs(known) : null
}

/** When a team first began a step with a service in a time; null where it did not. ms */
export const responseMs = (
  { responses }: Pick<TeamState, 'responses'>,
  service: string,
  step: ResponseStep,
  fromMs: number,
  toMs: number,
): number | null =>
  responses.find(
    (one) => one.service === service && one.step === step && one.atMs >= fromMs && one.atMs <= toMs,
  )?.atMs ?? null
