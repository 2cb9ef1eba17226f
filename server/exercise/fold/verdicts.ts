import type { Verdict } from '../scenario/words.ts'
import type { JourneyState, ServiceState } from './state.ts'

const SEVERITY: Readonly<Record<Verdict, number>> = { up: 0, unknown: 1, slow: 2, broken: 3, down: 4 }

export const worse = (a: Verdict, b: Verdict): Verdict => (SEVERITY[b] > SEVERITY[a] ? b : a)

/** People can do what it is for, be it slowly. */
export const passing = (verdict: Verdict): boolean => verdict === 'up' || verdict === 'slow'

/** People can not do what the service is for. `unknown` is our fault and accuses nobody. */
export const unusable = (verdict: Verdict): boolean => verdict === 'broken' || verdict === 'down'

/**
 * [SC4] What a journey counts as: the worse of itself and the service's light check, which alone counts until the journey is looked at for the first time;
 * a dead container is down. What an interruption hits is not known. [SC24]
 */
export function effective(service: ServiceState, journey: JourneyState): Verdict {
  if (service.hit > 0) return 'unknown'
  if (service.containerDown) return service.touched > 0 ? 'unknown' : 'down'
  const alive = service.journeys.find((j) => j.alive)?.verdict ?? 'unknown'
  if (alive === 'down') return 'down'
  if (journey.position === 0) return alive
  if (journey.verdict === 'unknown' || alive === 'unknown') return journey.verdict
  return worse(journey.verdict, alive)
}

/** Of the whole service: down when its light check or its container is, else the worst known of its journeys. */
export function serviceVerdict(
  service: Pick<ServiceState, 'containerDown' | 'journeys' | 'hit' | 'touched'>,
): Verdict {
  if (service.hit > 0) return 'unknown'
  if (service.containerDown) return service.touched > 0 ? 'unknown' : 'down'
  let verdict: Verdict = 'up'
  for (const journey of service.journeys) {
    if (journey.alive && journey.verdict === 'down') return 'down'
    // What has not been looked at yet says nothing, once the light check has.
    if (journey.verdict !== 'unknown' || journey.alive) verdict = worse(verdict, journey.verdict)
  }
  return verdict
}

/** [SC9] Since when a service that is sound has been so, ms. */
export function soundSinceMs({ history }: Pick<ServiceState, 'history'>): number {
  let since = 0
  for (const { verdict, fromMs } of history.toReversed()) {
    if (unusable(verdict)) break
    since = fromMs
  }
  return since
}

/** [SC9] Nothing is known to be broken or down, nor was when it was interrupted: a service that is so after its foothold closed is restored. */
export const sound = (service: ServiceState): boolean =>
  !service.containerDown && service.journeys.every((j) => !unusable(j.verdict) && !j.owed)
