import { type ServiceState, type State, serviceOf, type TeamState } from '../fold/state.ts'
import type { Journey } from '../scenario/model.ts'
import { askedAt, regularAt, rests, retryAt } from './again.ts'
import type { Moment } from './moment.ts'
import { type Records, type TaskRecord, turnedKey, type Wanted } from './task.ts'

/** What is not up is looked at sooner, so that a restored service is seen restored, and a slow moment costs a moment. Exercise time, ms. */
const RETRY_MS = 1_000
/**
 * Of a team where several services are not up, each waits this long for every one of them: however many they are, such looks are two a second at most, and a
 * machine that is too slow for all is hardly asked more often for it.
 */
const RETRY_CROWD_MS = 500
const RETRY_JOURNEY_MOST_MS = 4_000
/** Where more of a team's services are not up, slowness is the machine's. */
const FEW_NOT_UP = 2
/** How often a journey that fails is wanted, for its place among the others. */
const FAILING_EVERY_MS = 2 * RETRY_JOURNEY_MOST_MS

/** A journey of a team's service, and what stands around it. */
interface Place {
  readonly team: TeamState
  readonly service: ServiceState
  /** With its interval as it is stretched. */
  readonly journey: Journey
  /** How long what is not up waits for its next look. Exercise time, ms. */
  readonly retryMs: number
  /** So few of the team's services are not up that what is slow may be so by itself. */
  readonly few: boolean
  /** When the range last had a reason to look, where it is a light look; exercise time, ms. */
  readonly turnedMs: number | null
  /** Position of the event that last brought up something that the service needs. */
  readonly neededTurned: number
}

/** Light checks and full journeys whose time has come. While the clock stands, only what nothing is known of yet. */
export function wantedChecks(state: State, records: Records, now: Moment): readonly Wanted[] {
  return state.teams.flatMap((team) => {
    const crowd = team.services.filter(notUp).length
    const retryMs = Math.max(RETRY_MS, RETRY_CROWD_MS * crowd)
    const few = crowd <= FEW_NOT_UP
    return state.scenario.services.flatMap(({ journeys, needs }, index) => {
      const service = team.services[index]
      if (!service || service.hit > 0) return []
      const neededTurned = Math.max(0, ...needs.map((id) => serviceOf(team, id)?.turned ?? 0))
      return journeys.flatMap((journey) => {
        if (state.phase === 'paused' && !journey.alive) return []
        const stretched = { ...journey, everyMs: journey.everyMs * state.strain.stretch }
        const turned = journey.alive ? records.turned.get(turnedKey(team.id, service.id)) : undefined
        const place = {
          ...{ team, service, retryMs, few, neededTurned },
          journey: stretched,
          turnedMs: turned ?? null,
        }
        return checkWanted(state, records, now, place) ?? []
      })
    })
  })
}

const notUp = ({ verdict }: ServiceState): boolean => verdict !== 'up' && verdict !== 'unknown'

function checkWanted(state: State, records: Records, now: Moment, place: Place): Wanted | null {
  const { team, service, journey } = place
  const key = `${team.id}/${service.id}/${journey.id}`
  const record = records.tasks.get(key)
  if (rests(record, now) || (record && state.phase === 'paused')) return null
  const dueMs = record ? dueAt(state, key, record, place) : 0
  if (dueMs > now.atMs) return null
  const failing = record !== undefined && record.bad > 0 && !journey.alive
  return {
    task: {
      kind: journey.alive ? 'light-check' : 'journey',
      team: team.id,
      service: service.id,
      journey: journey.id,
    },
    key,
    id: key,
    team: team.id,
    lane: journey.alive ? 'light' : 'full',
    dueMs,
    everyMs: failing ? FAILING_EVERY_MS : journey.everyMs,
    first: record === undefined,
    touches: null,
  }
}

function dueAt({ seed, strain }: State, key: string, record: TaskRecord, place: Place): number {
  const { late } = strain
  const turnedMs = place.turnedMs
  if (turnedMs !== null && turnedMs > record.startedMs) return turnedMs
  const { service, journey, retryMs, few, neededTurned } = place
  // Somebody has done something to the service since, or what it failed for may be there again: what came of it is seen soon.
  const turned = record.bad > 0 ? Math.max(service.turned, neededTurned) : service.turned
  if (turned > record.startedBy) return record.ended?.atMs ?? record.startedMs
  const asked = askedAt(seed, key, service, record) ?? Number.POSITIVE_INFINITY
  const regular = Math.min(asked, regularAt(seed, key, record, journey.everyMs))
  // While measurements are late nothing is asked again for what it said.
  if (late || (journey.alive && !few && isSlow(service, journey))) return regular
  const most = journey.alive ? retryMs : Math.max(retryMs, RETRY_JOURNEY_MOST_MS)
  return Math.min(regular, retryAt(record, retryMs, most))
}

/** It answers, and late, as others do: to be asked five times as often would not make it faster. What is seldom looked at is looked at sooner all the same. */
const isSlow = ({ journeys }: ServiceState, { id }: Journey): boolean =>
  journeys.find((known) => known.id === id)?.verdict === 'slow'
