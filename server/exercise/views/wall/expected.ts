import type { ServiceState, State } from '../../fold/state.ts'
import { unusable } from '../../fold/verdicts.ts'
import type { ProblemView } from './problem-views.ts'
import type { ExpectedView } from './wall-views.ts'

/** Fewer repairs say nothing about the next one. */
export const ENOUGH = 3
/** What has taken so many times as long as the middle one is no longer like the others. */
export const ODD = 2

interface Trouble {
  readonly ms: number
  readonly over: boolean
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** [NV4] Only an estimate where at least three like troubles are over, and none that stands has lasted twice as long as the middle one. */
export function expectedView(state: State, atMs: number): ExpectedView {
  const publics = state.scenario.services.filter((service) => service.public).map(({ id }) => id)
  const teams = state.teams.map((team) => ({
    inside: team.attacks.flatMap(({ state: fate, concludedMs, closedMs }): Trouble[] =>
      fate === 'landed' && concludedMs !== null
        ? [{ ms: (closedMs ?? atMs) - concludedMs, over: closedMs !== null }]
        : [],
    ),
    out: team.services.filter(({ id }) => publics.includes(id)).flatMap((service) => outages(service, atMs)),
  }))
  const normal = teams.filter(({ inside, out }) => [...inside, ...out].every(({ over }) => over)).length
  const count = { normal, teams: teams.length }
  if (state.phase === 'created' || state.phase === 'deploying')
    return { state: 'unknown', ms: 0, by: 0, normal: 0, teams: teams.length }
  if (normal === teams.length) return { state: 'normal', ms: 0, by: 0, ...count }
  const kinds = [teams.flatMap(({ inside }) => inside), teams.flatMap(({ out }) => out)]
  const standing = kinds.filter((kind) => kind.some(({ over }) => !over))
  let [ms, by] = [0, 0]
  for (const kind of standing) {
    const done = kind.filter(({ over }) => over).map((one) => one.ms)
    const usual = middle(done)
    const open = kind.filter(({ over }) => !over).map((one) => one.ms)
    if (done.length < ENOUGH || open.some((since) => since > usual * ODD))
      return { state: 'unknown', ms: 0, by: done.length, ...count }
    ms = Math.max(ms, ...open.map((since) => Math.max(0, usual - since)))
    by += done.length
  }
  return { state: 'expected', ms, by, ...count }
}

/** The whole is no better known than its parts: where a problem already lasts longer than the same did elsewhere, nobody knows when all is normal. */
export const noSooner = (expected: ExpectedView, problems: readonly ProblemView[]): ExpectedView =>
  expected.state === 'expected' && problems.some(lastsLonger)
    ? { ...expected, state: 'unknown', ms: 0 }
    : expected

const lastsLonger = ({ open, expected, fastest }: ProblemView): boolean =>
  open.length > 0 && expected === null && fastest !== null

/** Times in which a service could not be used, joined where one way of failing followed another. */
function outages({ history }: ServiceState, atMs: number): readonly Trouble[] {
  const list: Trouble[] = []
  let since: number | null = null
  for (const { fromMs, verdict } of history) {
    if (unusable(verdict)) since ??= fromMs
    else if (since !== null) {
      list.push({ ms: fromMs - since, over: true })
      since = null
    }
  }
  return since === null ? list : [...list, { ms: atMs - since, over: false }]
}
