import { useCallback, useEffect, useState } from 'react'
import { apiPath, useRoute } from '../app/route.ts'
import { asSeat } from '../feed/as-seat.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { useSay } from '../kit/i18n/use-say.ts'

export interface Citizen {
  readonly code: string
  readonly name: string
  readonly role: string
  readonly birth: string
}

/** The page that a visit has before it, as the platform sees it: the frame does not tell. */
export interface Standing {
  readonly service: string
  readonly path: string
  readonly status: number
  readonly failed: 'down' | 'broken' | 'too-large' | 'busy' | 'fault' | 'stands-still' | 'too-fast' | null
  readonly ms: number
}

export interface Begun {
  readonly visitor: string
  readonly services: readonly string[]
  readonly people: readonly Citizen[]
}

export type SignedIn =
  | { readonly ok: true; readonly service: string; readonly path: string }
  | { readonly ok: false; readonly why: 'no-login' | 'no-card' | 'refused' | 'down' | 'stands-still' }

/** Why there is no visit: a code of the platform's, or that it offers none. */
export type NoVisit = 'no-enclave' | 'no-room' | 'off' | 'other'

export interface Visit {
  readonly begun: Begun | null
  readonly none: NoVisit | null
  /** The rest is null where it could not be had. */
  open(service: string, path: string): Promise<string | null>
  signIn(service: string, person: string | null): Promise<SignedIn | null>
  standing(): Promise<{ readonly at: Standing | null; readonly person: string | null } | null>
  again(): void
}

/** Visits last beyond the tab that shows them: who comes back goes on. */
const kept = new Map<string, Begun>()

/** One visit to a team's state as a citizen. */
export function useVisit(team: string): Visit {
  const token = tokenFor(useRoute())
  const { lang } = useSay()
  const [first] = useState(lang)
  const key = JSON.stringify([location.hash.split('?')[0], token, team])
  const [begun, setBegun] = useState(kept.get(key) ?? null)
  const [none, setNone] = useState<NoVisit | null>(null)
  const [round, setRound] = useState(0)
  const call = useCallback(
    async (path: string, body?: object): Promise<Response | null> =>
      fetch(apiPath(`citizen${path}`), {
        method: body ? 'POST' : 'GET',
        headers: {
          ...asSeat(token),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }).catch(() => null),
    [token],
  )
  const over = useCallback(() => {
    kept.delete(key)
    setBegun(null)
  }, [key])
  useEffect(() => {
    if (begun) return
    let here = true
    const begin = async () => {
      const answer = await call('', { team, lang: first })
      const said = answer ? await answer.json().catch(() => null) : null
      if (!here) return
      if (!answer?.ok) return setNone(reasonOf(answer, said))
      kept.set(key, said as Begun)
      setNone(null)
      setBegun(said as Begun)
    }
    void begin()
    return () => {
      here = false
    }
    // `round`: asked for once more.
  }, [begun, call, first, key, team, round])

  const asked = useCallback(
    async <T>(path: string, body?: object): Promise<T | null> => {
      if (!begun) return null
      const answer = await call(`/${begun.visitor}${path}`, body)
      if (answer?.status === 409 && (await codeOf(answer.clone())) === 'no-visit') over()
      return answer?.ok ? ((await answer.json()) as T) : null
    },
    [begun, call, over],
  )
  return {
    begun,
    none,
    open: useCallback(
      async (service, path) => (await asked<{ url: string }>('/open', { service, path }))?.url ?? null,
      [asked],
    ),
    signIn: useCallback((service, person) => asked<SignedIn>('/sign-in', { service, person }), [asked]),
    standing: useCallback(() => asked(''), [asked]),
    again: useCallback(() => setRound((n) => n + 1), []),
  }
}

const codeOf = async (answer: Response): Promise<string | undefined> =>
  ((await answer.json().catch(() => null)) as { refusal?: { code?: string } } | null)?.refusal?.code

function reasonOf(answer: Response | null, said: unknown): NoVisit {
  const code = (said as { refusal?: { code?: string } } | null)?.refusal?.code
  if (code === 'no-enclave' || code === 'no-room') return code
  return answer?.status === 404 && code === 'not-found' ? 'off' : 'other'
}
