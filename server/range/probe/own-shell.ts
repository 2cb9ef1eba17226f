import { randomBytes } from 'node:crypto'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { type ExecResult, execIn } from '../engine-api/exec.ts'
import { putFilesIn, readFileIn } from '../engine-api/files.ts'
import { baseTag } from '../images/base-image.ts'
import { reason } from '../log.ts'

/** Statically linked, and all that a scene is set with: a shell that takes its commands from itself. Part of the base image. */
const BUSYBOX = '/usr/bin/busybox'

/** The program from an image, which no team has touched: out of a container that is made of it and never started. */
export async function busyboxOf(docker: ContainerEngine, image: string): Promise<Buffer> {
  const container = await docker.createContainer({ Image: image, NetworkDisabled: true })
  try {
    const found = await readFileIn(docker, container.id, BUSYBOX)
    if (!found) throw new Error(`${image} has no ${BUSYBOX}`)
    return found.content
  } finally {
    await container.remove({ force: true, v: true })
  }
}

export interface OwnCommand {
  readonly container: string
  /** An applet of busybox with its arguments, `sh -c ...` as a rule. */
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly user: string
  readonly deadlineMs: number
  readonly maxBytes: number
}

/**
 * Runs a command in a team's container with nothing of the team's: the program comes in through the engine under a name that nobody knows before, is run by that
 * name, finds no other program (there is no PATH), and is taken away afterwards. Never rejects.
 */
export async function runOwn(
  docker: ContainerEngine,
  busybox: Buffer,
  { container, command, env, user, deadlineMs, maxBytes }: OwnCommand,
): Promise<ExecResult> {
  // It takes its first argument for what it is to do where its own name begins so.
  const name = `busybox-${randomBytes(12).toString('hex')}`
  const program = `/${name}`
  try {
    await putFilesIn(docker, container, '/', [[name, { content: busybox, mode: 0o755 }]])
  } catch (error) {
    return { exitCode: -1, stdout: '', stderr: '', cut: false, error: reason(error) }
  }
  const result = await execIn(docker, {
    container,
    command: [program, ...command],
    timeout: [program, 'timeout'],
    env: { ...env, PATH: '' },
    user,
    deadlineMs,
    maxBytes,
  })
  await execIn(docker, {
    container,
    command: [program, 'rm', '-f', program],
    timeout: [program, 'timeout'],
    deadlineMs,
  })
  return result
}

/** The same of the base image, fetched once. What failed is tried anew by whoever asks next. */
export function keptBusybox(docker: ContainerEngine, infra: string): () => Promise<Buffer> {
  let program: Promise<Buffer> | null = null
  return () => {
    program ??= baseTag(docker, infra).then((image) => busyboxOf(docker, image))
    program.catch(() => {
      program = null
    })
    return program
  }
}
