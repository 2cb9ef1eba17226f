import type { RangeSpec } from '../../engine/ports/loaded-scenario.ts'
import type { Watch, WatchedPort } from './probe-wire.ts'

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** Pure: where each service is watched: at the port that its light check asks over HTTP. One that is asked otherwise, as a database is, is not: it would take a silent client for one of its few. */
export function watchedPorts({
  services,
  journeys,
}: Pick<RangeSpec, 'services' | 'journeys'>): readonly WatchedPort[] {
  return services.flatMap(({ id, alive }): WatchedPort[] => {
    for (const step of journeys[`${id}/${alive}`]?.steps ?? []) {
      const text = 'http' in step ? step.http.url : ''
      const url = URL.canParse(text) ? new URL(text) : null
      if (url?.hostname === id)
        return [{ service: id, host: id, port: Number(url.port) || (PORTS[url.protocol] ?? 80) }]
    }
    return []
  })
}

/** Who hears of services that are worth a look, and what each team's probe has an eye on. */
export function openTurned(spec: Pick<RangeSpec, 'services' | 'journeys'>) {
  const ports = watchedPorts(spec)
  const calls: ((team: string, service: string) => void)[] = []
  return {
    on: (call: (team: string, service: string) => void) => void calls.push(call),
    watch: (team: string): Watch => ({
      ports,
      turned(service) {
        // What a probe says is read like anybody's word.
        if (ports.some((port) => port.service === service)) for (const call of calls) call(team, service)
      },
    }),
  }
}
