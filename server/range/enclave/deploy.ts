import { DeployFailure, type DeployProgress } from '../../engine/ports/ports.ts'
import type { IsolationCheck } from '../../exercise/ledger/events.ts'
import { bounded } from '../bounded.ts'
import type { RangeCore } from '../core.ts'
import { BuildFailure } from '../engine-api/build.ts'
import type { Where } from '../engine-api/helper.ts'
import { ensureImages, type Images } from '../images/images.ts'
import { ensureHostRules } from '../isolation/guard.ts'
import { proveIsolation } from '../isolation/isolation.ts'
import { isControl } from '../isolation/isolation-verdict.ts'
import { openListeners } from '../isolation/listeners.ts'
import type { Outside } from '../isolation/targets.ts'
import { containerName, isPlatforms, PROBE, REFERENCE_TEAM, SENSOR } from '../labels.ts'
import { reason } from '../log.ts'
import { networksOf } from '../machine/look.ts'
import { crowdedOut, makeRoom } from '../machine/make-room.ts'
import { routesInto } from '../machine/routes.ts'
import { freeMemory, holdMemory } from '../share/hold-memory.ts'
import { chooseSubnets, POOLS, PoolProblem, type Taken } from './addresses.ts'
import type { ContainerPlan, DeployPlan } from './deploy-plan.ts'
import { startSensor } from './ear.ts'
import { AT_ONCE, createContainer, createNetworks, SubnetTaken, startContainer } from './execute.ts'
import { planDeploy } from './plan.ts'
import { progressOf } from './progress.ts'
import { lastWords, startingAtOnce, waitServiceReady } from './ready.ts'
import { sensorNetwork } from './sensor.ts'
import { removeExercise } from './sweep.ts'

type Tell = (progress: DeployProgress) => void
type Proven = (team: string, checks: readonly IsolationCheck[]) => void

/** Each proof starts three short Node processes. */
const PROVE_AT_ONCE = 4
const SUBNET_TRIES = 20
const PROBE_READY_MS = 90_000

/** Images, networks, host rule, containers, readiness and the proof of isolation; every failure is a `DeployFailure`. `beside`: others of the exercise stand here and are looked after. */
export async function deployRange(
  core: RangeCore,
  teams: readonly string[],
  tell: Tell,
  proven: Proven,
  beside = false,
): Promise<void> {
  try {
    await deploy(core, teams, tell, proven, beside)
  } catch (error) {
    if (error instanceof DeployFailure) throw error
    if (error instanceof PoolProblem) throw new DeployFailure(null, error.message, '')
    if (error instanceof BuildFailure) throw new DeployFailure(null, error.message, error.evidence)
    throw new DeployFailure(null, engineFailure(reason(error)), '')
  }
}

/** What the engine said; and where it misses chains of its own that a firewall's reload took from it, what brings them back. */
export function engineFailure(said: string): string {
  const flushed = /iptables|nft/i.test(said) && /No chain\/target\/match|does not exist/i.test(said)
  return flushed
    ? `a firewall on the engine's machine has taken away the container engine's own rules, which it only puts back when it starts. Restart it (systemctl restart docker), then start again. It said: ${said.trim()}`
    : `the container engine failed: ${said.trim()}`
}

async function deploy(
  core: RangeCore,
  teams: readonly string[],
  tell: Tell,
  proven: Proven,
  beside: boolean,
): Promise<void> {
  const { docker, spec } = core
  const progress = progressOf(teams, spec.services.length, sensorNetwork(spec.services) !== null, tell)
  const images = await ensureImages(
    docker,
    { infra: core.infra, cache: core.cache, services: teams.length > 0 ? spec.services : [] },
    progress.images,
  )
  core.stillOpen()
  await removeExercise(docker, core.exerciseId, [...teams, REFERENCE_TEAM], !beside)
  const where = { image: images.base, exerciseId: core.exerciseId, home: core.home }
  const before = await makeRoom(core, where, teams.length)
  const plan = await planAndConnect(core, where, teams, images, progress.step)
  await freeMemory(core, where, plan)
  await ensureHostRules(docker, where)
  const listeners = await openListeners(docker, where, 'all', core.beyond?.())
  const isProbe = ({ service }: ContainerPlan) => service === PROBE
  const probes = plan.containers.filter(isProbe)
  const isSensor = ({ service }: ContainerPlan) => service === SENSOR
  const services = plan.containers.filter((container) => !isPlatforms(container.service))
  try {
    await bounded(probes, AT_ONCE, async (container) => {
      core.stillOpen()
      await createContainer(docker, container)
      core.link(container.team)
      progress.step(container.team, `started ${PROBE}`)
    })
    await bounded(services, await startingAtOnce(docker), async (container) => {
      core.stillOpen()
      await createContainer(docker, container)
      await startContainer(docker, container.name)
      progress.step(container.team, `started ${container.service}`)
      const service = spec.services.find(({ id }) => id === container.service)
      if (service) await waitServiceReady(core, container.team, service)
      progress.step(container.team, `${container.service} is ready`)
    })
    await bounded(plan.containers.filter(isSensor), AT_ONCE, async (container) => {
      core.stillOpen()
      await startSensor(core, container, plan)
      progress.step(container.team, `started ${SENSOR}`)
    })
    await holdMemory(core, where, plan)
    await bounded(teams, PROVE_AT_ONCE, (team) =>
      prove(core, plan, team, listeners.outside, proven, progress.step),
    )
  } catch (error) {
    const why =
      error instanceof DeployFailure ? await crowdedOut(core, where, before).catch(() => null) : null
    if (!(error instanceof DeployFailure) || !why) throw error
    throw new DeployFailure(error.team, `${error.message}: ${why}`, error.evidence)
  } finally {
    await listeners.close()
  }
}

/** Networks come first: another platform may take a subnet between our look and our use, and then the plan is made again. */
async function planAndConnect(
  core: RangeCore,
  where: Where,
  teams: readonly string[],
  images: Images,
  step: (team: string, what: string) => void,
): Promise<DeployPlan> {
  const taken: Taken[] = []
  const routes = await routesInto(core.docker, where, core.pool ? [core.pool] : POOLS)
  for (;;) {
    const used = [...(await networksOf(core.docker)), ...routes, ...taken]
    const { subnets, passed } = chooseSubnets(core.pool, used, teams.length * 2 + 1)
    if (taken.length === 0) for (const line of passed) core.say?.(`${line}; the enclaves go elsewhere`)
    const plan = planDeploy({
      ...core,
      teams,
      services: core.spec.services,
      images: images.tags,
      subnets,
    })
    try {
      await createNetworks(core.docker, plan, (network) => step(network.team, `network ${network.kind}`))
      return plan
    } catch (error) {
      if (!(error instanceof SubnetTaken) || taken.length === SUBNET_TRIES) throw error
      // The engine lists a network only when it is made, but gives its addresses away before.
      taken.push({ cidr: error.subnet, by: 'refused by the engine' })
      await removeExercise(core.docker, core.exerciseId, [...teams, REFERENCE_TEAM], false)
    }
  }
}

/** Pure: what a proof that failed means. Silence of its own services is no leak: then nothing could be proven. */
export function notProven(team: string, broken: readonly IsolationCheck[]): DeployFailure {
  const leak = broken.find((check) => !isControl(check))
  return new DeployFailure(
    team,
    leak
      ? `the enclave of team ${team} is not isolated: ${leak.name}`
      : `the containers of team ${team} do not reach one another, so that its isolation can not be proven`,
    broken.map((check) => `${check.name} (${check.target}): ${check.detail}`).join('\n'),
  )
}

async function prove(
  core: RangeCore,
  plan: DeployPlan,
  team: string,
  outside: Outside,
  proven: Proven,
  step: (team: string, what: string) => void,
): Promise<void> {
  const link = core.link(team)
  if (!(await link.ready(PROBE_READY_MS)))
    throw new DeployFailure(
      team,
      `the probe of team ${team} does not answer`,
      `${link.errors}\n${await lastWords(core.docker, containerName(core.exerciseId, team, PROBE))}`,
    )
  const checks = await proveIsolation(core.docker, plan, team, outside)
  proven(team, checks)
  const broken = checks.filter((check) => !check.ok)
  if (broken.length > 0) throw notProven(team, broken)
  step(team, 'isolation proven')
}
