import { gradedVersion, type InjectState, isLate } from '../../fold/inject-state.ts'
import { verdictOf } from '../../fold/report-state.ts'
import type { State, TeamState } from '../../fold/state.ts'
import { rulesOf } from '../../ledger/rules.ts'
import { explain } from '../../scoring/explain.ts'
import { recoveryMs } from '../../scoring/recovery.ts'

/** What is measured of how a country held, the most telling first: of equals the earlier one is named. */
export const ASPECTS = [
  'stopped',
  'driven-out',
  'in-time',
  'reported',
  'answered',
  'complaints',
  'working',
] as const
export type Aspect = (typeof ASPECTS)[number]

/** `n` of `of` went as they should; of `working` both are exercise time in ms over all public services. */
export interface Measure {
  readonly aspect: Aspect
  readonly n: number
  readonly of: number
  /** Where most of it did not; null where all did, or it is not a matter of one service. */
  readonly service: string | null
}

/** From such a part on something went well; below it there is something to do. */
export const WELL = 0.75
const MOST = 3

/**
 * How teams did, as counts: nothing of which there was none. `stopped`: attacks that were judged, and stopped while the service worked. `driven-out`: attacks that landed, and whose attackers are out. `in-time`: those after which all
 * was restored within the time that costs nothing [SC9]. `reported`: those that a graded report was about, of those of which that is known. `answered`: messages whose time is over or that were answered, and answered in time. `complaints`: those of
 * citizens, and closed. `working`: time in which public services had a verdict, and could be used.
 */
export function measures(state: State, teams: readonly TeamState[], atMs: number): readonly Measure[] {
  const attacks = teams.flatMap((team) => team.attacks.map((attack) => ({ team, attack })))
  const judged = attacks.filter(({ attack }) =>
    ['landed', 'blocked', 'blocked-by-outage'].includes(attack.state),
  )
  const landed = judged.filter(({ attack }) => attack.state === 'landed')
  const { recoveryFullMs } = state.scenario.scoring
  const reports = state.scenario.scoring.reporting > 0 && rulesOf(state).reports !== undefined
  const of = (aspect: Aspect, all: readonly AttackOf[], good: (one: AttackOf) => boolean): Measure => {
    const bad = all.filter((one) => !good(one))
    return {
      aspect,
      n: all.length - bad.length,
      of: all.length,
      service: commonest(
        state,
        bad.map(({ attack }) => attack.info.service),
      ),
    }
  }
  const due = teams.flatMap((team) => answersDue(team, atMs))
  const inTime = due.filter(answeredInTime)
  const tickets = teams.reduce((sum, { ticketCount }) => sum + ticketCount, 0)
  const open = teams.flatMap((team) => team.tickets.filter(({ closedMs }) => closedMs === null))
  const all: readonly Measure[] = [
    of('stopped', judged, ({ attack }) => attack.state === 'blocked'),
    of('driven-out', landed, ({ attack }) => attack.closedMs !== null),
    of('in-time', landed, ({ team, attack }) => (recoveryMs(team, attack) ?? Infinity) <= recoveryFullMs),
    of('reported', reports ? landed.filter(knowsReported) : [], isReported),
    { aspect: 'answered', n: inTime.length, of: due.length, service: null },
    {
      aspect: 'complaints',
      n: tickets - open.length,
      of: tickets,
      service: commonest(
        state,
        open.map(({ service }) => service),
      ),
    },
    working(state, teams, atMs),
  ]
  return all.filter((measure) => measure.of > 0)
}

interface AttackOf {
  readonly team: TeamState
  readonly attack: TeamState['attacks'][number]
}

const isReported = ({ team, attack }: AttackOf): boolean =>
  team.reports.some(({ grades }) => verdictOf(grades)?.match === attack.attack)

/** While a report of the team waits to be graded, nobody knows of what it is. */
const knowsReported = (one: AttackOf): boolean =>
  isReported(one) || one.team.reports.every(({ grades }) => verdictOf(grades) !== null)

/** Messages that want an answer, whose time is over or that were answered. */
export const answersDue = ({ injects }: Pick<TeamState, 'injects'>, atMs: number): readonly InjectState[] =>
  injects.filter(
    (one) =>
      one.info.expects !== null &&
      (gradedVersion(one) || isLate(one, atMs) || one.tries.some(({ right, last }) => right || last)),
  )

export function answeredInTime(sent: InjectState): boolean {
  const version = gradedVersion(sent)
  return version ? !isLate(sent, version.atMs) : sent.tries.some(({ right }) => right)
}

/** Its share, never all of it where something is missing: what rounds to 100 % reads as all. */
export const shareOf = ({ n, of }: Pick<Measure, 'n' | 'of'>): number => (n < of ? Math.min(n / of, 0.99) : 1)

/** At most three that went well, the best first, and three to do, the worst first; nothing stands in both. */
export function wellAndToDo(all: readonly Measure[]): {
  readonly well: readonly Measure[]
  readonly toDo: readonly Measure[]
} {
  const share = ({ n, of }: Measure) => n / of
  return {
    well: all
      .filter((one) => share(one) >= WELL)
      .toSorted((a, b) => share(b) - share(a))
      .slice(0, MOST),
    toDo: all
      .filter((one) => share(one) < WELL)
      .toSorted((a, b) => share(a) - share(b))
      .slice(0, MOST),
  }
}

/** By the lines of the score, so that what was skipped or not known counts here as it does there. */
function working(state: State, teams: readonly TeamState[], atMs: number): Measure {
  const publics = new Set(state.scenario.services.filter((one) => one.public).map(({ id }) => id))
  let [usable, known] = [0, 0]
  const lost = new Map<string, number>()
  for (const { service, code, params } of teams.flatMap(({ id }) => explain(state, id, atMs))) {
    if (code !== 'availability.service' || service === null || !publics.has(service)) continue
    const ms = (name: string) => Number(params[name] ?? 0)
    const out = ms('brokenMs') + ms('downMs')
    usable += ms('upMs') + ms('slowMs')
    known += ms('upMs') + ms('slowMs') + out
    lost.set(service, (lost.get(service) ?? 0) + out)
  }
  const [worst] = [...lost].toSorted((a, b) => b[1] - a[1])
  return { aspect: 'working', n: usable, of: known, service: worst && worst[1] > 0 ? worst[0] : null }
}

/** The service that is named most often; of equals the first of the scenario: audiences know attacks in different orders. */
function commonest({ scenario }: State, names: readonly string[]): string | null {
  const count = (id: string) => names.filter((name) => name === id).length
  const [most] = scenario.services.map(({ id }) => ({ id, n: count(id) })).toSorted((a, b) => b.n - a.n)
  return most && most.n > 0 ? most.id : null
}
