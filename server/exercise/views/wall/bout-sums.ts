import type { Bout } from './bouts.ts'
import type { ProblemView, Stage, StageView } from './problem-views.ts'

/** When the first country reached a stage, and how many have. */
export function stageOf(bouts: readonly Bout[], stage: Stage): StageView {
  const moments = bouts.flatMap(({ reached }) => reached[stage] ?? [])
  const teams = new Set(bouts.flatMap(({ team, reached }) => (reached[stage] === null ? [] : team.id)))
  return { firstMs: moments.length > 0 ? Math.min(...moments) : null, teams: teams.size }
}

const lasted = ({ fromMs, toMs }: Bout): number | null => (toMs === null ? null : toMs - fromMs)

/** The country that was done first, by how long it took there. */
export function fastestOf(bouts: readonly Bout[]): ProblemView['fastest'] {
  const done = bouts.flatMap((bout) => {
    const ms = lasted(bout)
    return ms === null ? [] : [{ team: bout.team.id, ms }]
  })
  return done.toSorted((a, b) => a.ms - b.ms)[0] ?? null
}

/**
 * What is left of the middle time that it has taken where it is over, for the country that has longest to go. Null where it is over nowhere, and where it already lasts longer than that
 * in any: then it is not like the others.
 */
export function expectedOf(
  standing: readonly Bout[],
  all: readonly Bout[],
  atMs: number,
): ProblemView['expected'] {
  const times = all.flatMap((bout) => lasted(bout) ?? []).toSorted((a, b) => a - b)
  const usual = times[times.length >> 1]
  if (usual === undefined || standing.length === 0) return null
  const left = standing.map(({ fromMs }) => usual - (atMs - fromMs))
  return left.some((ms) => ms <= 0) ? null : { ms: Math.max(...left), by: times.length }
}
