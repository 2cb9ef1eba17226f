import type { Refusal } from '#exercise/decide/commands.ts'
import type { LooksSince, SourceFile, SourceTexts, SourceTree } from '#exercise/wire/sources.ts'
import { apiPath } from '../app/route.ts'
import { asSeat, NO_ANSWER } from '../feed/as-seat.ts'

export interface Theirs {
  readonly text: string
  readonly hash: string
}

/** `theirs`: where somebody was faster, what is there now; null where there is nothing. */
export type Refused = {
  readonly ok: false
  readonly refusal: Refusal
  readonly theirs?: Theirs | null
}
export type Reply<T> = (T & { readonly ok: true }) | Refused

/** The server's routes for the sources of one service. None of them rejects. */
export function sourcesApi(of: {
  readonly token: string | null
  /** Name of who sits here, where they have said it. */
  readonly name: string | null
  readonly team: string
  readonly service: string
}) {
  const place = { team: of.team, service: of.service }
  const headers = asSeat(of.token, of.name)
  const ask = async <T>(path: string, init: RequestInit): Promise<Reply<T>> => {
    try {
      const reply = await fetch(apiPath(path), init)
      const body = (await reply.json()) as T & Partial<Refused>
      return reply.ok ? { ...body, ok: true } : { ...body, ok: false, refusal: body.refusal ?? NO_ANSWER }
    } catch {
      return { ok: false, refusal: NO_ANSWER }
    }
  }
  const read = <T>(path: string, more: Readonly<Record<string, string>> = {}) =>
    ask<T>(`${path}?${new URLSearchParams({ ...place, ...more })}`, { headers })
  const write = <T>(method: string, path: string, data: object) =>
    ask<T>(path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ ...place, ...data }),
    })
  return {
    tree: () => read<SourceTree>('sources'),
    file: (path: string) => read<SourceFile>('sources/file', { path }),
    texts: () => read<SourceTexts>('sources/texts'),
    /** `text` null deletes; `expected`: hash of what was read, null for a new file. */
    save: (path: string, text: string | null, expected: string | null) =>
      write<{ readonly hash: string | null }>('PUT', 'sources/file', { path, text, expected }),
    restart: () => write<{ readonly running: boolean; readonly said: string }>('POST', 'sources/restart', {}),
    looks: () => read<LooksSince>('sources/looks'),
  }
}
export type SourcesApi = ReturnType<typeof sourcesApi>
