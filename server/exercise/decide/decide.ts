import type { State } from '../fold/state.ts'
import type { Command, CommandType } from './commands.ts'
import { appeals } from './decide-appeal.ts'
import { cases } from './decide-case.ts'
import { checks } from './decide-checks.ts'
import { control } from './decide-control.ts'
import { injects } from './decide-inject.ts'
import { isolation } from './decide-isolation.ts'
import { keys } from './decide-key.ts'
import { lifecycle } from './decide-lifecycle.ts'
import { machines } from './decide-machine.ts'
import { observations } from './decide-observation.ts'
import { people } from './decide-people.ts'
import { questions } from './decide-question.ts'
import { reports } from './decide-range.ts'
import { incidentReports } from './decide-report.ts'
import { sources } from './decide-source.ts'
import { strain } from './decide-strain.ts'
import { terminals } from './decide-terminal.ts'
import { tickets } from './decide-ticket.ts'
import { timeline } from './decide-timeline.ts'
import { traffic } from './decide-traffic.ts'
import { work } from './decide-work.ts'
import { world } from './decide-world.ts'
import type { Decider, Deciders, Decision } from './decision.ts'

/** One decider for each type of command: a missing one does not compile. */
const deciders: Deciders<CommandType> = {
  ...lifecycle,
  ...isolation,
  ...machines,
  ...reports,
  ...strain,
  ...timeline,
  ...tickets,
  ...injects,
  ...questions,
  ...incidentReports,
  ...appeals,
  ...people,
  ...terminals,
  ...keys,
  ...traffic,
  ...checks,
  ...sources,
  ...work,
  ...cases,
  ...world,
  ...control,
  ...observations,
}

/**
 * What a command means in a state: new facts (none when it changes nothing), or a refusal as a value. Pure; exercise time
 * comes inside the command. `at` of the facts never goes down, stands while nothing runs, and ends with the exercise.
 */
export function decide(state: State, command: Command): Decision {
  const decider = deciders[command.type] as Decider<CommandType>
  return decider(state, command as never, timeOf(state, command.at))
}

function timeOf(state: State, at: number): number {
  if (state.phase !== 'running') return state.atMs
  return Math.max(state.atMs, Math.min(Math.round(at), state.scenario.durationMs))
}
