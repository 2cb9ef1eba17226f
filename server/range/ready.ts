import { DeployFailure, type RunResult, type Script } from '../engine/ports.ts'
import type { Engine } from './docker.ts'
import { execIn } from './exec.ts'
import { cutAt, demultiplex } from './frames.ts'
import { reason } from './log.ts'

const LOOK_EVERY_MS = 250
const LEAST_LOOK_MS = 1_000
const LOG_LINES = 30

/** Looks until the light check passes. Rejects with a `DeployFailure` after `withinMs`; resolves early when `stop` is aborted. */
export async function waitReady(
  docker: Engine,
  subject: {
    readonly team: string
    readonly service: string
    readonly container: string
    readonly withinMs: number
  },
  check: (deadlineMs: number) => Promise<RunResult>,
  stop: AbortSignal,
): Promise<void> {
  const started = performance.now()
  let last: RunResult | null = null
  for (;;) {
    const left = subject.withinMs - (performance.now() - started)
    if (stop.aborted || left <= 0) break
    last = await check(Math.max(LEAST_LOOK_MS, left))
    if (last.outcome === 'pass') return
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS))
  }
  if (stop.aborted) return
  const evidence = last?.evidence
  throw new DeployFailure(
    subject.team,
    `service ${subject.service} of team ${subject.team} was not ready within ${subject.withinMs / 1000} s`,
    [
      evidence
        ? `step: ${evidence.step}\nsent: ${evidence.sent}\nreceived: ${evidence.received}\nexpected: ${evidence.expected}`
        : '',
      await lastWords(docker, subject.container),
    ].join('\n'),
  )
}

/** For readiness a check may not hang as long as in play. */
export const shortened = (script: Script, deadlineMs: number): Script => ({
  ...script,
  deadlineMs: Math.min(script.deadlineMs, deadlineMs),
})

/** State and last lines of a container: what the engine kept of its output, and the service's own log where it still runs. */
export async function lastWords(docker: Engine, container: string): Promise<string> {
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
