import { randomBytes } from 'node:crypto'
import type { RunResult, Visitor } from '../../engine/ports/ports.ts'
import { partDeadlineMs, type Script } from '../../engine/ports/script.ts'
import { fillSecrets, namedSecrets, type Secrets } from '../enclave/env.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import type { ExecResult } from '../engine-api/exec.ts'
import { containerName } from '../labels.ts'
import { runOwn } from './own-shell.ts'
import { fault } from './probe-fault.ts'
import type { ProbeLink } from './probe-link.ts'
import type { ExecAnswer } from './probe-wire.ts'
import { execAt, namedEnv } from './script.ts'

export interface RunContext {
  readonly docker: ContainerEngine
  readonly exerciseId: string
  readonly team: string
  readonly secrets: Secrets
  readonly link: ProbeLink
  /** The program with which the platform sets a scene inside a team's container, see own-shell.ts. */
  readonly busybox: () => Promise<Buffer>
}

const EXEC_MS = 20_000
/** As a shell says of a command that it could not run. */
const NOT_RUN = 126

export interface RunOptions {
  /** A simulated citizen, as whom the script is run. */
  readonly visitor?: Visitor
  /** What attackers carried off, by the names that scripts use. */
  readonly loot?: Readonly<Record<string, string>>
  /** Between the setup and what follows it, wall time. */
  readonly pauseMs?: number
}

/** Runs a script once through the team's probe, with data that nobody has seen before. Never rejects. */
export function runScript(
  context: RunContext,
  script: Script,
  memory: Readonly<Record<string, string>>,
  { visitor, loot = {}, pauseMs = 0 }: RunOptions = {},
): Promise<RunResult> {
  const vars = {
    ...loot,
    ...namedSecrets(script, context.secrets),
    team: context.team,
  }
  const seed = randomBytes(8).toString('hex')
  const deadlineMs = partDeadlineMs(script, visitor?.thinkMs)
  const request = {
    script: { ...script, deadlineMs },
    vars,
    memory,
    seed,
    ...(visitor && { visitor }),
    ...(pauseMs > 0 && !script.atOnce && { pauseMs }),
  }
  return context.link.run(request, async (path, env) => {
    const step = execAt(script, path)
    if (!step) return { exitCode: -1, stdout: '', stderr: '', error: `no exec step at ${path}` }
    const result = await runOwn(context.docker, await context.busybox(), {
      container: containerName(context.exerciseId, context.team, step.service),
      command: fillSecrets(step.command, context.secrets),
      env: namedEnv(step, env),
      user: step.user,
      deadlineMs: Math.min(script.deadlineMs, EXEC_MS),
      maxBytes: 64 * 1024,
    })
    return judged(result, await engineAnswers(context.docker, result))
  })
}

/** A command that can not be run though the engine answers is the team's own doing: the container is its, and it is root there. */
function judged({ exitCode, stdout, stderr, error }: ExecResult, engineAnswers: boolean): ExecAnswer {
  if (error === null || !engineAnswers) return { exitCode, stdout, stderr, error }
  return { exitCode: NOT_RUN, stdout, stderr: error, error: null }
}

const PING_MS = 5_000

async function engineAnswers(docker: ContainerEngine, { error }: ExecResult): Promise<boolean> {
  if (error === null) return true
  const late = new Promise<false>((resolve) => void setTimeout(() => resolve(false), PING_MS).unref())
  return Promise.race([
    docker.ping().then(
      () => true,
      () => false,
    ),
    late,
  ])
}

/** What a weakness's own exploit carried off, by the plain names that `{{memory.NAME}}` uses. */
export function ownLoot(
  weakness: string,
  loot: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = `loot.${weakness}.`
  return Object.fromEntries(
    Object.entries(loot).flatMap(([name, value]) =>
      name.startsWith(own) ? [[name.slice(own.length), value]] : [],
    ),
  )
}

export const missing = (what: string): RunResult => fault(`${what} is not in this scenario`)
