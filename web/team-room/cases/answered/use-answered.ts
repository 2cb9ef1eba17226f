import { useEffect, useState } from 'react'
import type { Evidence } from '#exercise/scenario/model.ts'
import { useRoute } from '../../../app/route.ts'
import { sourcesApi } from '../../../editor/sources-api.ts'
import { tokenFor } from '../../../feed/seat-tokens.ts'
import { inWorker } from '../../../kit/in-worker.ts'
import type { DeskOf } from '../desk-of.ts'
import type { SourcePlace } from './answered-by.ts'

const DEADLINE_MS = 5_000
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
    const asking = before ?? look(token, team.id, id, evidence)
    asked.set(evidence, asking)
    void asking.then(known)
    return () => {
      left = true
    }
  }, [token, team.id, id, evidence])
  return places
}

async function look(
  token: string | null,
  team: string,
  service: string,
  evidence: Evidence,
): Promise<readonly SourcePlace[]> {
  const reply = await sourcesApi({ token, name: null, team, service }).texts()
  if (!reply.ok) return []
  const worker = new Worker(new URL('./answered.worker.ts', import.meta.url), { type: 'module' })
  const message = { evidence, service, texts: reply.texts }
  return (await inWorker<readonly SourcePlace[]>(worker, message, DEADLINE_MS)) ?? []
}
