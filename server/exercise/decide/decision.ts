import { type JourneyState, type State, serviceOf, type TeamState, teamOf } from '../fold/state.ts'
import type { RefusalCode } from '../ledger/codes.ts'
import type { EventPayloads, EventType, NewEvent } from '../ledger/events.ts'
import { VERSIONS } from '../ledger/versions.ts'
import type { Evidence, Service } from '../scenario/model.ts'
import { hasVisible } from '../scenario/visible.ts'
import type { Verdict } from '../scenario/words.ts'
import type { Command, CommandType, Refusal } from './commands.ts'

export type Refused = { readonly ok: false; readonly refusal: Refusal }
export type Decision = { readonly ok: true; readonly events: readonly NewEvent[] } | Refused

export type CommandOf<T extends CommandType> = Extract<Command, { readonly type: T }>

/** Decides one type of command. `at` is the command's time, made fit for the ledger. */
export type Decider<T extends CommandType> = (state: State, command: CommandOf<T>, at: number) => Decision

export type Deciders<T extends CommandType> = { readonly [K in T]: Decider<K> }

export const accept = (...events: readonly NewEvent[]): Decision => ({ ok: true, events })

/** Accepted, and nothing follows: said before, or no longer of any meaning. */
export const nothing: Decision = { ok: true, events: [] }

export const refuse = (
  code: RefusalCode,
  message: string,
  params: Readonly<Record<string, string | number>> = {},
): Refused => ({ ok: false, refusal: { code, message, params } })

/** A fact of the type that its data has. */
export const fact = <T extends EventType>(type: T, at: number, data: EventPayloads[T]): NewEvent =>
  ({ type, version: VERSIONS[type], at, data }) as NewEvent

export const wrongPhase = (state: State, command: Command): Decision =>
  refuse('wrong-phase', `${command.type} can not be done while the exercise is ${state.phase}.`, {
    phase: state.phase,
    command: command.type,
  })

/** A second press of a button, or a second page of the same seat: what the giver saw is no longer so. */
export const noLongerSo = (what: string, seen: number, now: number): Decision =>
  refuse('no-longer-so', `${what} was ${seen} when this was asked for, and is ${now} now.`, { seen, now })

/** A journey's verdict is another from now on. */
export const turned = (
  at: number,
  team: string,
  service: string,
  { id, verdict }: Pick<JourneyState, 'id' | 'verdict'>,
  to: Verdict,
  evidence: Evidence | null,
): NewEvent => fact('verdict.changed', at, { team, service, journey: id, from: verdict, to, evidence })

/** Goes on with the team, or refuses. */
export function withTeam(state: State, id: string, then: (team: TeamState) => Decision): Decision {
  const team = teamOf(state, id)
  return team ? then(team) : refuse('unknown-team', `There is no team ${id} in this exercise.`, { team: id })
}

/** Goes on with team and service, or refuses. */
export function withService(
  state: State,
  teamId: string,
  id: string,
  then: (team: TeamState, service: Service) => Decision,
): Decision {
  return withTeam(state, teamId, (team) => {
    const service = state.scenario.services.find((s) => s.id === id)
    if (service) return then(team, service)
    return refuse('unknown-service', `There is no service ${id} in this exercise.`, { service: id })
  })
}

/** Goes on with a journey of a team's service as it stands, or refuses. */
export function withJourney(
  state: State,
  at: { readonly team: string; readonly service: string; readonly journey: string },
  then: (team: TeamState, service: Service, journey: JourneyState) => Decision,
): Decision {
  return withService(state, at.team, at.service, (team, service) => {
    const journey = serviceOf(team, service.id)?.journeys.find(({ id }) => id === at.journey)
    if (journey) return then(team, service, journey)
    const { journey: id } = at
    return refuse('unknown-journey', `Service ${service.id} has no journey ${id}.`, {
      service: service.id,
      journey: id,
    })
  })
}

/** There is an exercise, and it has not begun. */
export const toBegin = ({ phase }: Pick<State, 'phase'>): boolean =>
  phase === 'created' || phase === 'deploying' || phase === 'ready'

/** The range stands, and what is reported about it means something. */
export const standing = ({ phase }: Pick<State, 'phase'>): boolean =>
  phase === 'ready' || phase === 'running' || phase === 'paused'

/** Teams act, and what they do may count: time runs, or stands still in a pause. */
export const inPlay = (state: State): boolean => state.phase === 'running' || state.phase === 'paused'

/** What people will read: trimmed, with something to see, at most `max` characters; else null. */
export function said(text: string, max: number): string | null {
  const trimmed = text.trim()
  return hasVisible(trimmed) && trimmed.length <= max ? trimmed : null
}

/** What people need not say: trimmed, and empty where there is nothing to see. */
export const ifSaid = (text: string): string => (hasVisible(text) ? text.trim() : '')
