import type { ContainerEvent, DiskNews, IsolationNews, MachineNews } from '../../engine/ports/range-news.ts'
import type { EngineRange, RangeOptions } from '../core.ts'
import { removeExercise } from '../enclave/sweep.ts'
import { LABEL_TEAM, ownedBy, REFERENCE_TEAM } from '../labels.ts'
import { openRange } from '../range.ts'
import { isAway, type PlayingNode, type Swarm } from './swarm.ts'

export type MachineOptions = Omit<RangeOptions, 'docker'> & {
  readonly home: string
  readonly cache: string
}

/** Teams of an exercise with containers on a node; none while it is away. */
export async function standingOn({ engine }: PlayingNode, exerciseId: string): Promise<readonly string[]> {
  if (isAway({ engine })) return []
  const filters = { label: [ownedBy(exerciseId), LABEL_TEAM] }
  const containers = await engine.docker.listContainers({ all: true, filters }).catch(() => [])
  return [...new Set(containers.map(({ Labels }) => Labels[LABEL_TEAM] ?? ''))].filter(
    (team) => team !== REFERENCE_TEAM,
  )
}

/** The machines on which an exercise stands: a range on each, and which team's enclave is where. What is heard of any of them goes to whoever listens to all. */
export function openMachines(swarm: Swarm, options: MachineOptions) {
  const ranges = new Map<string, EngineRange>()
  /** Node by team. */
  const places = new Map<string, string>()
  const hear = {
    container: [] as ((event: ContainerEvent) => void)[],
    isolation: [] as ((news: IsolationNews) => void)[],
    turned: [] as ((team: string, service: string) => void)[],
    disk: [] as ((news: DiskNews) => void)[],
    machine: [] as ((news: MachineNews) => void)[],
  }
  /** Nodes on which isolation was lost and is not proven again. */
  const open = new Set<string>()

  const teamsOn = (node: string) => [...places].flatMap(([team, id]) => (id === node ? [team] : []))
  const news = ({ id, name }: PlayingNode, away: boolean): MachineNews => ({
    ...{ machine: id, name, away },
    teams: teamsOn(id),
  })
  const beyond = (own: PlayingNode) =>
    swarm.all().map(({ id, name, address }) => ({
      ...{ address, port: swarm.port },
      name: id === own.id ? `agent of ${name}` : name,
    }))
  const watchIsolation = (node: string, range: EngineRange) =>
    range.watchIsolation((said) => {
      if (said.happened === 'lost') open.add(node)
      if (said.happened === 'restored') {
        open.delete(node)
        // All that was lost is closed only when that is so on every machine.
        if (open.size > 0) return
      }
      for (const call of hear.isolation) call(said)
    })
  const watchDisk = (range: EngineRange) =>
    range.watchDisk((said) => {
      for (const call of hear.disk) call(said)
    })
  const stop = swarm.onChange((node, away) => {
    if (!ranges.has(node.id)) return
    // Enclaves that were set up elsewhere meanwhile.
    if (!away) void leaveBehind(node)
    if (teamsOn(node.id).length > 0) for (const call of hear.machine) call(news(node, away))
  })
  const leaveBehind = async (node: PlayingNode) => {
    const gone = [...places].flatMap(([team, id]) => (id === node.id ? [] : [team]))
    await removeExercise(node.engine.docker, options.exerciseId, gone, false).catch((error: unknown) =>
      options.log.warn({ machine: node.name }, `left behind: ${error}`),
    )
  }

  return {
    ranges,
    places,
    teamsOn,
    /** The range of a machine, which is opened where there is none. */
    on(node: PlayingNode): EngineRange {
      const known = ranges.get(node.id)
      if (known) return known
      const range = openRange({
        ...options,
        docker: node.engine.docker,
        machine: { name: node.name, away: () => isAway(node) },
        beyond: () => beyond(node),
      })
      ranges.set(node.id, range)
      range.onContainerEvent((event) => {
        for (const call of hear.container) call(event)
      })
      range.onTurned((team, service) => {
        for (const call of hear.turned) call(team, service)
      })
      if (hear.isolation.length > 0) watchIsolation(node.id, range)
      if (hear.disk.length > 0) watchDisk(range)
      return range
    },
    /** That of the machine which carries a team's enclave. */
    of: (team: string): EngineRange | undefined => ranges.get(places.get(team) ?? ''),
    node: (team: string): PlayingNode | undefined => swarm.known(places.get(team) ?? ''),
    onContainerEvent: (call: (event: ContainerEvent) => void) => void hear.container.push(call),
    onTurned: (call: (team: string, service: string) => void) => void hear.turned.push(call),
    watchIsolation(call: (news: IsolationNews) => void) {
      if (hear.isolation.push(call) === 1) for (const [node, range] of ranges) watchIsolation(node, range)
    },
    watchDisk(call: (news: DiskNews) => void) {
      if (hear.disk.push(call) === 1) for (const range of ranges.values()) watchDisk(range)
    },
    watchMachines(call: (news: MachineNews) => void) {
      hear.machine.push(call)
      for (const id of ranges.keys()) {
        const node = swarm.known(id)
        if (node && teamsOn(id).length > 0) call(news(node, isAway(node)))
      }
    },
    /** Machines that answer now. */
    there: (): readonly (readonly [PlayingNode, EngineRange])[] =>
      [...ranges].flatMap(([id, range]) => {
        const node = swarm.known(id)
        return node && !isAway(node) ? [[node, range] as const] : []
      }),
    stop,
  }
}

export type Machines = ReturnType<typeof openMachines>
