import { useEffect, useState } from 'react'
import { apiPath, useRoute } from '../app/route.ts'
import { tokenFor } from '../feed/seat-tokens.ts'

/** What the scenario brings to read, as Markdown by language. */
export interface Pages {
  readonly first: string
  readonly briefing: Readonly<Record<string, string>>
  /** White only. */
  readonly instructor?: Readonly<Record<string, string>>
}

/** Asks the platform once; it does not change during an exercise. Null while it is asked. */
export function usePages(): { readonly pages: Pages | 'failed' | null; readonly again: () => void } {
  const token = tokenFor(useRoute())
  const [pages, setPages] = useState<Pages | 'failed' | null>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    const stop = new AbortController()
    fetch(apiPath('briefing'), {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: stop.signal,
    })
      .then(async (reply) => setPages(reply.ok ? ((await reply.json()) as Pages) : 'failed'))
      .catch(() => {
        if (!stop.signal.aborted) setPages('failed')
      })
    return () => stop.abort()
  }, [token, asked])
  return {
    pages,
    again: () => {
      setPages(null)
      setAsked(asked + 1)
    },
  }
}

/** The words for a reader of a language: theirs, else the author's first, else English, else whichever there is. Null where there are none. */
export function inLanguage(
  written: Readonly<Record<string, string>>,
  lang: string,
  first: string,
): { readonly lang: string; readonly text: string } | null {
  const code = [lang, first, 'en', ...Object.keys(written)].find((one) => written[one] !== undefined)
  return code === undefined ? null : { lang: code, text: written[code] ?? '' }
}
