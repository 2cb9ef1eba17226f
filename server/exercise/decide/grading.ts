import { ifSaid, type Refused, refuse } from './decision.ts'

/** Longest comment of somebody who grades, UTF-16 units. */
const COMMENT_LENGTH = 2_000

type Fit<T> = { readonly ok: true; readonly value: T } | Refused

/** What somebody who grades says beside their points: it may be nothing. */
export function fitComment(written: string): Fit<string> {
  const value = ifSaid(written)
  if (value.length <= COMMENT_LENGTH) return { ok: true, value }
  return refuse('answer-too-long', `A comment has at most ${COMMENT_LENGTH} characters.`, {
    max: COMMENT_LENGTH,
  })
}

/** Points by criterion, each within its own bound; the first that is missing or out of it is refused. */
export function fitPoints<Id extends string>(
  criteria: readonly { readonly id: Id; readonly points: number }[],
  given: Readonly<Record<string, number>>,
): Fit<Readonly<Record<Id, number>>> {
  const bad = criteria.find(({ id, points }) => !((given[id] ?? -1) >= 0 && (given[id] ?? -1) <= points))
  if (bad)
    return refuse('bad-grade', `The criterion ${bad.id} gets 0 to ${bad.points} points.`, {
      criterion: bad.id,
      max: bad.points,
    })
  const value = Object.fromEntries(criteria.map(({ id }) => [id, given[id] ?? 0])) as Record<Id, number>
  return { ok: true, value }
}
