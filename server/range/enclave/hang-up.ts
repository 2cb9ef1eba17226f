import { randomBytes } from 'node:crypto'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'

/** A variable of the environment by which what was begun together is found again. */
export const newMark = (): string => `KILP_TERMINAL=${randomBytes(8).toString('hex')}`

/** Sends a signal (by name, without SIG) to whatever runs under a mark: the engine itself has no way to. */
export async function signalMarked(
  docker: ContainerEngine,
  container: string,
  mark: string,
  signal = 'HUP',
): Promise<void> {
  // One grep over all: a process for each process of a busy container would take longer than what was typed.
  const script = 'grep -slzxF "$1" /proc/[0-9]*/environ | cut -d/ -f3 | xargs -r kill "-$2"; true'
  await execIn(docker, { container, command: ['sh', '-c', script, 'sh', mark, signal], deadlineMs: 5_000 })
}
