import { join } from 'node:path'
import { type ContainerEngine, findEngine } from '../range/engine-api/docker.ts'
import { homeOf } from '../range/labels.ts'
import { reason } from '../range/log.ts'
import { sysctlLine } from '../range/machine/limits.ts'
import { lookAtMachine, type MachineLook } from '../range/machine/look.ts'
import { loadScenario } from '../scenario/load.ts'
import { type Finding, finding } from './finding.ts'
import { packFolders, ROOT, type Settings, scenarioFolder } from './settings.ts'

export interface DoctorOptions {
  readonly scenario?: string
  readonly pack?: readonly string[]
  readonly teams?: string
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
    return lookFindings(look, `${asks.enclaves} enclaves of ${asks.inEnclave} containers`)
  } catch (error) {
    return [finding(false, 'the engine’s machine', reason(error))]
  }
}

/** How many enclaves and containers the exercise has; or what is wrong with its scenario, which is no fault of the machine's. */
export async function whatIsAsked({
  scenario,
  pack,
  teams,
}: DoctorOptions): Promise<{ readonly enclaves: number; readonly inEnclave: number } | Finding> {
  try {
    const loaded = await loadScenario(scenarioFolder(scenario), {
      packs: packFolders(pack),
      ...(teams !== undefined && { teams: Number(teams) }),
    })
    return { enclaves: loaded.teams.length, inEnclave: loaded.range.services.length + 1 }
  } catch (error) {
    return finding(false, 'the scenario', reason(error))
  }
}

/** Pure: what a look at the engine's machine means. */
export function lookFindings({ unlimited, inside }: MachineLook, whom: string): readonly Finding[] {
  const limits = finding(
    unlimited.length === 0,
    'the engine limits what a container may use',
    `Its kernel can not limit ${unlimited.join(', ')}: one team could starve all. Boot it with the cgroup controllers on.`,
  )
  if (!inside) return [limits, finding(true, 'kernel limits and addresses: looked at by the first start', '')]
  const { low, mayRaise, subnets, passed } = inside
  const lows = low.map(({ setting, is, needs }) => `${setting} is ${is}, wants ${needs}`).join('; ')
  return [
    limits,
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
