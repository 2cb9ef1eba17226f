import { unusable } from '#exercise/fold/verdicts.ts'
import type { LossSamples } from '#exercise/views/series.ts'
import type { ServiceView, TeamView } from '#exercise/views/views.ts'

/** What teams in the table of services can be put in order by. */
export const ORDERS = ['rank', 'name', 'worst', 'lost'] as const
export type Order = (typeof ORDERS)[number]

/** What white wants to see of the table: of which teams, in which order, and which service alone ('': all). */
export interface Asked {
  readonly order: Order
  readonly text: string
  readonly trouble: boolean
  readonly service: string
}

export const ALL: Asked = { order: 'rank', text: '', trouble: false, service: '' }

const LATELY_MS = 600_000

/** From what was kept as text; nonsense is the default. */
export function askedFrom(text: string | null): Asked {
  try {
    const said = JSON.parse(text ?? '{}') as Partial<Asked>
    return {
      order: ORDERS.find((order) => order === said.order) ?? 'rank',
      text: typeof said.text === 'string' ? said.text : '',
      trouble: said.trouble === true,
      service: typeof said.service === 'string' ? said.service : '',
    }
  } catch {
    return ALL
  }
}

/** How bad a team's services stand: out of use, then attackers inside, then slow. */
const badness = (services: readonly ServiceView[]): readonly number[] => [
  services.filter((one) => unusable(one.verdict) || one.breached).length,
  services.filter((one) => unusable(one.verdict)).length,
  services.filter((one) => one.verdict === 'slow').length,
]

const inTrouble = (services: readonly ServiceView[]): boolean => badness(services).some((count) => count > 0)

/** Points that a team has lost in the last ten minutes. */
export function lostLately(losses: LossSamples | null, { id, score }: TeamView, atMs: number): number {
  const now = score.possible - score.total
  const index = losses ? Math.floor((atMs - LATELY_MS) / losses.stepMs) : -1
  if (index < 0) return now
  const samples = losses?.lost[id] ?? []
  // After the last sample nothing has happened: what is lost since then is lost lately.
  return now - (samples[index] ?? samples.at(-1) ?? 0)
}

/** Pure: the teams that were asked for, each with the services that were, in their order. Teams that are alike stay as they came, by rank. */
export function teamsAsked(
  teams: readonly TeamView[],
  asked: Asked,
  of: {
    readonly nameOf: (team: TeamView) => string
    readonly lostOf: (team: TeamView) => number
    readonly lang: string
  },
): readonly TeamView[] {
  const words = asked.text.trim().toLocaleLowerCase(of.lang)
  const one = teams[0]?.services.some(({ id }) => id === asked.service) ? asked.service : ''
  const found = teams
    .filter((team) => words === '' || of.nameOf(team).toLocaleLowerCase(of.lang).includes(words))
    .map((team) => (one === '' ? team : { ...team, services: team.services.filter(({ id }) => id === one) }))
    .filter((team) => !asked.trouble || inTrouble(team.services))
  switch (asked.order) {
    case 'rank':
      return found
    case 'name': {
      const { compare } = new Intl.Collator(of.lang, { numeric: true })
      return found.toSorted((a, b) => compare(of.nameOf(a), of.nameOf(b)))
    }
    case 'worst':
      return byNumbers(found, (team) => badness(team.services))
    case 'lost':
      return byNumbers(found, (team) => [of.lostOf(team)])
  }
}

/** Larger ones first; each is counted once. */
function byNumbers(
  teams: readonly TeamView[],
  numbersOf: (team: TeamView) => readonly number[],
): readonly TeamView[] {
  const counted = teams.map((team) => ({ team, numbers: numbersOf(team) }))
  return counted
    .toSorted((a, b) => b.numbers.map((n, i) => n - (a.numbers[i] ?? 0)).find((n) => n !== 0) ?? 0)
    .map(({ team }) => team)
}
