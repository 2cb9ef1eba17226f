import type { State } from '../fold/state.ts'
import type { NewEvent } from '../ledger/events.ts'
import type { UnseenWhy } from '../scenario/strain.ts'
import { accept, type Deciders, fact, nothing, standing, turned, withJourney } from './decision.ts'

const WHY: Readonly<Record<UnseenWhy, string>> = {
  late: 'the machine has more looks to take than it can',
  fault: 'the platform could not look',
}

/** What was found bad so shortly before measurements were known to be late may have been found so for that. Wall time, ms. */
const JUST_MS = 5_000

/** Such verdicts become unknown with the first word of lateness. */
const doubtful = (state: State, at: number): readonly NewEvent[] =>
  state.teams.flatMap((team) =>
    team.services.flatMap((service) =>
      service.journeys
        .filter(
          ({ verdict, sinceMs }) =>
            !(verdict === 'up' || verdict === 'unknown') && sinceMs > at - JUST_MS * state.speed,
        )
        .map((journey) => turned(at, team.id, service.id, journey, 'unknown', journey.evidence)),
    ),
  )

/** What the platform says of its own means. */
export const strain: Deciders<'report-strain' | 'report-unseen'> = {
  'report-strain': (state, { data }, at) => {
    const { late, stretch } = state.strain
    if (!standing(state) || (late === data.late && stretch === data.stretch)) return nothing
    const doubted = data.late && !late ? doubtful(state, at) : []
    return accept(fact('strain.changed', at, data), ...doubted)
  },

  'report-unseen': (state, { data }, at) =>
    withJourney(state, data, (team, service, journey) => {
      if (state.phase !== 'running' || journey.verdict === 'unknown') return nothing
      const forMs = Math.round(data.forMs)
      const received = `nobody looked for ${Math.round(forMs / 1000)} s: ${WHY[data.why]}`
      const evidence = {
        step: 'look',
        sent: '',
        received,
        expected: 'a look within three intervals',
        ms: forMs,
      }
      return accept(turned(at, team.id, service.id, journey, 'unknown', evidence))
    }),
}
