import { DeployFailure, type Range } from '../../engine/ports/ports.ts'
import type { EngineRange } from '../core.ts'
import { removeExercise } from '../enclave/sweep.ts'
import { BuildFailure } from '../engine-api/build.ts'
import { baseTag } from '../images/base-image.ts'
import { ensureImages } from '../images/images.ts'
import { reason } from '../log.ts'
import { enclaveNeeds } from '../machine/carries.ts'
import { inEnclaveOf } from '../machine/in-enclave.ts'
import { fault } from '../probe/probe-fault.ts'
import { holdPlace } from './hold-place.ts'
import { placeEnclave, placesOf, removeKeeper, removeKeepers } from './keepers.ts'
import { type MachineOptions, openMachines, standingOn } from './machines.ts'
import { worstOf } from './references.ts'
import { forgetChanges, restoreChanges, saveChanges } from './saved.ts'
import { spreadImages } from './spread.ts'
import { isAway, type PlayingNode, type Swarm } from './swarm.ts'

const SAVE_EVERY_MS = 60_000

/**
 * The range of one exercise on the nodes of a Swarm: each enclave stands whole on the node where Swarm put its keeper, and each node has a range as a single machine has one. So what
 * a team is asked goes to the range of its node, and isolation stays a matter of one machine.
 */
export function openSwarmRange(
  swarm: Swarm,
  options: MachineOptions & { readonly savedFolder: string },
): Range {
  const { exerciseId, spec, home, infra, cache, log } = options
  const { manager } = swarm
  const machines = openMachines(swarm, options)
  const services = spec.services.map(({ id }) => id)
  const kept = { exerciseId, home, needs: enclaveNeeds(inEnclaveOf(spec)) }
  const saved = { folder: options.savedFolder, exerciseId, log }
  /** Teams whose enclaves are on their way. */
  const moving = new Set<string>()
  /** The last of them that goes to a node. */
  const arriving = new Map<string, Promise<unknown>>()
  const of = (team: string): EngineRange | undefined => (moving.has(team) ? undefined : machines.of(team))
  const must = (team: string): EngineRange => {
    const range = of(team)
    if (!range) throw new Error(`no machine carries the enclave of team ${team} now`)
    return range
  }
  const nowhere = () => fault('no machine carries this enclave now')

  let saving: Promise<void> = Promise.resolve()
  const save = async () => {
    for (const [node] of machines.there())
      for (const [team, place] of machines.places)
        if (place === node.id && !moving.has(team))
          await saveChanges(saved, node.engine.docker, team, services)
  }
  const saver = setInterval(() => {
    saving = saving.then(save)
  }, SAVE_EVERY_MS)
  let left = false
  const stopHolding = swarm.onChange((node, away) => {
    if (away) return
    for (const team of machines.teamsOn(node.id))
      hold(team, node.id).catch((error) => log.warn({ team }, `its place is not held: ${reason(error)}`))
  })
  const hold = async (team: string, node: string) => {
    const stands = () => !left && machines.places.get(team) === node && !moving.has(team)
    const image = await baseTag(manager, infra)
    await holdPlace(manager, node, { ...kept, image, team, constraints: [] }, stands, log)
  }
  const leave = async () => {
    left = true
    stopHolding()
    clearInterval(saver)
    machines.stop()
    await saving
  }

  const place = async (image: string, team: string, constraints: readonly string[] = []) => {
    const given = await placeEnclave(manager, { ...kept, image, team, constraints })
    const node = swarm.known(given.node)
    if (node) return { node, keeper: given.keeper }
    await removeKeeper(manager, given.keeper)
    throw new DeployFailure(
      team,
      `Swarm placed the enclave of team ${team} on a node that nobody knows: ${given.node}`,
      '',
    )
  }
  /** Resolves with the base image. */
  const bringImages = async (step: (done: number, total: number, what: string) => void, asked?: 'all') => {
    const nodes = (await swarm.nodes(asked)).filter((node) => node.ready && !isAway(node))
    const images = await ensureImages(manager, { infra, cache, services: spec.services }, step)
    await spreadImages(
      manager,
      nodes.map(({ name, engine }) => ({ name, docker: engine.docker })),
      [images.base, ...Object.values(images.tags)],
      (what) => step(0, 1, what),
      swarm.registry,
    )
    return images.base
  }

  const removeOn = (node: PlayingNode, team: string) =>
    removeExercise(node.engine.docker, exerciseId, [team], false).catch((left: unknown) =>
      log.warn({ machine: node.name, team }, `left behind: ${reason(left)}`),
    )
  /** An enclave that does not come up on a node leaves nothing there, and is again where it was. */
  const comeUp = async (team: string, node: PlayingNode, from: PlayingNode | undefined) => {
    const range = machines.on(node)
    machines.places.set(team, node.id)
    if (from) machines.on(from).release(team)
    try {
      const nothing = () => {}
      await range.deploy([team], nothing, nothing)
      return await restoreChanges(saved, node.engine.docker, team, services)
    } catch (error) {
      range.release(team)
      await removeOn(node, team)
      if (from) {
        machines.places.set(team, from.id)
        await machines.on(from).adopt(machines.teamsOn(from.id))
      }
      throw error
    }
  }

  return {
    async deploy(teams, tell, proven) {
      try {
        const base = await bringImages((done, total, what) => {
          for (const team of teams) tell({ team, done, total, what })
        }, 'all')
        const byNode = new Map<EngineRange, string[]>()
        for (const team of teams) {
          await removeKeepers(manager, exerciseId, team)
          const { node } = await place(base, team)
          machines.places.set(team, node.id)
          tell({ team, done: 0, total: 1, what: `placed on ${node.name}` })
          const range = machines.on(node)
          byNode.set(range, [...(byNode.get(range) ?? []), team])
        }
        const ended = await Promise.allSettled(
          [...byNode].map(([range, its]) => range.deploy(its, tell, proven)),
        )
        for (const end of ended) if (end.status === 'rejected') throw end.reason
      } catch (error) {
        if (error instanceof DeployFailure) throw error
        throw new DeployFailure(null, reason(error), error instanceof BuildFailure ? error.evidence : '')
      }
    },
    async adopt(teams) {
      for (const [team, node] of await placesOf(manager, exerciseId)) machines.places.set(team, node)
      for (const node of await swarm.nodes())
        for (const team of await standingOn(node, exerciseId))
          if (!machines.places.has(team)) machines.places.set(team, node.id)
      const byNode = Map.groupBy(teams, (team) => machines.places.get(team) ?? '')
      const incomplete = await Promise.all(
        [...byNode].map(async ([id, its]) => {
          const node = swarm.known(id)
          return node ? machines.on(node).adopt(its) : its
        }),
      )
      return incomplete.flat()
    },
    async move(team) {
      const from = machines.node(team)
      moving.add(team)
      try {
        const base = await bringImages(() => {})
        // Swarm may take for ready what has gone just now.
        const gone = swarm.all().filter(isAway)
        const { node, keeper } = await place(
          base,
          team,
          gone.map(({ id }) => `node.id!=${id}`),
        )
        // Two at once on one machine would both make its reference anew.
        const before = arriving.get(node.id)
        const coming = Promise.resolve(before).then(() => comeUp(team, node, from))
        arriving.set(
          node.id,
          coming.catch(() => {}),
        )
        const changes = await coming.catch(async (error: unknown) => {
          await removeKeeper(manager, keeper)
          throw error
        })
        await removeKeepers(manager, exerciseId, team, keeper)
        // Back by now: what it still has of the team is nobody's.
        if (from && from.id !== node.id && !isAway(from)) await removeOn(from, team)
        return { name: node.name, changes }
      } finally {
        moving.delete(team)
      }
    },
    runJourney: async (team, ...rest) => of(team)?.runJourney(team, ...rest) ?? nowhere(),
    runExploit: async (team, ...rest) => of(team)?.runExploit(team, ...rest) ?? nowhere(),
    runFoothold: async (team, ...rest) => of(team)?.runFoothold(team, ...rest) ?? nowhere(),
    runFrozen: async (team, ...rest) => of(team)?.runFrozen(team, ...rest) ?? nowhere(),
    runWitness: async (team, ...rest) => of(team)?.runWitness(team, ...rest) ?? nowhere(),
    edit: async (team, ...rest) => of(team)?.edit(team, ...rest) ?? 'no machine carries this enclave now',
    reference: async () => worstOf(await Promise.all(machines.there().map(([, range]) => range.reference()))),
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
      const node = machines.node(team)
      if (!node) throw new Error(`no machine carries the enclave of team ${team}`)
      return { id: node.id, cores: node.cores }
    },
    watchIsolation: machines.watchIsolation,
    watchDisk: machines.watchDisk,
    watchMachines: machines.watchMachines,
    onContainerEvent: machines.onContainerEvent,
    onTurned: machines.onTurned,
    async destroy() {
      await leave()
      const there = new Set(machines.there().map(([, range]) => range))
      await Promise.all(
        [...machines.ranges.values()].map((range) => (there.has(range) ? range.destroy() : range.close())),
      )
      await removeKeepers(manager, exerciseId)
      await forgetChanges(saved)
    },
    async close() {
      await leave()
      await Promise.all([...machines.ranges.values()].map((range) => range.close()))
    },
  }
}
