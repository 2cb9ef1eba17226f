import type { State } from '../fold/state.ts'
import type { NewEvent } from '../ledger/events.ts'
import { RULES_VERSION } from '../ledger/rules.ts'
import { scenarioTrouble } from '../scenario/scenario-trouble.ts'
import { skipTarget, type Unquiet, unquiet } from '../schedule/skip.ts'
import { phasesToEnter } from '../schedule/timeline.ts'
import type { CommandPayloads } from './commands.ts'
import { closing } from './decide-terminal.ts'
import {
  accept,
  type Deciders,
  fact,
  ifSaid,
  noLongerSo,
  nothing,
  refuse,
  said,
  standing,
  withTeam,
  wrongPhase,
} from './decision.ts'
import { mayPrepare, standsStill } from './typing.ts'

/** Phases of the timeline that have begun by `atMs` and were not entered yet, in order. */
function phasesDue(state: State, atMs: number): readonly NewEvent[] {
  return phasesToEnter(state, atMs).map(({ phase, fromMs }) =>
    fact('phase.entered', Math.max(state.atMs, fromMs), { phase: phase.id }),
  )
}

/** What is in flight can no longer be judged. */
function abandonAll(state: State, at: number, reason: string): readonly NewEvent[] {
  return state.teams.flatMap((team) =>
    team.attacks
      .filter((a) => a.state === 'under-way')
      .map(({ attack, attempt }) => fact('attack.abandoned', at, { team: team.id, attack, attempt, reason })),
  )
}

function closeAll(state: State, at: number, reason: string): readonly NewEvent[] {
  return state.teams.flatMap((team) => team.terminals.flatMap((open) => closing(team.id, open, at, reason)))
}

/** Exercise seconds per second that an exercise may be run at. */
export const SPEEDS = { least: 0.1, most: 20 } as const

const NOT_QUIET: Readonly<Record<Unquiet['code'], string>> = {
  'not-quiet-attack': 'An attack is under way',
  'not-quiet-recovery': 'A recovery still earns points',
  'not-quiet-complaint': 'A complaint waits for its answer',
  'not-quiet-inject': 'A message waits for its answer',
  'not-quiet-report': 'An attack is still to be reported',
  'not-quiet-world': 'Something is done to services',
}

type Lifecycle =
  | 'create-exercise'
  | 'start-deploy'
  | 'report-deploy-progress'
  | 'finish-deploy'
  | 'fail-deploy'
  | 'start-exercise'
  | 'pause-exercise'
  | 'resume-exercise'
  | 'change-preparation'
  | 'skip-quiet-time'
  | 'change-speed'
  | 'end-exercise'
  | 'pass-time'
  | 'recover-platform'

export const lifecycle: Deciders<Lifecycle> = {
  'create-exercise': (state, { data }) => {
    if (state.exerciseId !== '')
      return refuse('exists', `Exercise ${state.exerciseId} was created before.`, {
        exercise: state.exerciseId,
      })
    const trouble = createTrouble(data)
    if (trouble !== null) return refuse('bad-scenario', trouble)
    return accept(fact('exercise.created', 0, { ...data, rulesVersion: RULES_VERSION }))
  },
  'start-deploy': (state, command, at) => {
    if (state.phase !== 'created') return wrongPhase(state, command)
    return accept(fact('deploy.started', at, { teams: state.teams.map((t) => t.id) }))
  },
  'report-deploy-progress': (state, { data }, at) =>
    withTeam(state, data.team, ({ deploy }) => {
      if (state.phase !== 'deploying') return nothing
      if (!(data.done >= 0 && data.done <= data.total))
        return refuse('bad-progress', `${data.done} of ${data.total} steps makes no sense.`)
      const same = deploy.done === data.done && deploy.total === data.total && deploy.what === data.what
      return same ? nothing : accept(fact('deploy.progressed', at, data))
    }),
  'finish-deploy': (state, command, at) => {
    if (state.phase !== 'deploying') return wrongPhase(state, command)
    const open = state.teams.find((team) => team.isolation === null)
    if (open)
      return refuse('isolation-not-proven', `Isolation of the enclave of ${open.id} was not proven.`, {
        team: open.id,
      })
    return accept(fact('deploy.finished', at, command.data))
  },
  'fail-deploy': (state, command, at) => {
    if (state.phase !== 'deploying') return wrongPhase(state, command)
    return accept(fact('deploy.failed', at, command.data))
  },
  'start-exercise': (state, command, at) => {
    if (state.phase !== 'ready') return wrongPhase(state, command)
    if (state.isolationLost) return isolationLost(state.isolationLost.what)
    return accept(fact('exercise.started', at, {}), ...phasesDue(state, at))
  },
  'pause-exercise': (state, command, at) => {
    if (state.phase !== 'running') return wrongPhase(state, command)
    const reason = ifSaid(command.data.reason).slice(0, 300)
    return accept(fact('exercise.paused', at, { by: command.by, reason }))
  },
  'resume-exercise': (state, command, at) => {
    if (state.phase !== 'paused') return wrongPhase(state, command)
    if (state.isolationLost) return isolationLost(state.isolationLost.what)
    return accept(fact('exercise.resumed', at, { by: command.by }))
  },
  'change-preparation': (state, command, at) => {
    const { open } = command.data
    if (!standsStill(state)) return wrongPhase(state, command)
    if (open === mayPrepare(state)) return nothing
    return accept(fact('preparation.changed', at, { open, by: command.by }))
  },
  'skip-quiet-time': (state, command, at) => {
    if (state.phase !== 'running') return wrongPhase(state, command)
    const busy = unquiet(state, at)
    if (busy)
      return refuse(busy.code, `${NOT_QUIET[busy.code]} (${busy.team}). Skip when all is quiet.`, {
        team: busy.team,
      })
    const toMs = skipTarget(state, at)
    if (toMs === null) return refuse('nothing-to-skip', 'What is planned next begins at once.')
    if (toMs !== command.data.toMs) return noLongerSo('Where a skip leads', command.data.toMs, toMs)
    return accept(fact('exercise.skipped', toMs, { fromMs: at, by: command.by }))
  },
  'change-speed': (state, command, at) => {
    const { speed } = command.data
    if (!standing(state)) return wrongPhase(state, command)
    if (!(speed >= SPEEDS.least && speed <= SPEEDS.most))
      return refuse('bad-speed', `Speed ${speed} is not between ${SPEEDS.least} and ${SPEEDS.most}.`, SPEEDS)
    if (speed === state.speed) return nothing
    return accept(fact('speed.changed', at, { from: state.speed, to: speed, by: command.by }))
  },
  // One whose enclaves never came up can be given up too.
  'end-exercise': (state, command, at) => {
    if (state.exerciseId === '' || state.phase === 'ended') return wrongPhase(state, command)
    const reason = said(command.data.reason, 300) ?? 'ended'
    return accept(...abandonAll(state, at, 'ended'), fact('exercise.ended', at, { by: command.by, reason }))
  },
  'pass-time': (state, { by }, at) => {
    if (state.phase !== 'running') return nothing
    const entered = phasesDue(state, at)
    if (at < state.scenario.durationMs) return accept(...entered)
    const ended = fact('exercise.ended', at, { by, reason: 'time-over' })
    return accept(...entered, ...abandonAll(state, at, 'ended'), ended)
  },
  'recover-platform': (state, { data }, at) => {
    if (state.exerciseId === '') return nothing
    const closed = closeAll(state, at, 'platform-recovered')
    if (!standing(state)) return accept(...closed)
    return accept(
      fact('platform.recovered', at, { awayMs: Math.max(0, data.awayMs) }),
      ...abandonAll(state, at, 'platform-recovered'),
      ...closed,
    )
  },
}

const isolationLost = (what: string) =>
  refuse(
    'isolation-lost',
    `The enclaves are not isolated: ${what}. The exercise can go on once that is mended.`,
    {
      what,
    },
  )

/** Why an exercise can not be made of this, or null. */
function createTrouble(data: CommandPayloads['create-exercise']): string | null {
  if (data.exerciseId === '') return 'An exercise needs an id.'
  if (!(data.speed > 0 && data.speed <= 1000)) return `Speed ${data.speed} is not between 0 and 1000.`
  if (data.teams.length === 0) return 'An exercise needs a team.'
  if (new Set(data.teams.map((t) => t.id)).size < data.teams.length) return 'Two teams have the same id.'
  return scenarioTrouble(data.scenario)
}
