import { DeployFailure, type RunResult, type Script } from '../engine/ports.ts'
import type { Engine } from './docker.ts'
import { cutAt, demultiplex } from './frames.ts'
import { reason } from './log.ts'

const LOOK_EVERY_MS = 250
const LOG_LINES = 30

/** The light check, with deadlines short enough to look again soon. */
export async function waitReady(
  docker: Engine,
  subject: {
    readonly team: string
    readonly service: string
    readonly container: string
    readonly withinMs: number
  },
  check: () => Promise<RunResult>,
  stop: AbortSignal,
): Promise<void> {
  const started = performance.now()
  let last: RunResult | null = null
  while (!stop.aborted && performance.now() - started < subject.withinMs) {
    last = await check()
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
export const shortened = (script: Script): Script => ({
  ...script,
  deadlineMs: Math.min(script.deadlineMs, 10_000),
})

/** State and the end of the logs of a container: what the engine kept, and the service's own log. */
export async function lastWords(docker: Engine, container: string): Promise<string> {
  try {
    const handle = docker.getContainer(container)
    const { State } = await handle.inspect()
    const state = State.Running
      ? 'running'
      : `ended with ${State.ExitCode}${State.OOMKilled ? ' (out of memory)' : ''}`
    const raw = await handle.logs({ stdout: true, stderr: true, tail: LOG_LINES, follow: false })
    const text = cutAt(16_384)
    demultiplex((_, chunk) => text.push(chunk))(raw)
    return `container ${container}: ${state}\n${text.text()}`
  } catch (error) {
    return `container ${container}: ${reason(error)}`
  }
}
