import { useEffect, useState } from 'react'
import type { WallPage } from '#exercise/scenario/wall-scene.ts'
import { apiPath } from '../app/route.ts'

/** How the page stands, as the platform found it. */
export interface WallStanding extends WallPage {
  readonly status: number
  readonly ms: number
  readonly failed:
    | ('down' | 'broken' | 'too-large' | 'busy' | 'fault' | 'stands-still' | 'too-fast' | 'leads-away')
    | null
  /** Null where there is nothing to be seen; another one when the page is another. */
  readonly url: string | null
}

const EVERY_MS = 15_000

/** The page that white has put on the walls; `off` where this platform shows none. Asked for again and again: the platform asks the service for all who watch together. */
export function useWallPage(page: WallPage): { readonly at: WallStanding | null; readonly off: boolean } {
  const key = keyOf(page)
  const [found, setFound] = useState<{ readonly at: WallStanding | null; readonly off: boolean }>({
    at: null,
    off: false,
  })
  useEffect(() => {
    let here = true
    const look = async () => {
      const answer = await fetch(apiPath('wall-page')).catch(() => null)
      if (answer?.status === 404) {
        if (here) setFound({ at: null, off: true })
        return
      }
      const said = answer?.ok ? ((await answer.json()) as { page: WallStanding | null }) : null
      if (here && said?.page && keyOf(said.page) === key) setFound({ at: said.page, off: false })
    }
    setFound({ at: null, off: false })
    void look()
    const timer = setInterval(look, EVERY_MS)
    return () => {
      here = false
      clearInterval(timer)
    }
  }, [key])
  return found
}

const keyOf = ({ team, service, path, lang }: WallPage) => JSON.stringify([team, service, path, lang])
