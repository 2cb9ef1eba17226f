import type { IsolationCheck } from '../../exercise/ledger/events.ts'
import type { DeployPlan } from '../enclave/deploy-plan.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'
import { LOOK } from './isolation-scripts.ts'
import { isControl, judge, type Look, type Strictness } from './isolation-verdict.ts'
import type { Outside, Target, Viewpoint } from './targets.ts'
import { targetsOf, viewpoints } from './targets.ts'

/** Silence counts only where the own enclave answered in the same time; on a busy machine that takes longer. */
const WAITS_MS = [800, 2_500, 8_000] as const

/**
 * Proves from inside one enclave (its probe, and one service of each network) that neither the host, nor what lies beyond it, nor another enclave can be
 * reached, and that its own services can. Containers must run. Every address it tries is the host's own or a container's of ours.
 */
export async function proveIsolation(
  docker: ContainerEngine,
  plan: DeployPlan,
  team: string,
  outside: Outside,
): Promise<readonly IsolationCheck[]> {
  const targets = targetsOf(plan, team, outside)
  const looks = viewpoints(plan, team).map((from) => lookFrom(docker, from, targets, gatewaysOf(plan, team)))
  return (await Promise.all(looks)).flat()
}

/**
 * The same while an exercise stands: from the probe alone, for teams are root in their services and could tell anything, and some of its own services
 * may be stopped.
 */
export async function proveStanding(
  docker: ContainerEngine,
  plan: DeployPlan,
  team: string,
  outside: Outside,
): Promise<readonly IsolationCheck[]> {
  const [probe] = viewpoints(plan, team)
  if (!probe) return []
  return lookFrom(docker, probe, targetsOf(plan, team, outside), gatewaysOf(plan, team), 'some of its own')
}

const gatewaysOf = (plan: DeployPlan, team: string) =>
  plan.networks.filter((network) => network.team === team).map((network) => network.gateway)

async function lookFrom(
  docker: ContainerEngine,
  { container, service, sees }: Viewpoint,
  targets: readonly Target[],
  gateways: readonly string[],
  strictness: Strictness = 'all of its own',
): Promise<readonly IsolationCheck[]> {
  const seen = targets.filter(sees)
  const tries = seen.map(({ host, port, udp }) => [host, port, udp ? 1 : 0])
  let checks: readonly IsolationCheck[] = []
  for (const waitMs of WAITS_MS) {
    const command = ['node', '-e', LOOK, JSON.stringify({ targets: tries, waitMs })]
    const { stdout, stderr, error } = await execIn(docker, { container, command, deadlineMs: 60_000 })
    if (error || !stdout) return [couldNotLook(service, error ?? stderr)]
    const { got, ...rest } = JSON.parse(stdout) as Omit<Look, 'results'> & { readonly got: readonly string[] }
    const results = seen.map((target, index) => ({ ...target, got: got[index] ?? 'nothing tried' }))
    checks = judge(service, { ...rest, results }, gateways, strictness)
    if (checks.every((check) => check.ok || !isControl(check))) break
  }
  return checks
}

const couldNotLook = (service: string, why: string): IsolationCheck => ({
  name: `${service}: proof`,
  target: 'container',
  ok: false,
  detail: `could not look: ${why}`,
})
