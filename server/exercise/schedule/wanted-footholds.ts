import { isTouched } from '../fold/interruption.ts'
import { type AttackState, type State, serviceOf, type TeamState } from '../fold/state.ts'
import { askedAt, rests } from './again.ts'
import { attacksToLaunch } from './launch.ts'
import type { Moment } from './moment.ts'
import type { Records, TaskRecord, Wanted } from './task.ts'

/** How often an open foothold is tried again, and how often while somebody has a terminal open where it is. Exercise time, ms. */
const EVERY_MS = 10_000
const AT_WORK_MS = 3_000
/**
 * No look begins so shortly before an attack on the same weakness: they use the same means, never run at once (see `admit`), and the attack should not have to
 * wait. Wall time, ms: runs take as long at every speed of the exercise.
 */
const CLEAR_MS = 20_000

/** Open footholds whose look is due. */
export function wantedFootholds(state: State, records: Records, now: Moment): readonly Wanted[] {
  if (state.phase !== 'running' || now.atMs >= state.scenario.durationMs) return []
  return state.teams.flatMap((team) => {
    const open = team.attacks.filter(({ state: at, closedMs }) => at === 'landed' && closedMs === null)
    if (open.length === 0) return []
    const taken = new Set(soonAttacked(state, team, now.atMs))
    return open.flatMap((attack) => footholdWanted(state, records, now, team, attack, taken) ?? [])
  })
}

function footholdWanted(
  state: State,
  records: Records,
  now: Moment,
  team: TeamState,
  attack: AttackState,
  taken: ReadonlySet<string>,
): Wanted | null {
  const weakness = weaknessOfAttack(state, attack.attack)
  if (taken.has(weakness)) return null
  // Nobody can say what is there while the service is taken away. [SC24]
  if (isTouched(team, attack.info.service)) return null
  const key = `foothold/${team.id}/${attack.attack}`
  const record = records.tasks.get(key)
  if (rests(record, now)) return null
  const { service } = attack.info
  // Never stretched: they are few, and each costs its team until the look that finds it closed.
  const everyMs = team.terminals.some((open) => open.service === service) ? AT_WORK_MS : EVERY_MS
  const dueMs = dueAt(state.seed, key, team, attack, record, everyMs)
  if (dueMs > now.atMs) return null
  return {
    task: {
      kind: 'foothold',
      team: team.id,
      attack: attack.attack,
      openMs: openMs(attack, record, now.atMs),
    },
    key,
    id: key,
    team: team.id,
    lane: 'full',
    dueMs,
    everyMs,
    first: false,
    touches: `${team.id}/${weakness}`,
  }
}

/** Whoever forgot when it was last looked at (the platform was restarted) says that it was as lately as it should have been. */
const openMs = ({ concludedMs }: AttackState, record: TaskRecord | undefined, atMs: number): number =>
  record?.seen?.atMs ?? Math.max(concludedMs ?? 0, atMs - 2 * EVERY_MS)

function dueAt(
  seed: string,
  key: string,
  team: TeamState,
  attack: AttackState,
  record: TaskRecord | undefined,
  everyMs: number,
) {
  const service = serviceOf(team, attack.info.service)
  const turned = service?.turned ?? 0
  const concludedMs = attack.concludedMs ?? 0
  if (turned > (record?.startedBy ?? attack.concludedBy)) return record?.ended?.atMs ?? concludedMs
  const since = record ?? { startedBy: attack.concludedBy, startedMs: concludedMs, ended: null }
  const asked = (service && askedAt(seed, key, service, since)) ?? Number.POSITIVE_INFINITY
  return Math.min(asked, since.startedMs + everyMs)
}

/** Weaknesses of a team that are under attack now or shortly. */
const soonAttacked = (state: State, team: TeamState, atMs: number): readonly string[] => [
  ...attacksToLaunch(state, team, atMs + CLEAR_MS * state.speed).map(({ weakness }) => weakness),
  ...team.attacks
    .filter((attack) => attack.state === 'under-way')
    .map(({ attack }) => weaknessOfAttack(state, attack)),
]

const weaknessOfAttack = (state: State, id: string): string =>
  state.scenario.attacks.find((attack) => attack.id === id)?.weakness ?? id
