import type { LoadedScenario } from '../../engine/ports/loaded-scenario.ts'

/** More than that the policies of our own pages would be too long to hold them. */
const MOST_PORTS = 160

/** For each service that citizens reach one, for each team, and as many for another exercise: a team keeps its ports until the platform ends. */
export const portsFor = (loaded: LoadedScenario | null): number =>
  loaded === null
    ? MOST_PORTS
    : Math.min(
        MOST_PORTS,
        2 *
          loaded.teams.length *
          loaded.range.services.filter(({ networks }) => networks.includes('public')).length,
      )
