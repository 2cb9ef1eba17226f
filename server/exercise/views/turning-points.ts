import { byMoment, concluded } from '../fold/judged.ts'
import type { State, TeamState } from '../fold/state.ts'
import { unusable } from '../fold/verdicts.ts'
import { needsOf } from '../scenario/needs.ts'
import type { Text } from '../scenario/words.ts'
import { FOLLOWS_MS } from './cascade.ts'
import type { Series } from './views.ts'

/** A moment that people come back to. Times in ms of exercise time. */
export type TurningPoint = { readonly atMs: number; readonly team: string } & (
  | {
      readonly kind: 'first-landed' | 'first-mended' | 'last-mended'
      readonly attack: Text
      readonly afterMs: number
      /** It got into no other team: nobody was before or after. */
      readonly alone: boolean
    }
  /** One of the longest: for how long nobody could use the service, as far as is known. */
  | { readonly kind: 'outage'; readonly service: string; readonly forMs: number }
  /** Of the service that failed first; so many others failed because they need it. */
  | { readonly kind: 'chain'; readonly service: string; readonly others: number }
  /** A team lost so many points more than the mean of all within `SWING_MS`, which end here. */
  | { readonly kind: 'swing'; readonly points: number; readonly withinMs: number }
  | { readonly kind: 'note'; readonly text: string }
)

/** Of outages, chains and swings so many are told. */
const MOST = 3
/** So many of all are the most important ones. */
export const MAIN = 9
export const SWING_MS = 600_000

/**
 * The moments of an exercise that decided it, oldest first, as far as the audience whose state this is knows them: who was first and last to mend each weakness, the
 * longest outages, the largest chains and swings; for white its notes.
 */
export function turningPoints(state: State, series: Series, atMs: number): readonly TurningPoint[] {
  const byTeam = state.teams.map((team) => outagesOf(team, atMs))
  return [
    ...attackPoints(state),
    ...longest(byTeam.flat(), ({ forMs }) => forMs),
    ...longest(
      byTeam.flatMap((outages) => chainsOf(state, outages)),
      ({ others }) => others,
    ),
    ...longest(swingsOf(series), ({ points }) => points),
    ...state.notes.map((note) => ({
      kind: 'note' as const,
      atMs: note.atMs,
      team: note.about?.team ?? '',
      text: note.text,
    })),
  ].sort((a, b) => a.atMs - b.atMs)
}

/**
 * The most important of them, oldest first, for a slide that all look at: what was longest and largest, then who was first, as many as there is room for. Never a note: it is white's own.
 */
export function mainPoints(all: readonly TurningPoint[]): readonly TurningPoint[] {
  const heavy = all.filter(({ kind }) => kind === 'outage' || kind === 'chain' || kind === 'swing')
  const first = all.filter(({ kind }) => kind === 'first-landed' || kind === 'first-mended')
  const chosen = new Set([...heavy, ...first].slice(0, MAIN))
  return all.filter((one) => chosen.has(one))
}

const longest = <T>(list: readonly T[], by: (one: T) => number): readonly T[] =>
  list.toSorted((a, b) => by(b) - by(a)).slice(0, MOST)

function attackPoints(state: State): readonly TurningPoint[] {
  const all = state.teams.flatMap(({ id: team, attacks }) =>
    attacks
      .filter(concluded)
      .filter(({ state: how }) => how === 'landed')
      .map((attack) => ({ team, attack })),
  )
  const byAttack = Map.groupBy(
    all.toSorted((a, b) => byMoment(a.attack, b.attack)),
    ({ attack }) => attack.attack,
  )
  return [...byAttack.values()].flatMap((same) => {
    const landed = same.toSorted((a, b) => a.attack.concludedMs - b.attack.concludedMs)
    const mended = same
      .flatMap(({ team, attack }) =>
        attack.closedMs === null ? [] : [{ team, attack, closedMs: attack.closedMs }],
      )
      .toSorted((a, b) => a.closedMs - b.closedMs)
    const [first] = landed
    const [soonest, ...later] = mended
    const last = later.at(-1)
    const alone = same.length === 1
    return [
      first && point('first-landed', first, first.attack.concludedMs, alone),
      soonest && point('first-mended', soonest, soonest.closedMs, alone),
      // Who is last is known only when nobody is left.
      last && mended.length === same.length && point('last-mended', last, last.closedMs, alone),
    ].filter((one) => one !== undefined && one !== false)
  })
}

const point = (
  kind: 'first-landed' | 'first-mended' | 'last-mended',
  {
    team,
    attack,
  }: {
    readonly team: string
    readonly attack: { readonly info: { readonly title: Text }; readonly concludedMs: number }
  },
  atMs: number,
  alone: boolean,
): TurningPoint => ({
  kind,
  team,
  alone,
  attack: attack.info.title,
  atMs,
  // From when it landed: not everybody sees when one is launched.
  afterMs: Math.max(0, atMs - attack.concludedMs),
})

interface Outage {
  readonly kind: 'outage'
  readonly team: string
  readonly service: string
  readonly atMs: number
  readonly forMs: number
}

function outagesOf({ id: team, services }: TeamState, nowMs: number): readonly Outage[] {
  return services.flatMap(({ id: service, history }) => {
    const found: Outage[] = []
    let since: number | null = null
    for (const [n, { fromMs, verdict }] of history.entries()) {
      if (unusable(verdict)) since ??= fromMs
      const until = history[n + 1]?.fromMs ?? nowMs
      if (since === null || (history[n + 1] && unusable(history[n + 1]?.verdict ?? 'up'))) continue
      found.push({ kind: 'outage', team, service, atMs: since, forMs: until - since })
      since = null
    }
    return found
  })
}

/** Outages of a team that others followed which need the service, directly or not, while it was out or soon after. */
function chainsOf({ scenario }: State, outages: readonly Outage[]) {
  const needs = new Map(scenario.services.map(({ id }) => [id, needsOf(scenario, id)]))
  return outages.flatMap(({ team, service, atMs, forMs }) => {
    const followed = outages.filter(
      (other) =>
        other.atMs >= atMs &&
        other.atMs <= atMs + forMs + FOLLOWS_MS &&
        needs.get(other.service)?.has(service),
    )
    const others = new Set(followed.map((other) => other.service)).size
    return others > 0 ? [{ kind: 'chain' as const, team, service, atMs, others }] : []
  })
}

/** For each team its worst stretch against the mean. */
function swingsOf({ timesMs, teams }: Series) {
  if (teams.length < 2) return []
  const mean = timesMs.map((_, n) => teams.reduce((sum, { lost }) => sum + (lost[n] ?? 0), 0) / teams.length)
  return teams.flatMap(({ id: team, lost }) => {
    let [worst, from] = [{ points: 0, atMs: 0, withinMs: 0 }, 0]
    for (const [n, atMs] of timesMs.entries()) {
      while ((timesMs[from] ?? 0) < atMs - SWING_MS) from += 1
      const points = (lost[n] ?? 0) - (lost[from] ?? 0) - ((mean[n] ?? 0) - (mean[from] ?? 0))
      if (points > worst.points) worst = { points, atMs, withinMs: atMs - (timesMs[from] ?? 0) }
    }
    return worst.points >= 1 ? [{ kind: 'swing' as const, team, ...worst }] : []
  })
}
