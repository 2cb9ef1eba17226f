import { byMoment } from '../../fold/judged.ts'
import { reportedMs, verdictOf } from '../../fold/report-state.ts'
import { outSinceMs, responseMs } from '../../fold/responses.ts'
import type { AttackState, ServiceState, State, TeamState } from '../../fold/state.ts'
import { unusable } from '../../fold/verdicts.ts'
import type { Stage } from './problem-views.ts'

/** One country's share in a problem: from when to when, and when it reached which stage. Exercise time, ms. */
export interface Bout {
  readonly team: TeamState
  readonly service: string
  readonly fromMs: number
  /** null while it stands. */
  readonly toMs: number | null
  readonly reached: Readonly<Record<Stage, number | null>>
  readonly attack: AttackState | null
}

/** An attack that landed, as its team has dealt with it. */
export function attackBout(team: TeamState, attack: AttackState, atMs: number): Bout {
  const { concludedMs, closedMs, info } = attack
  const fromMs = concludedMs ?? 0
  const found = team.reports
    .filter(({ grades }) => verdictOf(grades)?.match === attack.attack)
    .flatMap((report) => reportedMs(report, fromMs) ?? [])
  const foundMs = found.length > 0 ? Math.min(...found) : null
  const noticed = responseMs(team, info.service, 'noticed', fromMs, closedMs ?? atMs)
  const reached = {
    // Who has reported it has noticed it.
    noticed: [noticed, foundMs].reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b))),
    'cause-found': foundMs,
    mending: responseMs(team, info.service, 'mending', fromMs, closedMs ?? atMs),
    confirmed: closedMs,
  }
  return { team, service: info.service, fromMs, toMs: closedMs, reached, attack }
}

/** Times in which a service could not be used, joined where one way of failing followed another; the last one may stand. */
export function outageBouts(team: TeamState, service: ServiceState, atMs: number): readonly Bout[] {
  const list: Bout[] = []
  const bout = (fromMs: number, toMs: number | null): Bout => ({
    team,
    service: service.id,
    fromMs,
    toMs,
    attack: null,
    reached: {
      noticed: responseMs(team, service.id, 'noticed', fromMs, toMs ?? atMs),
      // What it was is the team's own knowledge, and nobody grades it.
      'cause-found': null,
      mending: responseMs(team, service.id, 'mending', fromMs, toMs ?? atMs),
      confirmed: toMs,
    },
  })
  let since: number | null = null
  for (const { fromMs, verdict } of service.history) {
    if (unusable(verdict)) since ??= fromMs
    else if (since !== null) {
      list.push(bout(since, fromMs))
      since = null
    }
  }
  const out = outSinceMs(service)
  return out === null ? list : [...list, bout(out, null)]
}

/** Landed attacks of all teams by what they are: of the same weakness, as far as those who watch can tell. In one order for all who watch, who know of them in different ones. */
export function attackGroups({ teams }: Pick<State, 'teams'>, atMs: number): readonly (readonly Bout[])[] {
  const groups = new Map<string, Bout[]>()
  for (const team of teams)
    for (const attack of team.attacks.toSorted(byMoment)) {
      if (attack.state !== 'landed') continue
      const key = JSON.stringify([attack.info.service, attack.info.publicText])
      groups.set(key, [...(groups.get(key) ?? []), attackBout(team, attack, atMs)])
    }
  return [...groups.values()]
}
