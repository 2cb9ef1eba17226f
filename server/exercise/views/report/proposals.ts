import { verdictOf } from '../../fold/report-state.ts'
import { attackOf, injectOf, type State, type TeamState } from '../../fold/state.ts'
import type { ObservationKind } from '../../ledger/observation-events.ts'
import { rulesOf } from '../../ledger/rules.ts'
import type { Text } from '../../scenario/words.ts'
import { attackTimes } from './attack-times.ts'
import { type FlatReason, flatEntries } from './flat-entries.ts'
import { answeredInTime, answersDue } from './measures.ts'
import { objectiveFacts } from './objectives.ts'

/** What the platform found, that may be worth a line in the plan. */
export type ProposalCode =
  | 'never-closed'
  | 'unnoticed'
  | 'unreported'
  | 'late'
  | 'unread'
  | 'unanswered'
  | 'not-met'
  | 'blocked'
  | 'fastest'
  | 'met'

/** A moment that shows it: where the replay begins to. ms of exercise time. */
export interface Evidenced {
  readonly team: string
  readonly atMs: number
}

export interface Proposal {
  /** The same for the same finding, however it grows: `never-closed/refund`. */
  readonly id: string
  readonly code: ProposalCode
  readonly kind: ObservationKind
  /** Of the attack, message or objective. */
  readonly title: Text
  /** True of `n` of `of` teams; of objectives, of what was judged. */
  readonly n: number
  readonly of: number
  /** `fastest` alone: who, how long it took, and the middle one of the others. ms */
  readonly fastest: { readonly team: string; readonly ms: number; readonly othersMs: number } | null
  readonly evidence: readonly Evidenced[]
}

/** From so many teams on one was fast and the others were not; and it was so many times as fast as the middle one of the others. */
const COMPARED = 3
const LEAD = 2

/** A message is late where so much of the teams that it is due from did not answer in time. */
const LATE = 0.5

/** Said as entries that fell flat are said everywhere. */
export const isFlat = (code: ProposalCode | FlatReason): code is Extract<ProposalCode, FlatReason> =>
  code === 'unnoticed' || code === 'unread' || code === 'unanswered'

/**
 * Findings for the improvement plan, for white: areas for improvement first, within each kind those of attacks, then of messages, then of objectives, as the timeline has them. Pure: what is
 * mended, graded or answered later changes what is found. [RP7]
 */
export function proposals(state: State, atMs: number): readonly Proposal[] {
  const flat = flatEntries(state, atMs).flatMap(({ kind, id, reason }) =>
    isFlat(reason) ? [{ kind, id, code: reason }] : [],
  )
  const flatCode = (kind: 'attack' | 'inject', id: string) =>
    flat.find((one) => one.kind === kind && one.id === id)?.code
  const all = [
    ...state.scenario.attacks.flatMap(({ id, title }) =>
      ofAttack(state, { id, title, flat: flatCode('attack', id) }, atMs),
    ),
    ...state.scenario.injects.flatMap(({ id, title }) =>
      ofInject(state, { id, title, flat: flatCode('inject', id) }, atMs),
    ),
    ...ofObjectives(state, atMs),
  ]
  return [
    ...all.filter(({ kind }) => kind === 'improvement'),
    ...all.filter(({ kind }) => kind === 'strength'),
  ]
}

interface Entry {
  readonly id: string
  readonly title: Text
  readonly flat: ProposalCode | undefined
}

const proposal = (
  code: ProposalCode,
  kind: ObservationKind,
  { id, title }: Pick<Entry, 'id' | 'title'>,
  of: number,
  evidence: readonly Evidenced[],
): Proposal => ({ id: `${code}/${id}`, code, kind, title, n: evidence.length, of, fastest: null, evidence })

function ofAttack(state: State, entry: Entry, nowMs: number): readonly Proposal[] {
  const judged = state.teams.flatMap((team) => {
    const attack = attackOf(team, entry.id)
    return attack && ['landed', 'blocked', 'blocked-by-outage'].includes(attack.state)
      ? [{ team, attack, times: attackTimes(team, attack, nowMs) }]
      : []
  })
  const landed = judged.flatMap(({ team, attack, times }) =>
    times.landedMs === null ? [] : [{ team, attack, landedMs: times.landedMs, times }],
  )
  const shown = (found: typeof landed) =>
    found.map(({ team, landedMs }) => ({ team: team.id, atMs: landedMs }))
  const open = landed.filter(({ times }) => times.mendedMs === null)
  const reports = state.scenario.scoring.reporting > 0 && rulesOf(state).reports !== undefined
  // While time runs what is open or silent may still be mended: it is a finding once it is over.
  const over = state.phase === 'ended'
  const silent =
    reports && over && entry.flat !== 'unnoticed'
      ? landed.filter(({ team, attack }) => !isReported(team, attack.attack))
      : []
  const blocked = judged.filter(({ attack }) => attack.state === 'blocked')
  return [
    ...(entry.flat === 'unnoticed'
      ? [proposal('unnoticed', 'improvement', entry, landed.length, shown(landed))]
      : over && open.length > 0
        ? [proposal('never-closed', 'improvement', entry, landed.length, shown(open))]
        : []),
    ...(silent.length > 0
      ? [proposal('unreported', 'improvement', entry, landed.length, shown(silent))]
      : []),
    ...(blocked.length > 0 && blocked.length === judged.length
      ? [
          proposal(
            'blocked',
            'strength',
            entry,
            judged.length,
            blocked.map(({ team, attack }) => ({ team: team.id, atMs: attack.concludedMs ?? nowMs })),
          ),
        ]
      : []),
    ...fastest(
      entry,
      landed.flatMap(({ team, landedMs, times }) => [
        {
          team: team.id,
          atMs: landedMs,
          ms: (times.mendedMs ?? nowMs) - landedMs,
          done: times.mendedMs !== null,
        },
      ]),
    ),
  ]
}

const isReported = (team: TeamState, attack: string): boolean =>
  team.reports.some(({ grades }) => verdictOf(grades)?.match === attack)

interface Bout extends Evidenced {
  readonly ms: number
  readonly done: boolean
}

/** Where one team was done much sooner than the middle one of the others, with those who are not done yet as long as they have had it. */
function fastest(entry: Entry, bouts: readonly Bout[]): readonly Proposal[] {
  const [first, ...others] = bouts.toSorted((a, b) => a.ms - b.ms || (a.team < b.team ? -1 : 1))
  if (!first?.done || bouts.length < COMPARED) return []
  const othersMs = others[(others.length - 1) >> 1]?.ms ?? 0
  if (othersMs < LEAD * Math.max(1, first.ms)) return []
  const { team, atMs, ms } = first
  const found = proposal('fastest', 'strength', entry, bouts.length, [{ team, atMs }])
  return [{ ...found, fastest: { team, ms, othersMs } }]
}

function ofInject(state: State, entry: Entry, atMs: number): readonly Proposal[] {
  const shown = (of: readonly TeamState[]) =>
    of.flatMap((team) => {
      const sent = injectOf(team, entry.id)
      return sent ? [{ team: team.id, atMs: sent.sentMs }] : []
    })
  if (entry.flat) {
    const came = shown(state.teams)
    return [proposal(entry.flat, 'improvement', entry, came.length, came)]
  }
  const due = state.teams.filter((team) => dueOf(team, entry, atMs))
  const late = due.filter((team) => {
    const sent = dueOf(team, entry, atMs)
    return sent && !answeredInTime(sent)
  })
  if (late.length === 0 || late.length < LATE * due.length) return []
  return [proposal('late', 'improvement', entry, due.length, shown(late))]
}

const dueOf = (team: TeamState, { id }: Entry, atMs: number) =>
  answersDue(team, atMs).find(({ inject }) => inject === id)

/** [RP3] Partly met is neither. */
const ofObjectives = (state: State, atMs: number): readonly Proposal[] =>
  objectiveFacts(state, atMs).flatMap(({ id, title, reached, proofs }) => {
    if (reached !== 'met' && reached !== 'not') return []
    const sum = (of: 'met' | 'partly' | 'not') => proofs.reduce((all, proof) => all + proof[of], 0)
    const code = reached === 'met' ? 'met' : 'not-met'
    const found = proposal(code, reached === 'met' ? 'strength' : 'improvement', { id, title }, 0, [])
    return [{ ...found, n: sum(reached), of: sum('met') + sum('partly') + sum('not') }]
  })
