import { useMemo } from 'react'
import { seriesFor } from '#exercise/views/frozen.ts'
import { type SectorsView, sectorsView } from '#exercise/views/sectors/sectors-view.ts'
import type { LossSamples } from '#exercise/views/series.ts'
import type { Series } from '#exercise/views/views.ts'
import { useAudience, useFeedState } from './use-feed.tsx'
import { useAtMs } from './use-view.ts'

const NO_SERIES: Series = { timesMs: [], teams: [] }

/** Points lost so far. */
export function useSeries(): Series {
  const [folded, atMs] = [useFeedState((feed) => feed.folded), useAtMs()]
  const { losses, state } = folded
  const audience = useAudience()
  return useMemo(
    () => (losses ? seriesFor(losses, state, atMs, audience) : NO_SERIES),
    [losses, state, atMs, audience],
  )
}

/** Samples of the points lost, as they are folded. Null while nothing is known. */
export function useLosses(): LossSamples | null {
  return useFeedState((feed) => feed.folded.losses)
}

/** Attacks by teams; null before there is an exercise. */
export function useSectors(): SectorsView | null {
  const [folded, atMs] = [useFeedState((feed) => feed.folded), useAtMs()]
  const { losses, state } = folded
  const audience = useAudience()
  return useMemo(
    () => (losses ? sectorsView(state, losses, atMs, audience) : null),
    [losses, state, atMs, audience],
  )
}
