import { join } from 'node:path'
import { PROBE_LIMITS } from '../range/enclave/deploy-plan.ts'
import { type ContainerEngine, findEngine } from '../range/engine-api/docker.ts'
import { homeOf } from '../range/labels.ts'
import { reason } from '../range/log.ts'
import { sysctlLine } from '../range/machine/limits.ts'
import { lookAtMachine, type MachineLook } from '../range/machine/look.ts'
import { lookAtShares } from '../range/share/look.ts'
import { loadScenario } from '../scenario/load.ts'
import { shareFindings } from './doctor-shares.ts'
import { type Finding, finding } from './finding.ts'
import { packFolders, ROOT, type Settings, scenarioFolder } from './settings.ts'

export interface DoctorOptions {
  readonly scenario?: string
  readonly pack?: readonly string[]
  readonly teams?: string
  readonly swarm?: boolean
}

/** The container engine, and whether its machine carries the exercise that is asked about. */
export async function engineFindings(
  settings: Settings,
  options: DoctorOptions,
): Promise<readonly Finding[]> {
  try {
    const { docker, version, source } = await findEngine()
    const found = finding(true, `container engine ${version} at ${source}`, '')
    return [found, ...(await machineFindings(docker, settings, options))]
  } catch (error) {
    return [finding(false, 'container engine', reason(error))]
  }
}

async function machineFindings(
  docker: ContainerEngine,
  settings: Settings,
  options: DoctorOptions,
): Promise<readonly Finding[]> {
  const asks = await whatIsAsked(options)
  if ('what' in asks) return [asks]
  try {
    const look = await lookAtMachine(docker, {
      infra: join(ROOT, 'infra'),
      home: homeOf(settings.dataDir),
      ...(settings.pool ? { pool: settings.pool } : {}),
      ...asks,
    })
    const shares = await lookAtShares(docker, {
      infra: join(ROOT, 'infra'),
      home: homeOf(settings.dataDir),
      ...(settings.teamDiskMiB !== null && { teamDiskMiB: settings.teamDiskMiB }),
      ...asks,
    })
    return [...lookFindings(look, asks), ...shareFindings(shares)]
  } catch (error) {
    return [finding(false, 'the engine’s machine', reason(error))]
  }
}

export interface Asked {
  readonly enclaves: number
  readonly inEnclave: number
  /** What the containers of an enclave may take together. */
  readonly memoryMiB: number
}

/** How many enclaves and containers the exercise has; or what is wrong with its scenario, which is no fault of the machine's. */
export async function whatIsAsked({ scenario, pack, teams }: DoctorOptions): Promise<Asked | Finding> {
  try {
    const loaded = await loadScenario(scenarioFolder(scenario), {
      packs: packFolders(pack),
      ...(teams !== undefined && { teams: Number(teams) }),
    })
    const { services } = loaded.range
    return {
      enclaves: loaded.teams.length,
      inEnclave: services.length + 1,
      memoryMiB: services.reduce((sum, service) => sum + service.memoryMiB, PROBE_LIMITS.memoryMiB),
    }
  } catch (error) {
    return finding(false, 'the scenario', reason(error))
  }
}

/** Pure: what a look at the engine's machine means. */
export function lookFindings(
  { unlimited, carries, inside }: MachineLook,
  { enclaves, inEnclave }: Asked,
): readonly Finding[] {
  const whom = `${enclaves} enclaves of ${inEnclave} containers`
  const room = finding(
    enclaves <= carries,
    enclaves <= carries
      ? `the engine's machine carries ${carries} enclaves of ${inEnclave} containers with what runs there now`
      : `the engine's machine carries ${carries} of ${whom} with what runs there now`,
    `Measurements would come late: start with --teams ${Math.max(1, carries)}, or all the same with --insist.`,
  )
  const limits = finding(
    unlimited.length === 0,
    'the engine limits what a container may use',
    `Its kernel can not limit ${unlimited.join(', ')}: one team could starve all. Boot it with the cgroup controllers on.`,
  )
  if (!inside)
    return [limits, room, finding(true, 'kernel limits and addresses: looked at by the first start', '')]
  const { low, mayRaise, subnets, passed } = inside
  const lows = low.map(({ setting, is, needs }) => `${setting} is ${is}, wants ${needs}`).join('; ')
  return [
    limits,
    room,
    finding(
      low.length === 0 || mayRaise,
      low.length === 0
        ? `kernel limits for ${whom}`
        : `kernel limits for ${whom}: ${lows}${mayRaise ? ' (raised by the start)' : ''}`,
      `Run as root on the engine's machine: ${sysctlLine(low)}`,
    ),
    finding(
      true,
      `addresses for ${whom}: from ${subnets[0]}${passed.length > 0 ? `, for ${passed.join('; ')}` : ''}`,
      '',
    ),
  ]
}
