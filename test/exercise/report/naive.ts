import type { Recorded, RecordedOf } from '#exercise/ledger/events.ts'

const of = <T extends Recorded['type']>(ledger: readonly Recorded[], type: T) =>
  ledger.filter((event): event is RecordedOf<T> => event.type === type)

/** What happened to an attack on a team, read off the events one by one, without any state. */
export interface NaiveAttack {
  readonly team: string
  readonly attack: string
  readonly launchedMs: number | null
  readonly landedMs: number | null
  readonly blocked: 'defended' | 'outage' | null
  readonly closedMs: number | null
  readonly foundMs: number | null
}

export function naiveAttacks(ledger: readonly Recorded[]): readonly NaiveAttack[] {
  const names = new Set(
    ledger.flatMap((event) =>
      event.type === 'attack.launched' || event.type === 'attack.landed' || event.type === 'attack.blocked'
        ? [`${event.data.team}|${event.data.attack}`]
        : [],
    ),
  )
  return [...names].map((name) => {
    const [team = '', attack = ''] = name.split('|')
    const mine = <T extends { readonly data: { readonly team: string; readonly attack: string } }>(
      event: T,
    ) => event.data.team === team && event.data.attack === attack
    const landed = of(ledger, 'attack.landed').find(mine)
    const closed = of(ledger, 'foothold.closed').find(mine)
    return {
      team,
      attack,
      launchedMs: of(ledger, 'attack.launched').find(mine)?.at ?? null,
      landedMs: landed?.at ?? null,
      blocked: of(ledger, 'attack.blocked').find(mine)?.data.cause ?? null,
      closedMs: closed ? (closed.data.sinceMs ?? closed.at) : null,
      foundMs: closed?.at ?? null,
    }
  })
}

/** Answers to messages that came in time, out of those that were wanted: in time by its own deadline, a right try of a question too. */
export function naiveAnswers(
  ledger: readonly Recorded[],
  endMs: number,
): { readonly n: number; readonly of: number } {
  let [n, all] = [0, 0]
  for (const sent of of(ledger, 'inject.sent')) {
    const { team, inject, info, deadlineMs } = sent.data
    if (info.expects === null) continue
    const mine = (event: { readonly data: { readonly team: string; readonly inject: string } }) =>
      event.data.team === team && event.data.inject === inject
    const answers = of(ledger, 'inject.answered').filter(mine)
    const tries = of(ledger, 'question.tried').filter(mine)
    const right = tries.some(({ data }) => data.right)
    const late = deadlineMs !== null && endMs > deadlineMs
    if (answers.length === 0 && !late && !right) continue
    all += 1
    if (right || answers.some(({ at }) => deadlineMs === null || at <= deadlineMs)) n += 1
  }
  return { n, of: all }
}
