import { useEffect, useState } from 'react'
import type { Evidence } from '#exercise/scenario/model.ts'
import { useRoute } from '../../../app/route.ts'
import { tokenFor } from '../../../feed/seat-tokens.ts'
import type { DeskOf } from '../desk-of.ts'
import type { SourcePlace } from './answered-by.ts'

/** Panels of a desk ask for the same, and sources are read once for all of them. */
const asked = new WeakMap<Evidence, Promise<readonly SourcePlace[]>>()

/** Where what a case's evidence shows is answered, likeliest first; null until that is known, empty where it can not be. */
export function useAnswered({ team, one, service }: DeskOf): readonly SourcePlace[] | null {
  const token = tokenFor(useRoute())
  const { evidence } = one
  const id = service?.id
  const [places, setPlaces] = useState<readonly SourcePlace[] | null>(null)
  useEffect(() => {
    let left = false
    const known = (found: readonly SourcePlace[]) => {
      if (!left) setPlaces(found)
    }
    if (!evidence || id === undefined) return known([])
    const before = asked.get(evidence)
    const asking = before ?? import('./look.ts').then(({ look }) => look(token, team.id, id, evidence))
    asked.set(evidence, asking)
    void asking.then(known)
    return () => {
      left = true
    }
  }, [token, team.id, id, evidence])
  return places
}
