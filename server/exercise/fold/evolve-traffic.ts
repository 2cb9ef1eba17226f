import type { RecordedOf } from '../ledger/events.ts'
import type { TrafficPayloads } from '../ledger/traffic-events.ts'
import { type Draft, teamIn } from './draft.ts'
import { tellTeam } from './story.ts'

/** Recordings of traffic: white and the team are told whose it was. */
export const trafficHandlers: {
  readonly [T in keyof TrafficPayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'traffic.recorded': (draft, event) => {
    const { team: id, service } = event.data
    const team = teamIn(draft, id)
    if (team) tellTeam(draft, team, event, 'neutral', 'traffic.recorded', { service })
  },
}
