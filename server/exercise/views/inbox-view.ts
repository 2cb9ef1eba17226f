import { gradedVersion, gradeOf, type InjectState, isLate } from '../fold/inject-state.ts'
import { type State, teamOf, viewAt } from '../fold/state.ts'
import { insider } from '../ledger/audience.ts'
import { infoForTeam } from '../ledger/inject-info.ts'
import type { Role } from '../scenario/inject.ts'
import type { Audience } from '../scenario/model.ts'

/**
 * What a message is for its team: a `notice` wants nothing; `open` waits for an answer, `overdue` too, and its time is over; `answered` waits for its grade where it gets
 * one.
 */
export type InboxStanding = 'notice' | 'open' | 'overdue' | 'answered' | 'graded'

/** A message in a team's inbox. */
export interface InboxItem extends InjectState {
  readonly standing: InboxStanding
  /** The answer that counts came after its time. */
  readonly late: boolean
  /** What those who graded it say together, 0..1. */
  readonly share: number | null
}

/** A team's messages in order of urgency; for white and the team itself. */
export function inboxView(
  state: State,
  atMs: number,
  team: string,
  audience: Audience,
): readonly InboxItem[] {
  if (!insider(audience, team)) return []
  const at = viewAt(state, atMs)
  return inboxOrder(
    (teamOf(state, team)?.injects ?? []).map((sent) => item(sent, at, audience)),
    at,
    null,
  )
}

function item(sent: InjectState, atMs: number, audience: Audience): InboxItem {
  const version = gradedVersion(sent)
  return {
    ...sent,
    info: audience.seat === 'white' ? sent.info : infoForTeam(sent.info),
    grades: audience.seat === 'white' ? sent.grades : sent.grades.map((grade) => ({ ...grade, by: null })),
    standing: standingOf(sent, atMs),
    late: version !== undefined && isLate(sent, version.atMs),
    share: gradeOf(sent.grades)?.share ?? null,
  }
}

function standingOf(sent: InjectState, atMs: number): InboxStanding {
  if (sent.info.expects === null) return 'notice'
  if (sent.grades.length > 0) return 'graded'
  if (sent.answers.length > 0) return 'answered'
  return isLate(sent, atMs) ? 'overdue' : 'open'
}

/** From here on a deadline is near. ms */
export const SOON_MS = 3 * 60_000

/** 0: overdue, 1: nearly, 2: waits for an answer, 3: a notice, 4: answered. */
function urgency({ standing, deadlineMs }: InboxItem, atMs: number): number {
  if (standing === 'overdue') return 0
  if (standing === 'open') return deadlineMs !== null && deadlineMs - atMs <= SOON_MS ? 1 : 2
  return standing === 'notice' ? 3 : 4
}

/** A message names the reader's role among those whom it concerns. One for everybody names nobody. */
export const isForRole = ({ info }: Pick<InboxItem, 'info'>, role: Role | null): boolean =>
  role !== null && info.roles.includes(role)

/** Messages in the order in which a reader with this role should take them up: by urgency; what is for their role first; then the nearest deadline, or the latest of what has none. */
export const inboxOrder = (
  items: readonly InboxItem[],
  atMs: number,
  role: Role | null,
): readonly InboxItem[] =>
  items.toSorted(
    (a, b) =>
      urgency(a, atMs) - urgency(b, atMs) ||
      Number(isForRole(b, role)) - Number(isForRole(a, role)) ||
      nearest(a, b) ||
      b.position - a.position,
  )

const nearest = (a: InboxItem, b: InboxItem): number => untilMs(a) - untilMs(b)

const untilMs = ({ standing, deadlineMs }: InboxItem): number =>
  standing === 'open' || standing === 'overdue' ? (deadlineMs ?? Number.MAX_SAFE_INTEGER) : 0
