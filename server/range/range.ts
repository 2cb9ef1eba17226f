import type { RangeSpec } from '../engine/ports/loaded-scenario.ts'
import type { DeployProgress, RunResult } from '../engine/ports/ports.ts'
import type { ContainerEvent } from '../engine/ports/range-news.ts'
import type { IsolationCheck } from '../exercise/ledger/events.ts'
import type { EngineRange, RangeCore, RangeOptions } from './core.ts'
import { adoptEnclaves, adoptReference } from './enclave/adopt.ts'
import { captureTraffic } from './enclave/capture.ts'
import { changesOf } from './enclave/changes.ts'
import { deployRange } from './enclave/deploy.ts'
import { adoptSensors } from './enclave/ear.ts'
import { editFiles } from './enclave/edit.ts'
import { secretsOf } from './enclave/env.ts'
import { followEvents } from './enclave/events.ts'
import { impose, lift } from './enclave/impose.ts'
import { searchLogs } from './enclave/logs.ts'
import { runProgram } from './enclave/program.ts'
import { restartAppIn } from './enclave/restart-app.ts'
import { revertService } from './enclave/revert.ts'
import { sourcesOf, writeSource } from './enclave/sources.ts'
import { removeExercise, stuckText } from './enclave/sweep.ts'
import { openTerminal } from './enclave/terminal.ts'
import { machineOf } from './engine-api/docker.ts'
import { baseTag, cacheBeside } from './images/base-image.ts'
import { watchIsolation } from './isolation/watch.ts'
import { containerName, homeOf, PROBE, REFERENCE_TEAM } from './labels.ts'
import { reason } from './log.ts'
import { openCitizens } from './probe/citizens.ts'
import { runFrozen } from './probe/frozen.ts'
import { keptBusybox } from './probe/own-shell.ts'
import { fault } from './probe/probe-fault.ts'
import { ProbeLink } from './probe/probe-link.ts'
import { lookAtReference } from './probe/reference-look.ts'
import { missing, ownLoot, type RunOptions, runScript } from './probe/run.ts'
import { openTurned } from './probe/watched-ports.ts'
import { watchDisk } from './share/disk-watch.ts'

/** The range of one exercise on a real engine. Opening it touches nothing until `deploy` or `adopt`. */
export function openRange(options: RangeOptions): EngineRange {
  const { docker, exerciseId, spec } = options
  const links = new Map<string, ProbeLink>()
  const memory = new Map<string, Readonly<Record<string, string>>>()
  const listeners: ((event: ContainerEvent) => void)[] = []
  const collector = spec.services.find((service) => service.collector)?.id
  const services = new Set(spec.services.map((service) => service.id))
  const must = (service: string): string => {
    if (services.has(service)) return service
    throw new Error(`there is no service "${service}"`)
  }
  const turned = openTurned(spec)
  let leaving = false
  let lost = false
  let known: readonly string[] = []
  const away = () => lost || (options.machine?.away() ?? false)
  const gone = (happened: string) => fault(`${options.machine?.name ?? 'the container engine'} ${happened}`)
  let adopted = false
  let watch: { close(): Promise<void> } | null = null
  let disk: { close(): Promise<void> } | null = null
  let stopEvents: (() => void) | null = null
  let deploying: Promise<void> = Promise.resolve()

  const follow = () => {
    stopEvents ??= followEvents(
      docker,
      exerciseId,
      (event) => {
        if (!leaving && services.has(event.service)) for (const listener of listeners) listener(event)
      },
      {
        lost: () => {
          lost = true
        },
        back: async () => {
          await adoptEnclaves(core, known)
          await adoptReference(core)
          await adoptSensors(core)
          lost = false
        },
      },
      options.log,
    )
  }
  const busybox = keptBusybox(docker, options.infra)
  const core: RangeCore = {
    ...options,
    home: options.home ?? homeOf(options.infra),
    cache: options.cache ?? cacheBeside(options.infra),
    link(team) {
      const known = links.get(team)
      if (known) return known
      const watch = team === REFERENCE_TEAM ? null : turned.watch(team)
      const link = new ProbeLink(docker, containerName(exerciseId, team, PROBE), options.log, watch)
      links.set(team, link)
      if (leaving) link.close()
      else link.open()
      return link
    },
    context: (team) => ({
      docker,
      exerciseId,
      team,
      secrets: secretsOf(options.seed, exerciseId, team),
      link: core.link(team),
      busybox,
    }),
    stillOpen() {
      if (leaving) throw new Error('the range was closed meanwhile')
    },
  }
  const run = async (
    team: string,
    script: RangeSpec['exploits'][string] | undefined,
    key: string,
    how: RunOptions & { readonly own?: Readonly<Record<string, string>> } = {},
  ): Promise<RunResult> => {
    if (!script) return missing(key)
    if (away()) return gone('is away, or just coming back')
    const place = `${team}/${key}`
    const known = how.visitor ? {} : { ...memory.get(place), ...how.own }
    const result = await runScript(core.context(team), script, known, how)
    if (away()) return gone('went away meanwhile')
    if (result.outcome === 'pass' && !how.visitor)
      memory.set(place, { ...memory.get(place), ...result.remember })
    return result
  }
  const close = async () => {
    leaving = true
    stopEvents?.()
    for (const link of links.values()) link.close()
    links.clear()
    await Promise.all([watch?.close(), disk?.close()])
  }

  return {
    async deploy(
      teams: readonly string[],
      tell: (progress: DeployProgress) => void,
      proven: (team: string, checks: readonly IsolationCheck[]) => void,
    ) {
      deploying = deployRange(core, teams, tell, proven, watch !== null)
      await deploying
      known = [...new Set([...known, ...teams])]
      follow()
    },
    async adopt(teams) {
      if (options.machine?.away()) {
        // What stands there is taken over when it is back.
        known = teams
        lost = true
        follow()
        return []
      }
      const incomplete = await adoptEnclaves(core, teams)
      // One that an earlier Kilp deployed has none. Where an enclave is deployed anew the reference comes with it: two deploys at once would make it twice.
      if (incomplete.length === 0 && !(await adoptReference(core)))
        deploying = deployRange(
          core,
          [],
          () => {},
          () => {},
        ).catch((error: unknown) => options.log.warn({}, `reference: ${reason(error)}`))
      await adoptSensors(core)
      known = teams.filter((team) => !incomplete.includes(team))
      adopted = known.length > 0
      follow()
      return incomplete
    },
    runJourney: (team, service, journey, visitor) =>
      run(team, spec.journeys[`${service}/${journey}`], `${service}/${journey}`, visitor ? { visitor } : {}),
    runExploit: (team, weakness, loot, pauseMs = 0) =>
      run(team, spec.exploits[weakness], weakness, { loot, pauseMs }),
    runFoothold: (team, weakness, loot) =>
      run(team, spec.footholds[weakness] ?? spec.exploits[weakness], weakness, {
        loot,
        own: ownLoot(weakness, loot),
      }),
    async runFrozen(team, weakness, loot) {
      const script = spec.exploits[weakness]
      const [service = ''] = weakness.split('/')
      return script ? runFrozen(core.context(team), script, service, { loot }) : missing(weakness)
    },
    runWitness: (team, weakness) => run(team, spec.witnesses[weakness], `${weakness} witness`),
    edit: async (team, service, edits) =>
      services.has(service)
        ? editFiles(docker, busybox, containerName(exerciseId, team, service), edits)
        : `there is no service "${service}"`,
    reference: async () =>
      away() || !links.has(REFERENCE_TEAM)
        ? null
        : lookAtReference(
            core.context(REFERENCE_TEAM),
            [...links].flatMap(([team, link]) => (team === REFERENCE_TEAM ? [] : [link])),
          ),
    openTerminal: async (team, service, size) =>
      openTerminal(docker, containerName(exerciseId, team, must(service)), size),
    runProgram: async (team, service, use, screen) =>
      runProgram(docker, { exerciseId, team, service: must(service) }, use, screen),
    async captureTraffic(team, service, bounds) {
      const container = containerName(exerciseId, team, must(service))
      const image = await baseTag(docker, options.infra)
      return captureTraffic(docker, { container, image, exerciseId, home: core.home }, bounds)
    },
    citizens: openCitizens(spec.services, (team) => (away() || leaving ? null : (links.get(team) ?? null))),
    async searchLogs(team, search) {
      return collector !== undefined && !away()
        ? searchLogs(docker, containerName(exerciseId, team, collector), search)
        : null
    },
    async restart(team, service) {
      await docker.getContainer(containerName(exerciseId, team, must(service))).restart({ t: 3 })
    },
    revert: async (team, service) => revertService(core, team, must(service)),
    impose: async (team, service, effect) => impose(core, team, must(service), effect),
    lift: async (team, service, effect) => lift(core, team, must(service), effect),
    changes: async (team, service) => (services.has(service) ? changesOf(core, team, service) : null),
    sources: async (team, service) => (services.has(service) ? sourcesOf(core, team, service) : null),
    writeSource: async (team, service, write) =>
      services.has(service)
        ? writeSource(core, busybox, { team, service }, write)
        : { ok: false, why: 'unreadable' },
    restartApp: async (team, service) =>
      services.has(service) ? restartAppIn(docker, containerName(exerciseId, team, service)) : null,
    capacity: () => machineOf(docker),
    watchIsolation(call) {
      watch ??= watchIsolation(core, { away, first: adopted }, call)
    },
    watchDisk(call) {
      const teamMiB = options.teamDiskMiB
      disk ??= watchDisk(core, { teams: () => known, away, ...(teamMiB !== undefined && { teamMiB }) }, call)
    },
    onContainerEvent: (call) => void listeners.push(call),
    onTurned: turned.on,
    release(team) {
      known = known.filter((one) => one !== team)
      links.get(team)?.close()
      links.delete(team)
    },
    // The only one: without it nothing goes on that could be told.
    watchMachines: () => {},
    move: () => Promise.reject(new Error('there is no other machine')),
    async destroy() {
      await close()
      // Its failure is told to whoever asked for it; here it only must be over.
      await deploying.catch(() => {})
      const { stuck } = await removeExercise(docker, exerciseId)
      if (stuck.length > 0) options.say?.(stuckText(stuck))
    },
    close,
  }
}
