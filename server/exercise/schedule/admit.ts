import { type Lane, type Records, servedKey, type Wanted } from './task.ts'

/** Something that works. What rests after its work, to leave the machine to others, still has its place. */
export interface Occupied {
  readonly id: string
  readonly team: string | null
  readonly lane: Lane
  readonly touches: string | null
}

/** A machine that carries enclaves. */
export interface Machine {
  readonly id: string
  /** Processors, or the part of them that an exercise has. */
  readonly cores: number
}

/** What carries the enclave of each team. */
export type Capacity = ReadonlyMap<string, Machine>

/** Lanes with so many places; what has a deadline waits for none. */
type PlacedLane = Exclude<Lane, 'deadline'>

/**
 * Places for a kind of work on a machine with so many cores. Full journeys have one for each core, and rest after each (rest.ts), so about half of the
 * machine is left to the teams and the attacks. Light checks and citizens, who mostly read and think, cost little each: what is bounded is how many at once.
 */
const PLACES: Readonly<Record<PlacedLane, (cores: number) => number>> = {
  light: (cores) => Math.max(1, Math.floor(8 * cores)),
  full: (cores) => Math.max(1, Math.floor(cores)),
  visit: (cores) => Math.max(1, Math.floor(8 * cores)),
}
/** Visits of one team's citizens that may go on at once. */
const VISITS_OF_A_TEAM = 4

/**
 * What of `wanted` may start now: what has a deadline at once, the rest as far as its lane on its team's machine has room. What touches the same never runs at
 * once, whatever its lane: what has a deadline is asked first, and waits only until what began before it is over. Teams take turns, so that all get as
 * many runs, whatever each has waiting; and within a team what is latest by its own measure goes first, so that everything is looked at less often in the same
 * proportion and nothing starves. No team holds more than half of a lane while others want it: work that hangs delays its own team. Pure.
 */
export function admit(
  wanted: readonly Wanted[],
  running: readonly Occupied[],
  records: Pick<Records, 'served'>,
  capacity: Capacity,
  atMs: number,
): readonly Wanted[] {
  const taken: Occupied[] = [...running]
  const ids = new Set(running.map(({ id }) => id))
  const free = wanted.filter(({ id }) => !ids.has(id))
  const started: Wanted[] = []
  const start = (one: Wanted) => {
    started.push(one)
    taken.push(one)
  }
  const touched = (one: Wanted) =>
    one.touches !== null && taken.some(({ touches }) => touches === one.touches)
  for (const one of free.filter(({ lane }) => lane === 'deadline').toSorted((a, b) => a.dueMs - b.dueMs))
    if (!touched(one)) start(one)
  for (const lane of ['light', 'full', 'visit'] as const)
    for (const machine of new Map([...capacity.values()].map((one) => [one.id, one])).values())
      fill(
        lane,
        machine,
        free.filter((one) => one.lane === lane && capacity.get(one.team ?? '')?.id === machine.id),
      )
  return started

  function fill(lane: PlacedLane, machine: Machine, waiting: readonly Wanted[]) {
    if (waiting.length === 0) return
    const onMachine = ({ lane: its, team }: Occupied) =>
      its === lane && capacity.get(team ?? '')?.id === machine.id
    let room = PLACES[lane](machine.cores) - taken.filter(onMachine).length
    const most = mostOfATeam(lane, machine, capacity)
    const queues = queuesOf(waiting, atMs)
    const held = (team: string) => taken.filter((one) => one.team === team && one.lane === lane).length
    const order = [...queues.keys()].toSorted(
      (a, b) => (records.served.get(servedKey(lane, a)) ?? 0) - (records.served.get(servedKey(lane, b)) ?? 0),
    )
    for (let progress = true; room > 0 && progress; ) {
      progress = false
      for (const team of order) {
        const queue = queues.get(team) ?? []
        while (queue[0] && touched(queue[0])) queue.shift()
        const next = queue[0]
        if (room <= 0 || !next || held(team) >= most) continue
        queue.shift()
        start(next)
        room -= 1
        progress = true
      }
    }
  }
}

function mostOfATeam(lane: PlacedLane, machine: Machine, capacity: Capacity): number {
  const teams = [...capacity.values()].filter(({ id }) => id === machine.id).length
  const places = PLACES[lane](machine.cores)
  const most = teams > 1 ? Math.max(1, Math.floor(places / 2)) : places
  return lane === 'visit' ? Math.min(VISITS_OF_A_TEAM, most) : most
}

/** By team, the latest by its own measure first: what nothing is known of yet has waited since the beginning. */
function queuesOf(waiting: readonly Wanted[], atMs: number): Map<string, Wanted[]> {
  const queues = Map.groupBy(waiting, ({ team }) => team ?? '')
  for (const [team, queue] of queues)
    queues.set(
      team,
      queue.toSorted((a, b) => lateness(b, atMs) - lateness(a, atMs)),
    )
  return queues
}

/** How late it is, by its own interval. */
export const lateness = ({ dueMs, everyMs }: Wanted, atMs: number): number => (atMs - dueMs) / everyMs
