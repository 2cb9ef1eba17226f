import { type AttackState, attackOf, injectOf, type TeamState } from '../fold/state.ts'
import type { After, Outcome } from '../scenario/trigger.ts'

/** Since when an entry has come out so for a team, ms; null while it has not. */
export function cameOutMs(team: TeamState, after: After, atMs: number): number | null {
  if (after.kind === 'attack') {
    const attack = attackOf(team, after.id)
    return attack && attackCameOut(attack, after.outcome) ? (attack.concludedMs ?? 0) : null
  }
  if (after.kind === 'note') return team.tutored.find(({ note }) => note === after.id)?.atMs ?? null
  if (after.kind === 'world') {
    const event = team.world.find(({ entry }) => entry === after.id)
    return (after.outcome === 'began' ? event?.beganMs : event?.endedMs) ?? null
  }
  const inject = injectOf(team, after.id)
  if (!inject) return null
  switch (after.outcome) {
    case 'sent':
      return inject.sentMs
    case 'answered':
      return inject.answers[0]?.atMs ?? null
    case 'unanswered': {
      const { deadlineMs, answers } = inject
      if (deadlineMs === null || deadlineMs >= atMs) return null
      return answers.some((answer) => answer.atMs <= deadlineMs) ? null : deadlineMs
    }
    case 'graded':
      return inject.grades[0]?.atMs ?? null
  }
}

function attackCameOut({ state, closedMs }: AttackState, outcome: Outcome): boolean {
  if (outcome === 'landed') return state === 'landed'
  if (outcome === 'open') return state === 'landed' && closedMs === null
  if (outcome === 'blocked') return state === 'blocked'
  return state !== 'under-way' && state !== 'abandoned'
}
