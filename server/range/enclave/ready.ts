import type { ServiceSpec } from '../../engine/ports/loaded-scenario.ts'
import { DeployFailure, type RunResult } from '../../engine/ports/ports.ts'
import type { RangeCore } from '../core.ts'
import { type ContainerEngine, machineOf } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'
import { cutAt, demultiplex } from '../engine-api/frames.ts'
import { containerName } from '../labels.ts'
import { reason } from '../log.ts'
import { runScript } from '../probe/run.ts'

const LOOK_EVERY_MS = 250
const LEAST_LOOK_MS = 1_000
const LOG_LINES = 30
const STARTING_PER_CORE = 4

/**
 * How many services may be between their start and their readiness at once, by the cores of the engine's machine. Each start is a few seconds of work
 * for one core: with all of an exercise starting together, every one of them is late for its deadlines.
 */
export const startingAtOnce = async (docker: ContainerEngine): Promise<number> =>
  STARTING_PER_CORE * (await machineOf(docker)).cores

/**
 * Looks until the service's light check passes, through the probe. Rejects with a `DeployFailure` after the service's `readyWithinMs`, with the last
 * evidence and its log.
 */
export async function waitServiceReady(core: RangeCore, team: string, service: ServiceSpec): Promise<void> {
  const script = core.spec.journeys[`${service.id}/${service.alive}`]
  if (!script) throw new Error(`service ${service.id} has no light check`)
  const started = performance.now()
  let last: RunResult | null = null
  for (;;) {
    const left = service.readyWithinMs - (performance.now() - started)
    core.stillOpen()
    if (left <= 0) break
    // A check may not hang past the time that is left.
    const deadlineMs = Math.min(script.deadlineMs, Math.max(LEAST_LOOK_MS, left))
    last = await runScript(core.context(team), { ...script, deadlineMs }, {})
    if (last.outcome === 'pass') return
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS))
  }
  const { step = '', sent = '', received = '', expected = '' } = last?.evidence ?? {}
  const words = await lastWords(core.docker, containerName(core.exerciseId, team, service.id))
  throw new DeployFailure(
    team,
    `service ${service.id} of team ${team} was not ready within ${service.readyWithinMs / 1000} s`,
    `step: ${step}\nsent: ${sent}\nreceived: ${received}\nexpected: ${expected}\n${words}`,
  )
}

/** State and last lines of a container: what the engine kept of its output, and the service's own log where it still runs. */
export async function lastWords(docker: ContainerEngine, container: string): Promise<string> {
  try {
    const handle = docker.getContainer(container)
    const { State, HostConfig } = await handle.inspect()
    const state = State.Running
      ? 'running'
      : `ended with ${State.ExitCode}${State.OOMKilled ? ' (out of memory)' : ''}`
    const text = cutAt(16_384)
    if (HostConfig.LogConfig?.Type !== 'none') {
      const raw = await handle.logs({ stdout: true, stderr: true, tail: LOG_LINES, follow: false })
      demultiplex((_, chunk) => text.push(chunk))(raw)
    }
    const command = ['tail', '-n', String(LOG_LINES), '/var/log/app/current']
    const own = State.Running ? await execIn(docker, { container, command, deadlineMs: 5_000 }) : null
    return `container ${container}: ${state}\n${text.text()}${own?.stdout ?? ''}`
  } catch (error) {
    return `container ${container}: ${reason(error)}`
  }
}
