import type { State } from '../../fold/state.ts'
import { outageBouts } from './bouts.ts'
import type { MarkView } from './wall-views.ts'

/** What comes within such a part of the time so far is one mark: more would lie over one another. */
const PART = 40

/** [NV3] Where attacks landed, and where attackers were put out or a public service came back. What happened at about one time is one mark, which stands at the first of it. */
export function marksView(state: State, atMs: number): readonly MarkView[] {
  const publics = new Set(state.scenario.services.filter((service) => service.public).map(({ id }) => id))
  const points = state.teams.flatMap((team): readonly Point[] => [
    ...team.attacks.flatMap(({ state: fate, concludedMs, closedMs, info: { service } }): readonly Point[] =>
      fate === 'landed' && concludedMs !== null
        ? [
            { kind: 'attack', atMs: concludedMs, service, team: team.id },
            ...(closedMs === null
              ? []
              : [{ kind: 'repair' as const, atMs: closedMs, service, team: team.id }]),
          ]
        : [],
    ),
    ...team.services
      .filter(({ id }) => publics.has(id))
      .flatMap((service) => outageBouts(team, service, atMs))
      .flatMap(({ toMs, service }) =>
        toMs === null ? [] : [{ kind: 'repair' as const, atMs: toMs, service, team: team.id }],
      ),
  ])
  const width = Math.max(1, atMs / PART)
  const marks = new Map<string, MarkView>()
  for (const { kind, atMs: moment, service, team } of points.toSorted(inOrder(state))) {
    const key = `${kind} ${Math.floor(moment / width)}`
    const known = marks.get(key) ?? { kind, atMs: moment, services: [], teams: [] }
    marks.set(key, {
      ...known,
      services: withOne(known.services, service),
      teams: withOne(known.teams, team),
    })
  }
  return [...marks.values()]
}

interface Point {
  readonly kind: MarkView['kind']
  readonly atMs: number
  readonly service: string
  readonly team: string
}

/** By time; at one time by team, kind and service: attacks stand in another order for those who saw them begin. */
const inOrder =
  ({ places }: State) =>
  (a: Point, b: Point): number =>
    a.atMs - b.atMs ||
    (places.teams.get(a.team) ?? 0) - (places.teams.get(b.team) ?? 0) ||
    a.kind.localeCompare(b.kind) ||
    (places.services.get(a.service) ?? 0) - (places.services.get(b.service) ?? 0)

const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one]
