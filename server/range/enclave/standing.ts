import type { RangeCore } from '../core.ts'
import type { Where } from '../engine-api/helper.ts'
import {
  containerName,
  LABEL_NETWORK,
  LABEL_TEAM,
  ownedBy,
  PROBE,
  REFERENCE_TEAM,
  SENSOR,
} from '../labels.ts'
import type { DeployPlan } from './deploy-plan.ts'
import { planDeploy } from './plan.ts'

/**
 * The plan of the enclaves that stand, from the subnets of their networks: all else in it follows from the exercise. Images are not in it: they may
 * have been made by an earlier Kilp.
 */
export async function standingPlan(core: RangeCore): Promise<DeployPlan> {
  const networks = await core.docker.listNetworks({ filters: { label: [ownedBy(core.exerciseId)] } })
  const subnet = (team: string, kind: string) =>
    networks.find(({ Labels }) => Labels?.[LABEL_TEAM] === team && Labels[LABEL_NETWORK] === kind)?.IPAM
      ?.Config?.[0]?.Subnet
  const names = [...new Set(networks.flatMap(({ Labels }) => Labels?.[LABEL_TEAM] ?? []))]
  const whole = names.flatMap((team) => {
    const [open, inner] = [subnet(team, 'public'), subnet(team, 'state')]
    return open && inner ? [{ team, subnets: [open, inner] }] : []
  })
  const services = core.spec.services
  const beside = subnet(REFERENCE_TEAM, 'public')
  return planDeploy({
    ...core,
    teams: whole.map(({ team }) => team),
    services,
    images: Object.fromEntries(
      [PROBE, SENSOR, ...services.map(({ id }) => id)].map((id) => [id, 'as it stands']),
    ),
    subnets: [...whole.flatMap(({ subnets }) => subnets), ...(beside ? [beside] : [])],
  })
}

/** For helpers beside enclaves that stand: the image of a probe has all that they need. */
export async function besideStanding(core: RangeCore, standing?: DeployPlan): Promise<Where> {
  const { docker, exerciseId, home } = core
  const { networks } = standing ?? (await standingPlan(core))
  const team = networks.find((network) => network.team !== REFERENCE_TEAM)?.team
  if (!team) throw new Error('no enclave stands')
  const probe = await docker.getContainer(containerName(exerciseId, team, PROBE)).inspect()
  return { image: probe.Image, exerciseId, home }
}
