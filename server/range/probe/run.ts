import { randomBytes, randomInt } from 'node:crypto'
import type { RunResult, Visitor } from '../../engine/ports/ports.ts'
import { runDeadlineMs, type Script } from '../../engine/ports/script.ts'
import { fillSecrets, namedSecrets, type Secrets } from '../enclave/env.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'
import { containerName } from '../labels.ts'
import { fault, type ProbeLink } from './probe-link.ts'
import { execAt, namedEnv } from './script.ts'

export interface RunContext {
  readonly docker: ContainerEngine
  readonly exerciseId: string
  readonly team: string
  readonly secrets: Secrets
  readonly link: ProbeLink
}

const EXEC_MS = 20_000

export interface RunOptions {
  /** A simulated citizen, as whom the script is run. */
  readonly visitor?: Visitor
  /** What attackers carried off, by the names that scripts use. */
  readonly loot?: Readonly<Record<string, string>>
}

/** Runs a script once through the team's probe, with a fresh canary. Never rejects. */
export function runScript(
  context: RunContext,
  script: Script,
  memory: Readonly<Record<string, string>>,
  { visitor, loot = {} }: RunOptions = {},
): Promise<RunResult> {
  const vars = {
    ...loot,
    ...namedSecrets(script, context.secrets),
    // No sign of ours in it, or a team could let pass all but what carries one. A letter first, so that it may stand as a name.
    canary: `${'abcdef'[randomInt(6)]}${randomBytes(11).toString('hex')}`,
    team: context.team,
  }
  const seed = randomBytes(8).toString('hex')
  const deadlineMs = runDeadlineMs(script, visitor?.thinkMs)
  const request = { script: { ...script, deadlineMs }, vars, memory, seed, ...(visitor ? { visitor } : {}) }
  return context.link.run(request, async (path, env) => {
    const step = execAt(script, path)
    if (!step) return { exitCode: -1, stdout: '', stderr: '', error: `no exec step at ${path}` }
    const { exitCode, stdout, stderr, error } = await execIn(context.docker, {
      container: containerName(context.exerciseId, context.team, step.service),
      command: fillSecrets(step.command, context.secrets),
      env: namedEnv(step, env),
      user: step.user,
      deadlineMs: Math.min(script.deadlineMs, EXEC_MS),
      maxBytes: 64 * 1024,
    })
    return { exitCode, stdout, stderr, error }
  })
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
