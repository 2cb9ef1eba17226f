import { useCallback, useEffect, useRef, useState } from 'react'
import { apiPath, useRoute } from '../../app/route.ts'
import { tokenFor } from '../../feed/seat-tokens.ts'

export interface LogLine {
  readonly id: number
  /** Time of day, as the collector wrote it. */
  readonly at: string
  /** Exercise time, ms; null before the start. */
  readonly atMs: number | null
  readonly service: string
  readonly line: string
}

export interface LogAsk {
  readonly team: string
  readonly text: string
  readonly service: string
  /** Exercise time, ms; null: no bound. Asked for anew each time: the last minute goes on. */
  readonly range: () => { readonly fromMs: number | null; readonly toMs: number | null }
  /** What the range depends on. */
  readonly rangeKey: string
  readonly follow: boolean
}

interface Found {
  readonly lines: readonly LogLine[]
  /** There may be older ones. */
  readonly more: boolean
}

const AGAIN_MS = 5_000
/** Lines at a time. */
const PAGE = 50

/** Lines of a team's logs, newest first, a page at a time. `none`: there is no collector, or it does not answer. `later`: the platform was asked too much at once; the page asks again by itself, for older lines somebody has to. */
export function useLogs({ team, text, service, range, rangeKey, follow }: LogAsk) {
  const token = tokenFor(useRoute())
  const [found, setFound] = useState<Found | 'none' | null>(null)
  const [busy, setBusy] = useState(false)
  const [later, setLater] = useState<'again' | 'older' | null>(null)
  const spanOf = useRef(range)
  spanOf.current = range

  const ask = useCallback(
    async (signal: AbortSignal | null, before?: number): Promise<readonly LogLine[] | 'none' | 'later'> => {
      const { fromMs, toMs } = spanOf.current()
      const query = new URLSearchParams({
        team,
        q: text,
        service,
        limit: String(PAGE),
        ...(fromMs !== null && { from: String(Math.max(0, Math.floor(fromMs))) }),
        ...(toMs !== null && { to: String(Math.max(0, Math.ceil(toMs))) }),
        ...(before !== undefined && { before: String(before) }),
      })
      try {
        const reply = await fetch(apiPath(`logs?${query}`), {
          headers: token ? { authorization: `Bearer ${token}` } : {},
          signal,
        })
        if (reply.status === 429) return 'later'
        return reply.ok ? ((await reply.json()) as { lines: readonly LogLine[] }).lines : 'none'
      } catch {
        return signal?.aborted ? 'later' : 'none'
      }
    },
    [team, text, service, token],
  )

  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    setFound(null)
    setLater(null)
    const refresh = async () => {
      const lines = await ask(stop.signal)
      if (stop.signal.aborted) return
      setLater(lines === 'later' ? 'again' : null)
      if (lines !== 'later') setFound((before) => (lines === 'none' ? 'none' : joined(lines, before)))
      if (follow || lines === 'later') timer = setTimeout(() => void refresh(), AGAIN_MS)
    }
    void refresh()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [ask, rangeKey, follow])

  const older = async () => {
    if (found === null || found === 'none') return
    setBusy(true)
    const lines = await ask(null, found.lines.at(-1)?.id)
    setBusy(false)
    setLater(lines === 'later' ? 'older' : null)
    if (typeof lines === 'string') return
    setFound((now) =>
      now === null || now === 'none' || now.lines.at(-1)?.id !== found.lines.at(-1)?.id
        ? now
        : { lines: [...now.lines, ...lines], more: lines.length === PAGE },
    )
  }
  return { found, busy, later, older }
}

/** The newest page with the older lines that were there already; where more has come than a page holds, those begin anew. */
export function joined(fresh: readonly LogLine[], before: Found | 'none' | null): Found {
  const full = fresh.length === PAGE
  if (before === null || before === 'none') return { lines: fresh, more: full }
  const oldest = fresh.at(-1)?.id
  if (oldest === undefined) return { lines: fresh, more: false }
  const known = before.lines.some(({ id }) => id >= oldest)
  if (full && !known) return { lines: fresh, more: true }
  const rest = before.lines.filter(({ id }) => id < oldest)
  return { lines: [...fresh, ...rest], more: rest.length > 0 ? before.more : full }
}
