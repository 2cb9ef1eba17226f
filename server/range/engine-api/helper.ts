import type { Duplex } from 'node:stream'
import { LABEL, LABEL_HOME } from '../labels.ts'
import type { ContainerEngine } from './docker.ts'
import { cutAt, demultiplex } from './frames.ts'

export interface Helper {
  readonly name: string
  /** First line that it wrote. */
  readonly line: string
  remove(): Promise<void>
}

interface HelperInput {
  readonly image: string
  readonly exerciseId: string
  readonly home: string
  readonly purpose: string
  /** `host`: acts on the engine's machine, also when that is remote or a desktop VM. `bridge`: a stranger on the engine's default network. */
  readonly network: 'host' | 'bridge'
  readonly command: readonly string[]
  readonly capabilities?: readonly string[]
}

let count = 0

/**
 * A short-lived container outside the enclaves. Resolves when it has written a line (or ended).
 */
export async function startHelper(docker: ContainerEngine, input: HelperInput): Promise<Helper> {
  const name = `kilp-${input.exerciseId}-${input.purpose}-${process.pid}-${++count}`
  const container = await docker.createContainer({
    name,
    Image: input.image,
    Cmd: [...input.command],
    Labels: { [LABEL]: input.exerciseId, [LABEL_HOME]: input.home },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: input.network,
      CapDrop: ['ALL'],
      CapAdd: [...(input.capabilities ?? [])],
      SecurityOpt: ['no-new-privileges'],
      Memory: 128 * 1024 * 1024,
      PidsLimit: 64,
      LogConfig: { Type: 'none', Config: {} },
    },
  })
  const remove = () => container.remove({ force: true, v: true }).then(() => {})
  try {
    const stream = (await container.attach({
      stream: true,
      stdout: true,
      stderr: true,
      hijack: true,
    })) as Duplex
    const said = cutAt(64 * 1024)
    const line = new Promise<string>((resolve) => {
      const look = (ended: boolean) => {
        const text = said.text()
        if (ended || text.includes('\n')) resolve(text.split('\n')[0] ?? '')
      }
      const frames = demultiplex((_, chunk) => said.push(chunk))
      stream.on('data', (chunk: Buffer) => {
        frames(chunk)
        look(false)
      })
      stream.on('close', () => look(true))
      stream.on('end', () => look(true))
      stream.on('error', () => look(true))
    })
    await container.start()
    return { name, line: await line, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
