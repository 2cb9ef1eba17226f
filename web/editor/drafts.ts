import { keyInExercise } from '../app/route.ts'
import { keep, kept } from '../kit/kept-text.ts'

/** What somebody has typed and not saved, and the hash of what they typed it over; null: a new file. */
export interface Draft {
  readonly text: string
  readonly over: string | null
}

/** What of a service's sources is not saved, kept in this browser tab over a reload. */
export function openDrafts(team: string, service: string) {
  const key = keyInExercise(`kilp.sources.${team}.${service}`)
  const openKey = `${key}.open`
  let drafts = parsed(kept(key))
  const put = (next: ReadonlyMap<string, Draft>) => {
    drafts = next
    keep(key, next.size > 0 ? JSON.stringify([...next]) : null)
  }
  return {
    /** The file that was open last, for who comes back from another tab of the room. */
    lastOpen: (): string | null => kept(openKey),
    opened: (path: string) => keep(openKey, path),
    paths: (): readonly string[] => [...drafts.keys()],
    of: (path: string): Draft | null => drafts.get(path) ?? null,
    write: (path: string, draft: Draft) => put(new Map([...drafts, [path, draft]])),
    forget: (path: string) => {
      if (drafts.has(path)) put(new Map([...drafts].filter(([one]) => one !== path)))
    },
  }
}
export type Drafts = ReturnType<typeof openDrafts>

/** Storage may hold anything. */
function parsed(text: string | null): ReadonlyMap<string, Draft> {
  try {
    const list = JSON.parse(text ?? '[]') as unknown
    if (!Array.isArray(list)) return new Map()
    return new Map(
      list.flatMap((one: unknown) => {
        if (!Array.isArray(one)) return []
        const [path, draft] = one as [unknown, Partial<Draft> | null]
        if (typeof path !== 'string' || typeof draft?.text !== 'string') return []
        return [[path, { text: draft.text, over: draft.over ?? null }] as const]
      }),
    )
  } catch {
    return new Map()
  }
}
