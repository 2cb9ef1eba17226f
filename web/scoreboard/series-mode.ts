import type { Series } from '#exercise/views/views.ts'

export const SERIES_MODES = ['lost', 'mean', 'leader'] as const
export type SeriesMode = (typeof SERIES_MODES)[number]

/**
 * The curve as `mode` shows it: what was lost; how much less than the mean of all teams (more: below nothing); how much more than the team that had
 * lost least. `lost` and `leader` are drawn with nothing at the top.
 */
export function seriesIn(series: Series, mode: SeriesMode): Series {
  if (mode === 'lost' || series.teams.length === 0) return series
  const base = series.timesMs.map((_, i) => {
    const all = series.teams.map(({ lost }) => lost[i] ?? 0)
    return mode === 'leader' ? Math.min(...all) : all.reduce((sum, lost) => sum + lost, 0) / all.length
  })
  const teams = series.teams.map(({ id, lost }) => ({
    id,
    lost: lost.map((value, i) => (mode === 'mean' ? (base[i] ?? 0) - value : value - (base[i] ?? 0))),
  }))
  return { ...series, teams }
}
