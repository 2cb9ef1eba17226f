import { filedReports } from '../fold/report-state.ts'
import { type AttackState, type State, type TeamState, teamOf } from '../fold/state.ts'
import { rulesOf } from '../ledger/rules.ts'
import { random, shuffle } from '../random.ts'
import { ANSWERING, type Answering } from '../scenario/machine-answer.ts'
import type { Pilot } from '../scenario/model.ts'
import { parentTechnique, REPORTS_MOST, type ReportFields } from '../scenario/report.ts'
import { indicatorsThere } from '../scoring/indicators.ts'
import { actionsText } from './report-words.ts'

export interface PilotReport {
  readonly report: string
  readonly fields: ReportFields
}

/** The technique of MITRE ATT&CK by which a weakness is used, by the handle that the team knows it by; empty where nobody can say. */
export type Analysis = (weakness: string) => string

/** When each notices that an attack landed, and how long they write: from so much of the time to report, and up to so much more. */
const PACE: Readonly<Record<Answering, Readonly<Record<'notices' | 'writes', readonly [number, number]>>>> = {
  swift: { notices: [0.02, 0.04], writes: [0.04, 0.06] },
  steady: { notices: [0.3, 0.15], writes: [0.05, 0.05] },
  clumsy: { notices: [0.7, 0.4], writes: [0.05, 0.1] },
}
/** Of a short exercise pilots take no more than this part for it. */
const PART_OF_EXERCISE = 0.4
/** So many indicators an expert names: a few that others can look for, and not the whole log. */
const NAMED: Readonly<Record<Answering, number>> = { swift: 3, steady: 1, clumsy: 0 }
/** Longer ones nobody writes down. */
const LONGEST = 80
/** How often a clumsy pilot takes something for an attack that is none; once in an exercise at most. */
const FALSE_ALARMS = 0.3

/** What people write who have heard of techniques, and have not looked. */
const HEARD_OF = ['T1566', 'T1110', 'T1498', 'T1204', 'T1486']

/** A report that is meant, of an attack or of nothing. */
interface Meant {
  readonly dueMs: number
  readonly fields: (atMs: number) => ReportFields
}

/**
 * The report of an incident that a sparring pilot files now, or null: of attacks that landed, each once, as well as its skill lets it. `view` is the fold of its own team's redacted stream:
 * service, evidence and what was done come from there. Of the technique that says nothing; it is what an expert finds out who reads the code and the traces, as pilots know weaknesses by reading the code,
 * so `analysis` has it. An expert writes it down, a middling one knows the family or none, a weak one guesses wrong. Nothing else is known that the view does not say. Pure, and the same
 * for the same seed.
 */
export function decideReport(
  pilot: Pilot,
  teamId: string,
  view: State,
  analysis: Analysis,
  seed: string,
  atMs: number,
): PilotReport | null {
  const team = teamOf(view, teamId)
  const skill = ANSWERING.find((one) => one === pilot)
  if (!team || !skill || view.phase !== 'running' || !rulesOf(view).reports) return null
  if (team.reports.length >= REPORTS_MOST) return null
  const alarm = skill === 'clumsy' ? falseAlarm(view, team, `${seed}/${teamId}`, atMs) : []
  const [next] = [...reportsMeant(skill, view, team, analysis, `${seed}/${teamId}`), ...alarm]
    .filter(({ dueMs }) => dueMs <= atMs)
    .toSorted((a, b) => a.dueMs - b.dueMs)
  return next ? { report: `R${team.reports.length + 1}`, fields: next.fields(atMs) } : null
}

/** Of attacks that nobody of the team has reported, in the order in which they landed; of two on one service the earlier first. */
function reportsMeant(
  skill: Answering,
  view: State,
  team: TeamState,
  analysis: Analysis,
  seed: string,
): readonly Meant[] {
  const toReport = team.attacks
    .filter(({ state, info }) => state === 'landed' && info.toReport)
    .toSorted((a, b) => landedMs(a) - landedMs(b))
  const open = new Set(unreported(team, toReport, falseAlarmMs(view, seed)))
  const latest = new Map<string, number>()
  return toReport.flatMap((attack) => {
    const { service, weakness } = attack.info
    const chance = random(`${seed}/report/${attack.attack}`)
    const noticedMs = landedMs(attack) + timeOf(view, PACE[skill].notices, chance())
    const own = noticedMs + timeOf(view, PACE[skill].writes, chance())
    const dueMs = Math.max(own, latest.get(service) ?? 0)
    latest.set(service, dueMs)
    if (!open.has(attack)) return []
    const [knows, words] = [chance(), chance() < 0.5]
    const fields = (atMs: number): ReportFields => ({
      service,
      noticedMs: Math.min(atMs, Math.round(noticedMs)),
      technique: techniqueSaid(skill, analysis(weakness), knows),
      indicators: indicatorsNamed(attack, NAMED[skill]),
      ...actionsText(skill, team, attack, words),
      confidence: CONFIDENCE[skill],
    })
    return [{ dueMs, fields }]
  })
}

const CONFIDENCE = { swift: 'high', steady: 'medium', clumsy: 'low' } as const

const landedMs = ({ concludedMs, launchedMs }: AttackState): number => concludedMs ?? launchedMs

const timeOf = ({ scenario }: State, [from, more]: readonly [number, number], chance: number): number =>
  Math.min(scenario.scoring.reportWithinMs, scenario.durationMs * PART_OF_EXERCISE) * (from + more * chance)

/** What somebody who reads the team's own list of reports finds missing: each report is of the first attack on its service that had landed by then, and was not reported. */
function unreported(
  team: TeamState,
  landed: readonly AttackState[],
  alarmMs: number | null,
): readonly AttackState[] {
  const open = [...landed]
  for (const { versions } of filedReports(team.reports)) {
    const [first, last] = [versions[0], versions.at(-1)]
    if (first?.by?.kind === 'pilot' && first.fields?.noticedMs === alarmMs) continue
    const place = open.findIndex(
      (attack) => attack.info.service === last?.fields?.service && landedMs(attack) <= (first?.atMs ?? 0),
    )
    if (place >= 0) open.splice(place, 1)
  }
  return open
}

function techniqueSaid(skill: Answering, technique: string, chance: number): string {
  if (skill === 'swift') return technique
  if (skill === 'steady') return chance < 0.6 ? parentTechnique(technique) : ''
  const wrong = HEARD_OF.filter((one) => one !== parentTechnique(technique))
  return chance < 0.5 ? '' : (wrong[Math.floor((chance - 0.5) * 2 * wrong.length)] ?? '')
}

/** Those of what was sent go before those of what was received. */
const indicatorsNamed = (attack: AttackState, most: number): string =>
  indicatorsThere(attack, attack.info.service)
    .filter(({ length }) => length <= LONGEST)
    .slice(0, most)
    .join('\n')

/** The moment at which a clumsy pilot takes something for an attack, where it does in this exercise; null where it does not. */
function falseAlarmMs({ scenario }: State, seed: string): number | null {
  const chance = random(`${seed}/false-alarm`)
  return chance() < FALSE_ALARMS ? Math.round(scenario.durationMs * (0.2 + 0.6 * chance())) : null
}

/** A report of what never happened, on a service that nobody got into as far as the team knows. */
function falseAlarm(view: State, team: TeamState, seed: string, atMs: number): readonly Meant[] {
  const noticedMs = falseAlarmMs(view, seed)
  // Whoever takes the team over later knows nothing of it.
  if (noticedMs === null || atMs < noticedMs || atMs > noticedMs + timeOf(view, [1, 0], 0)) return []
  const said = team.reports.some(({ versions: [first] }) => first?.fields?.noticedMs === noticedMs)
  const entered = new Set(team.attacks.map(({ info }) => info.service))
  const [service] = shuffle(`${seed}/false-alarm`, view.scenario.services).filter(
    ({ id }) => !entered.has(id),
  )
  if (said || !service) return []
  const [technique = ''] = shuffle(`${seed}/heard-of`, HEARD_OF)
  const fields = () => ({
    service: service.id,
    noticedMs,
    technique,
    indicators: '',
    ...actionsText('clumsy', team, null, true),
    confidence: CONFIDENCE.clumsy,
  })
  return [{ dueMs: noticedMs, fields }]
}
