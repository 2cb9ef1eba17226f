import { useEffect, useState } from 'react'
import { go as goTo, keyInExercise, linkTo, type Route, useRoute } from '../app/route.ts'

/** Where somebody is in the team room. Null: nothing chosen yet. */
interface Place {
  readonly tab: string | null
  readonly service: string | null
  /** Whose log a link has led to. */
  readonly log?: string
  /** The case whose desk is open, the report that is read. */
  readonly case?: string | undefined
  readonly report?: string
}

/** The views of the room, what is used most first. */
export const TABS = [
  ...(['overview', 'cases', 'inbox', 'terminal', 'code', 'logs', 'citizen', 'reports', 'tickets'] as const),
  ...(['score', 'story', 'briefing', 'people'] as const),
]
export type RoomTab = (typeof TABS)[number]
const keyOf = (team: string) => keyInExercise(`kilp.room.${team}`)

/** Storage may be forbidden, and may hold anything. */
function kept(team: string): Place {
  try {
    const {
      tab,
      service,
      case: one,
    } = JSON.parse(sessionStorage.getItem(keyOf(team)) ?? '{}') as Partial<Place>
    return {
      tab: known(tab ?? null),
      service: typeof service === 'string' ? service : null,
      ...(typeof one === 'string' && { case: one }),
    }
  } catch {
    return { tab: null, service: null }
  }
}

type Shown = Place & { readonly tab: string }

const known = (tab: string | null): string | null => TABS.find((one) => one === tab) ?? null

/** Where a link leads: `#/instructor/kalev/tax/logs`, `#/team/kalev/tax/cases/C7`. Null where it names the room alone. */
function placeSaid({ service, tab, item }: Route): Place | null {
  if (service === null) return null
  return {
    tab: known(tab) ?? 'overview',
    service,
    ...(tab === 'logs' && { log: service }),
    ...(tab === 'cases' && item !== null && { case: item }),
  }
}

/**
 * The place in a team's room. Before the start there is nothing to watch yet: whoever has chosen nothing reads the briefing, and looks at a service once they choose one or it runs. A
 * reload of the page leads back to it, as it does to the terminal that was open there. What a link says is taken out of the address once somebody is there, or a reload would lead back
 * to it from wherever they have gone since.
 */
export function usePlace(team: string, begun: boolean): readonly [Shown, (to: Partial<Place>) => void] {
  const route = useRoute()
  const said = placeSaid(route)
  const [place, setPlace] = useState(() => said ?? kept(team))
  const { scene, big } = route
  const to = said && JSON.stringify(said)
  useEffect(() => {
    if (to === null) return
    setPlace(JSON.parse(to) as Place)
    keepPlace(team, to)
    goTo(linkTo(scene, team, big), true)
  }, [team, to, scene, big])
  const go = (to: Partial<Place>) => {
    const { log: _, report, ...there } = place
    // Who leaves the reports has read it.
    const here = to.tab === undefined && report !== undefined ? { ...there, report } : there
    const tab = place.tab ?? (to.service === undefined ? null : 'overview')
    const next = { ...here, tab, ...to }
    setPlace(next)
    keepPlace(team, JSON.stringify(next))
  }
  return [{ ...place, tab: place.tab ?? (begun ? 'overview' : 'briefing') }, go]
}

function keepPlace(team: string, place: string): void {
  try {
    sessionStorage.setItem(keyOf(team), place)
  } catch {
    // Then it holds as long as the page.
  }
}
