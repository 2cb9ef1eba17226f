import { type State, serviceOf, type TeamState, teamOf } from '../fold/state.ts'
import type { Actor } from '../ledger/actor.ts'
import type { NewEvent } from '../ledger/events.ts'
import { isSourcePath } from '../scenario/source-path.ts'
import {
  accept,
  type Deciders,
  fact,
  nothing,
  refuse,
  standing,
  withService,
  wrongPhase,
} from './decision.ts'
import { responding } from './responding.ts'
import type { SourceCommands } from './source-commands.ts'

/** Between two restarts that are followed by looks, of one service. Exercise time, ms. [SC27] */
export const VERIFY_EVERY_MS = 10_000

/** How long a service must wait until it may be restarted and looked at again, at `atMs`. While time stands still nothing is looked at, and nothing waits. */
export function verifyInMs(state: State, team: string, service: string, atMs: number): number {
  if (state.phase !== 'running') return 0
  const asked = serviceOf(teamOf(state, team), service)?.asked
  return asked ? Math.max(0, asked.atMs + VERIFY_EVERY_MS - atMs) : 0
}

/** Who changes a service's sources, or restarts it, has laid hands on it, well or not. */
const mending = (
  state: State,
  team: TeamState,
  service: string,
  by: Actor,
  at: number,
): readonly NewEvent[] => responding(state, team, service, 'mending', by, at)

/**
 * What was done to sources. Whether it may be done is asked before (`mayEdit`, `verifyInMs`); what reaches this is done, so a pause that began in between
 * keeps no fact out of the ledger.
 */
export const sources: Deciders<keyof SourceCommands> = {
  'save-source': (state, command, at) =>
    withService(state, command.data.team, command.data.service, (team, service) => {
      const { file, gone } = command.data
      if (!standing(state)) return wrongPhase(state, command)
      if (!isSourcePath(file)) return refuse('bad-source-path', 'No file may have this path.', { file })
      const what = { team: team.id, service: service.id, file, gone, by: command.by }
      return accept(fact('source.saved', at, what), ...mending(state, team, service.id, command.by, at))
    }),

  // Also after the end: that is when most are.
  'keep-changes': (state, { data }, at) =>
    withService(state, data.team, data.service, (team, service) =>
      team.changes[service.id]?.file.sha256 === data.file.sha256
        ? nothing
        : accept(fact('changes.kept', at, data)),
    ),

  'keep-fixes': (state, command, at) => {
    if (state.phase !== 'ended') return wrongPhase(state, command)
    return state.fixes.length > 0 || command.data.fixes.length === 0
      ? nothing
      : accept(fact('fixes.kept', at, command.data))
  },

  'restart-app': (state, command, at) =>
    withService(state, command.data.team, command.data.service, (team, service) => {
      if (!standing(state)) return wrongPhase(state, command)
      const { ok } = command.data
      const what = { team: team.id, service: service.id, ok, by: command.by }
      return accept(fact('app.restarted', at, what), ...mending(state, team, service.id, command.by, at))
    }),
}
