import { bounded } from '../bounded.ts'
import type { RangeCore } from '../core.ts'
import { ensureHostRules } from '../isolation/guard.ts'
import {
  containerName,
  LABEL_SERVICE,
  LABEL_TEAM,
  networkName,
  ownedBy,
  PROBE,
  REFERENCE,
  REFERENCE_TEAM,
} from '../labels.ts'
import { reason } from '../log.ts'
import { startContainer } from './execute.ts'
import { levels } from './plan.ts'
import { startingAtOnce, waitServiceReady } from './ready.ts'

/**
 * Takes over the containers of an exercise that still exist, after a restart of the platform or of the engine. A service that a team (or an attack)
 * stopped stays stopped; when every service of an enclave is stopped the engine did it, and then all are started again and waited for.
 * Returns teams that lack a container or a network.
 */
export async function adoptEnclaves(core: RangeCore, teams: readonly string[]): Promise<readonly string[]> {
  const { docker, exerciseId, spec } = core
  const filters = { label: [ownedBy(exerciseId)] }
  const containers = await docker.listContainers({ all: true, filters })
  const networks = new Set((await docker.listNetworks({ filters })).map((network) => network.Name))
  const probe = containers.find((one) => one.Labels[LABEL_SERVICE] === PROBE)
  if (probe) await ensureHostRules(docker, { image: probe.Image, exerciseId, home: core.home })
  const states = (team: string) =>
    new Map(
      containers
        .filter((one) => one.Labels[LABEL_TEAM] === team)
        .map((one) => [one.Labels[LABEL_SERVICE] ?? '', one.State]),
    )
  const whole = teams.filter((team) => {
    const known = states(team)
    return (
      [PROBE, ...spec.services.map(({ id }) => id)].every((service) => known.has(service)) &&
      (['public', 'state'] as const).every((kind) => networks.has(networkName(exerciseId, team, kind)))
    )
  })
  for (const team of whole) core.link(team)
  const level = levels(spec.services)
  const inOrder = spec.services.toSorted((a, b) => (level.get(a.id) ?? 0) - (level.get(b.id) ?? 0))
  const stopped = whole
    .filter((team) => spec.services.every(({ id }) => states(team).get(id) !== 'running'))
    .flatMap((team) =>
      inOrder.map((service) => ({
        team,
        service,
        container: containerName(exerciseId, team, service.id),
      })),
    )
  await bounded(stopped, await startingAtOnce(docker), async ({ team, service, container }) => {
    await startContainer(docker, container)
    await waitServiceReady(core, team, service).catch((error: unknown) =>
      core.log.warn({ team, service: service.id }, reason(error)),
    )
  })
  return teams.filter((team) => !whole.includes(team))
}

/** Takes over the reference and its probe, after the same. False when there is none. */
export async function adoptReference(core: RangeCore): Promise<boolean> {
  const filters = { label: [ownedBy(core.exerciseId), `${LABEL_TEAM}=${REFERENCE_TEAM}`] }
  const containers = await core.docker.listContainers({ all: true, filters })
  if (![PROBE, REFERENCE].every((service) => containers.some((one) => one.Labels[LABEL_SERVICE] === service)))
    return false
  for (const { Id, State } of containers) if (State !== 'running') await core.docker.getContainer(Id).start()
  core.link(REFERENCE_TEAM)
  return true
}
