import { useState } from 'react'
import { keyInExercise } from '../app/route.ts'

/** Where somebody is in the team room. A null service: nothing chosen yet. */
interface Place {
  readonly tab: string
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
      tab: TABS.find((known) => known === tab) ?? 'overview',
      service: typeof service === 'string' ? service : null,
    }
  } catch {
    return { tab: 'overview', service: null }
  }
}

/** The place in a team's room; a reload of the page leads back to it, as it does to the terminal that was open there. */
export function usePlace(team: string): readonly [Place, (to: Partial<Place>) => void] {
  const [place, setPlace] = useState(() => kept(team))
  const go = (to: Partial<Place>) => {
    const next = { ...place, ...to }
    setPlace(next)
    try {
      sessionStorage.setItem(keyOf(team), JSON.stringify(next))
    } catch {
      // Then it holds as long as the page.
    }
  }
  return [place, go]
}
