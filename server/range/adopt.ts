import { ensureHostRule } from './host-rule.ts'
import { containerName, LABEL_SERVICE, LABEL_TEAM, networkName, ownedBy, PROBE } from './labels.ts'
import type { RangeCore } from './range.ts'

/**
 * Takes over the containers of an exercise that still exist. A service that a team (or an attack) stopped stays stopped; when everything of an enclave is
 * stopped the engine itself was restarted, and then all is started again. Returns teams that lack a container or a network.
 */
export async function adoptEnclaves(core: RangeCore, teams: readonly string[]): Promise<readonly string[]> {
  const { docker, exerciseId, spec } = core
  const filters = { label: [ownedBy(exerciseId)] }
  const containers = await docker.listContainers({ all: true, filters })
  const networks = new Set((await docker.listNetworks({ filters })).map((network) => network.Name))
  const incomplete: string[] = []
  for (const team of teams) {
    const own = containers.filter((one) => one.Labels[LABEL_TEAM] === team)
    const byService = new Map(own.map((one) => [one.Labels[LABEL_SERVICE] ?? '', one]))
    const whole =
      [PROBE, ...spec.services.map((service) => service.id)].every((service) => byService.has(service)) &&
      (['public', 'state'] as const).every((kind) => networks.has(networkName(exerciseId, team, kind)))
    if (!whole) {
      incomplete.push(team)
      continue
    }
    if (own.every((one) => one.State !== 'running'))
      for (const service of spec.services)
        await docker.getContainer(containerName(exerciseId, team, service.id)).start()
    core.link(team)
  }
  const probe = containers.find((one) => one.Labels[LABEL_SERVICE] === PROBE)
  if (probe) await ensureHostRule(docker, { image: probe.Image, exerciseId, home: core.home })
  return incomplete
}
