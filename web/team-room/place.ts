import { useState } from 'react'
import { keyInExercise } from '../app/route.ts'

/** Where somebody is in the team room. Null: nothing chosen yet. */
interface Place {
  readonly tab: string | null
  readonly service: string | null
}

const TABS = [
  ...['overview', 'terminal', 'tickets', 'inbox', 'reports', 'logs', 'score', 'briefing'],
  ...['story', 'people'],
]
const keyOf = (team: string) => keyInExercise(`kilp.room.${team}`)

/** Storage may be forbidden, and may hold anything. */
function kept(team: string): Place {
  try {
    const { tab, service } = JSON.parse(sessionStorage.getItem(keyOf(team)) ?? '{}') as Partial<Place>
    return {
      tab: TABS.find((known) => known === tab) ?? null,
      service: typeof service === 'string' ? service : null,
    }
  } catch {
    return { tab: null, service: null }
  }
}

type Shown = Place & { readonly tab: string }

/**
 * The place in a team's room. Before the start there is nothing to watch yet: whoever has chosen nothing reads the briefing, and looks at a service once they choose one or it runs. A reload of the page leads back to it, as it does to the terminal that was open there. */
export function usePlace(team: string, begun: boolean): readonly [Shown, (to: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => kept(team))
  const go = (to: Partial<Place>) => {
    const tab = place.tab ?? (to.service === undefined ? null : 'overview')
    const next = { ...place, tab, ...to }
    setPlace(next)
    try {
      sessionStorage.setItem(keyOf(team), JSON.stringify(next))
    } catch {
      // Then it holds as long as the page.
    }
  }
  return [{ ...place, tab: place.tab ?? (begun ? 'overview' : 'briefing') }, go]
}
