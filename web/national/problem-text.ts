import type { ProblemView } from '#exercise/views/wall/problem-views.ts'
import { fewNames } from '../kit/few-names.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** How what a problem is of is called here: services, and teams. */
export interface Names {
  readonly service: (id: string) => string
  readonly team: (id: string) => string
}

/** Services and teams that one line names. */
const NAMED = 3

export const problemTitle = (say: Say, problem: ProblemView, names: Names): string => {
  const kind = problem.solvedMs !== null ? 'solved' : problem.cause === 'attack' ? 'attack' : 'outage'
  return say(`problem.${kind}`, { service: names.service(problem.service) })
}

/** Since when, in how many countries. Of one country alone nothing is counted. */
export const whereText = (say: Say, { sinceMs, open, hit, solvedMs }: ProblemView, total: number): string =>
  say('problem.where', {
    count: total,
    time: say.clock(sinceMs),
    where: say.where(solvedMs === null ? open.length : hit.length, total),
  })

/** Where it stands by name, or stood; of many countries only their number is told. */
export const teamsText = (say: Say, { open, hit, solvedMs }: ProblemView, names: Names): string | null => {
  const ids = solvedMs === null ? open : hit
  if (ids.length > NAMED) return null
  const teams = say.list(ids.map(names.team))
  return say('problem.teams', { count: ids.length, teams })
}

/** Who can not do what, and what fails with it. */
export function effectTexts(say: Say, problem: ProblemView, names: Names): readonly string[] {
  const { people, dependents, taken, solvedMs } = problem
  return [
    ...(taken ? [say('problem.taken', { people: say.rough(taken.people), what: say.text(taken.what) })] : []),
    ...(solvedMs === null && (people > 0 || !taken)
      ? [say('problem.people', { count: people, people: say.rough(people) })]
      : []),
    ...(dependents.length > 0
      ? [
          say('problem.with', {
            count: dependents.length,
            services: fewNames(say, dependents.map(names.service), NAMED + 1),
          }),
        ]
      : []),
  ]
}

/** When it is over: an estimate only where there is one. */
export function endText(say: Say, { expected, solvedMs }: ProblemView): readonly [string, string] {
  if (solvedMs !== null)
    return [say('problem.end.over'), say('problem.end.since', { time: say.clock(solvedMs) })]
  if (!expected) return [say('problem.end.unknown'), say('problem.end')]
  const wholeMs = Math.max(1, Math.ceil(expected.ms / 60_000)) * 60_000
  return [
    say('problem.end.about', { span: say.span(wholeMs) }),
    say('problem.end.by', { count: expected.by }),
  ]
}
