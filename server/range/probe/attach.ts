import type { Duplex } from 'node:stream'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { demultiplex, lines } from '../engine-api/frames.ts'

const MAX_LINE = 4 * 1024 * 1024

export interface Attached {
  readonly stream: Duplex
  /** Resolves when it ends, rejects when it breaks. */
  readonly ended: Promise<void>
}

/** Attaches to a container's standard streams. `onLine` hears each line of its output, `onError` what it writes beside that. */
export async function attachTo(
  container: ReturnType<ContainerEngine['getContainer']>,
  onLine: (line: string) => void,
  onError: (text: string) => void,
): Promise<Attached> {
  const stream = (await container.attach({
    stream: true,
    stdin: true,
    stdout: true,
    stderr: true,
    hijack: true,
  })) as Duplex
  const ended = new Promise<void>((resolve, reject) => {
    stream.on('end', resolve)
    stream.on('close', resolve)
    stream.on('error', reject)
  })
  // It may break while the container starts, when nobody waits for it yet: that must not end the process.
  ended.catch(() => {})
  const hear = lines(MAX_LINE, onLine)
  const frames = demultiplex((kind, chunk) => {
    if (kind === 'stdout') hear(chunk)
    else onError(chunk.toString())
  })
  stream.on('data', (chunk: Buffer) => {
    try {
      frames(chunk)
    } catch (error) {
      stream.destroy(error as Error)
    }
  })
  return { stream, ended }
}
