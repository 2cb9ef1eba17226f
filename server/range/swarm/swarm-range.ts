import {
  type ContainerEvent,
  DeployFailure,
  type DiskNews,
  type IsolationNews,
  type Range,
  type ReferenceLook,
} from '../../engine/ports/ports.ts'
import type { RangeOptions } from '../core.ts'
import { BuildFailure } from '../engine-api/build.ts'
import { ensureImages } from '../images/images.ts'
import { reason } from '../log.ts'
import { enclaveNeeds } from '../machine/carries.ts'
import { inEnclaveOf } from '../machine/in-enclave.ts'
import { fault } from '../probe/probe-fault.ts'
import { openRange } from '../range.ts'
import { placeEnclave, placesOf, removeKeepers } from './keepers.ts'
import { worstOf } from './references.ts'
import { spreadImages } from './spread.ts'
import type { PlayingNode, Swarm } from './swarm.ts'

/**
 * The range of one exercise on the nodes of a Swarm: each enclave stands whole on the node where Swarm put its keeper, and each node has a range as a single machine has one. So what
 * a team is asked goes to the range of its node, and isolation stays a matter of one machine.
 */
export function openSwarmRange(
  swarm: Swarm,
  options: Omit<RangeOptions, 'docker'> & { readonly home: string; readonly cache: string },
): Range {
  const { exerciseId, spec, home, infra, cache } = options
  const ranges = new Map<string, Range>()
  /** Node by team. */
  const places = new Map<string, string>()
  const containerListeners: ((event: ContainerEvent) => void)[] = []
  const isolationListeners: ((news: IsolationNews) => void)[] = []
  const diskListeners: ((news: DiskNews) => void)[] = []
  const stops: (() => void)[] = []
  /** Nodes on which isolation was lost and is not proven again. */
  const open = new Set<string>()

  const rangeOn = (node: PlayingNode): Range => {
    const known = ranges.get(node.id)
    if (known) return known
    const range = openRange({
      ...options,
      docker: node.engine.docker,
      machine: { name: node.name, away: () => node.engine.awaySince() !== null },
      beyond: () => beyond(node),
    })
    ranges.set(node.id, range)
    range.onContainerEvent((event) => {
      for (const call of containerListeners) call(event)
    })
    if (isolationListeners.length > 0) watchIsolationOf(node.id, range)
    if (diskListeners.length > 0) watchDiskOf(range)
    return range
  }
  /** Other machines of the Swarm, as an enclave must not reach them. */
  const beyond = (own: PlayingNode) =>
    [...ranges.keys()]
      .flatMap((id) => swarm.known(id) ?? [])
      .map(({ id, name, address }) => ({
        name: id === own.id ? `agent of ${name}` : name,
        address,
        port: swarm.port,
      }))
  const watchIsolationOf = (node: string, range: Range) =>
    range.watchIsolation((news) => {
      if (news.happened === 'lost') open.add(node)
      if (news.happened === 'restored') {
        open.delete(node)
        // All that was lost is closed only when that is so on every machine.
        if (open.size > 0) return
      }
      for (const call of isolationListeners) call(news)
    })
  const watchDiskOf = (range: Range) =>
    range.watchDisk((news) => {
      for (const call of diskListeners) call(news)
    })
  const of = (team: string): Range | undefined => ranges.get(places.get(team) ?? '')
  const must = (team: string): Range => {
    const range = of(team)
    if (!range) throw new Error(`no machine carries the enclave of team ${team}`)
    return range
  }
  const nowhere = () => fault('no machine carries this enclave')

  return {
    async deploy(teams, tell, proven) {
      try {
        const nodes = await swarm.nodes()
        const step = (done: number, total: number, what: string) => tell({ team: '', done, total, what })
        const images = await ensureImages(swarm.manager, { infra, cache, services: spec.services }, step)
        const receivers = nodes
          .filter(({ ready }) => ready)
          .map(({ name, engine }) => ({ name, docker: engine.docker }))
        await spreadImages(swarm.manager, receivers, [images.base, ...Object.values(images.tags)], (what) =>
          step(0, 1, what),
        )
        const needs = enclaveNeeds(inEnclaveOf(spec))
        for (const team of teams) {
          const node = await placeEnclave(swarm.manager, {
            exerciseId,
            home,
            image: images.base,
            team,
            needs,
            constraints: [],
          })
          places.set(team, node)
          tell({ team, done: 0, total: 1, what: `placed on ${swarm.known(node)?.name ?? node}` })
        }
        const byNode = Map.groupBy(teams, (team) => places.get(team) ?? '')
        const going = [...byNode].map(([id, its]) => {
          const node = swarm.known(id)
          if (!node)
            throw new DeployFailure(
              its[0] ?? null,
              `Swarm placed an enclave on a node that nobody knows: ${id}`,
              '',
            )
          return rangeOn(node).deploy(its, tell, proven)
        })
        const ended = await Promise.allSettled(going)
        for (const end of ended) if (end.status === 'rejected') throw end.reason
      } catch (error) {
        if (error instanceof DeployFailure) throw error
        throw new DeployFailure(null, reason(error), error instanceof BuildFailure ? error.evidence : '')
      }
    },
    async adopt(teams) {
      for (const [team, node] of await placesOf(swarm.manager, exerciseId)) places.set(team, node)
      await swarm.nodes()
      const byNode = Map.groupBy(teams, (team) => places.get(team) ?? '')
      const incomplete = await Promise.all(
        [...byNode].map(async ([id, its]) => {
          const node = swarm.known(id)
          return node ? rangeOn(node).adopt(its) : its
        }),
      )
      return incomplete.flat()
    },
    runJourney: async (team, ...rest) => of(team)?.runJourney(team, ...rest) ?? nowhere(),
    runExploit: async (team, ...rest) => of(team)?.runExploit(team, ...rest) ?? nowhere(),
    runFoothold: async (team, ...rest) => of(team)?.runFoothold(team, ...rest) ?? nowhere(),
    runFrozen: async (team, ...rest) => of(team)?.runFrozen(team, ...rest) ?? nowhere(),
    runWitness: async (team, ...rest) => of(team)?.runWitness(team, ...rest) ?? nowhere(),
    edit: async (team, ...rest) => of(team)?.edit(team, ...rest) ?? 'no machine carries this enclave',
    async reference(): Promise<ReferenceLook | null> {
      const there = [...ranges].filter(([id]) => swarm.known(id)?.engine.awaySince() === null)
      return worstOf(await Promise.all(there.map(([, range]) => range.reference())))
    },
    openTerminal: async (team, ...rest) => must(team).openTerminal(team, ...rest),
    runProgram: async (team, ...rest) => must(team).runProgram(team, ...rest),
    captureTraffic: async (team, ...rest) => must(team).captureTraffic(team, ...rest),
    citizens: {
      services: spec.services.filter(({ networks }) => networks.includes('public')).map(({ id }) => id),
      visit: async (team, request) => of(team)?.citizens.visit(team, request) ?? { ok: false, why: 'fault' },
      people: async (team) => of(team)?.citizens.people(team) ?? [],
      card: async (team, ...rest) => of(team)?.citizens.card(team, ...rest) ?? null,
    },
    searchLogs: async (team, search) => of(team)?.searchLogs(team, search) ?? null,
    restart: async (team, service) => must(team).restart(team, service),
    revert: async (team, service) => must(team).revert(team, service),
    impose: async (team, ...rest) => must(team).impose(team, ...rest),
    lift: async (team, ...rest) => must(team).lift(team, ...rest),
    changes: async (team, service) => of(team)?.changes(team, service) ?? null,
    sources: async (team, service) => of(team)?.sources(team, service) ?? null,
    writeSource: async (team, ...rest) =>
      of(team)?.writeSource(team, ...rest) ?? { ok: false, why: 'unreadable' },
    restartApp: async (team, service) => of(team)?.restartApp(team, service) ?? null,
    async capacity(team) {
      const node = swarm.known(places.get(team) ?? '')
      if (!node) throw new Error(`no machine carries the enclave of team ${team}`)
      return { id: node.id, cores: node.cores }
    },
    watchIsolation(call) {
      if (isolationListeners.push(call) === 1)
        for (const [node, range] of ranges) watchIsolationOf(node, range)
    },
    watchDisk(call) {
      if (diskListeners.push(call) === 1) for (const range of ranges.values()) watchDiskOf(range)
    },
    onContainerEvent: (call) => void containerListeners.push(call),
    watchMachines(call) {
      const tell = ({ id, name }: PlayingNode, away: boolean) => {
        const teams = [...places].flatMap(([team, node]) => (node === id ? [team] : []))
        if (teams.length > 0) call({ machine: id, name, teams, away })
      }
      for (const id of ranges.keys()) {
        const node = swarm.known(id)
        if (node) tell(node, node.engine.awaySince() !== null)
      }
      stops.push(swarm.onChange(tell))
    },
    async destroy() {
      for (const stop of stops) stop()
      await Promise.all(
        [...ranges].map(([id, range]) =>
          swarm.known(id)?.engine.awaySince() === null ? range.destroy() : range.close(),
        ),
      )
      await removeKeepers(swarm.manager, exerciseId)
    },
    async close() {
      for (const stop of stops) stop()
      await Promise.all([...ranges.values()].map((range) => range.close()))
    },
  }
}
