import { isLate } from '../../fold/inject-state.ts'
import { attackOf, injectOf, type State } from '../../fold/state.ts'
import type { Text } from '../../scenario/words.ts'
import { isFor } from '../../schedule/moment-of.ts'
import { attackTimes } from './attack-times.ts'

/**
 * Why an entry of the timeline taught nobody anything: no team read it, or answered it; no team noticed the attack that had landed on it; the platform could not judge it
 * for any team; or it never came to any.
 */
export type FlatReason = 'unread' | 'unanswered' | 'unnoticed' | 'void' | 'never-came'

export interface FlatEntry {
  readonly kind: 'attack' | 'inject'
  readonly id: string
  readonly title: Text
  readonly reason: FlatReason
  /** Teams that it came to, or (where it never came) was meant for. */
  readonly teams: number
}

/** Entries that fell flat with all teams that they came to, for white. That something never came is said at the end only. */
export function flatEntries(state: State, atMs: number): readonly FlatEntry[] {
  const { scenario, teams } = state
  const over = state.phase === 'ended'
  const attacks = scenario.attacks.flatMap((attack): readonly FlatEntry[] => {
    const { id, title } = attack
    const flat = (reason: FlatReason, count: number) => [
      { kind: 'attack' as const, id, title, reason, teams: count },
    ]
    const begun = teams.flatMap((team) => {
      const known = attackOf(team, id)
      return known ? [{ team, known }] : []
    })
    if (begun.length === 0)
      return over ? flat('never-came', teams.filter((team) => isFor(attack, team.id)).length) : []
    if (begun.every(({ known }) => known.state === 'void')) return flat('void', begun.length)
    const landed = begun.filter(({ known }) => known.state === 'landed')
    const noticed = landed.some(({ team, known }) => {
      const { noticedMs, mendedMs } = attackTimes(team, known, atMs)
      return noticedMs !== null || mendedMs !== null
    })
    return landed.length > 0 && !noticed ? flat('unnoticed', landed.length) : []
  })
  const injects = scenario.injects.flatMap((inject): readonly FlatEntry[] => {
    const { id, title } = inject
    const flat = (reason: FlatReason, count: number) => [
      { kind: 'inject' as const, id, title, reason, teams: count },
    ]
    const sent = teams.flatMap((team) => injectOf(team, id) ?? [])
    if (sent.length === 0)
      return over ? flat('never-came', teams.filter((team) => isFor(inject, team.id)).length) : []
    const answered = sent.some(
      ({ answers, grades, tries }) => answers.length + grades.length + tries.length > 0,
    )
    if (answered) return []
    if (sent.every(({ readMs }) => readMs === null))
      return over || sent.every((one) => isLate(one, atMs)) ? flat('unread', sent.length) : []
    const waited = over || sent.every((one) => isLate(one, atMs))
    return inject.expects !== null && waited ? flat('unanswered', sent.length) : []
  })
  return [...attacks, ...injects]
}
