import type { RecordedOf } from '../ledger/events.ts'
import type { Team } from '../scenario/model.ts'
import { noCases } from './case-state.ts'
import { noTeamControl } from './control-state.ts'
import { noUsability } from './evolve-ticket.ts'
import type { ServiceState, TeamState } from './state.ts'
import { noWork } from './team-work.ts'

/** What a deploy begins with: proofs of an earlier one prove nothing. */
export const undeployed = { deploy: { done: 0, total: 0, what: '' }, isolation: null }

/** A team before anything is known of its enclave. */
export function newTeam(team: Team, event: RecordedOf<'exercise.created'>): TeamState {
  return {
    ...team,
    ...undeployed,
    services: event.data.scenario.services.map(
      (service): ServiceState => ({
        id: service.id,
        journeys: service.journeys.map(({ id, alive }) => ({
          id,
          alive,
          verdict: 'unknown',
          sinceMs: 0,
          position: 0,
          evidence: null,
          owed: false,
          lostBy: null,
          upMs: 0,
          slowMs: 0,
          brokenMs: 0,
          downMs: 0,
        })),
        containerDown: false,
        hit: 0,
        touched: 0,
        struck: null,
        turned: 0,
        asked: null,
        marks: [],
        settledMs: 0,
        position: event.position,
        verdict: 'unknown',
        sinceMs: 0,
        history: [{ fromMs: 0, verdict: 'unknown', position: event.position }],
      }),
    ),
    attacks: [],
    restoring: [],
    hints: [],
    tickets: [],
    ticketCount: 0,
    usability: event.data.scenario.citizens.personas.map(() => noUsability),
    affected: [],
    tutored: [],
    injects: [],
    reports: [],
    appeals: [],
    work: noWork,
    responses: [],
    cases: noCases,
    ...noTeamControl,
    terminals: [],
    sshKeys: [],
    edits: [],
    changes: {},
    acted: [],
    handBack: { taken: team.pilot === 'person', sinceMs: null, playedMs: 0, mended: 0 },
    pilotAtMs: null,
    adjustments: [],
    story: [],
    ownPosition: 0,
  }
}
