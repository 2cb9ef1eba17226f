import { useMemo, useRef } from 'react'
import type { State } from '#exercise/fold/state.ts'
import type { Names, ReportDocument } from '#exercise/views/report/document.ts'
import { documentOf, namesIn, type Report, reportFor, type Wanted } from '#exercise/views/report/report.ts'
import type { Words } from '#exercise/views/report/words/words.ts'
import type { LossSamples } from '#exercise/views/series.ts'
import { useAudience, useFeedState } from '../feed/use-feed.tsx'
import { useAtMs } from '../feed/use-view.ts'

/** Reports are read, not watched: while time runs they are worked out anew once in so long, and not with each event. Exercise time, ms */
const STEP_MS = 5000

export interface ShownReport {
  readonly report: Report
  readonly document: ReportDocument
  readonly names: Names
}

export interface Moment {
  readonly of: string
  readonly state: State
  readonly losses: LossSamples | null
  readonly atMs: number
}

/** What a report is made from: the same for a while as long as time runs, what is known now while it does not. */
export function useMoment(): Moment {
  const { state, losses } = useFeedState((feed) => feed.folded)
  const caughtUp = useFeedState((feed) => feed.caughtUp)
  const now = useAtMs()
  const of = `${state.exerciseId} ${state.phase} ${caughtUp} ${Math.floor(now / STEP_MS)}`
  const held = useRef<Moment | null>(null)
  const known = held.current
  if (known?.of === of && (state.phase === 'running' || known.state === state)) return known
  const fresh = { of, state, losses, atMs: now }
  held.current = fresh
  return fresh
}

/** A report in words, from what this page knows; null where there is nothing yet, or nothing for this seat. */
export function useReport(wanted: Wanted, words: Words | null): ShownReport | null {
  const moment = useMoment()
  const audience = useAudience()
  const team = wanted.reader === 'team' ? wanted.team : ''
  const { reader } = wanted
  return useMemo(() => {
    const { state, losses, atMs } = moment
    if (!words || state.exerciseId === '') return null
    const asked: Wanted = reader === 'team' ? { reader, team } : { reader }
    const report = reportFor(state, losses, atMs, audience, asked)
    const names = namesIn(state, words.lang)
    return report && { report, names, document: documentOf(report, words, names) }
  }, [moment, audience, reader, team, words])
}
