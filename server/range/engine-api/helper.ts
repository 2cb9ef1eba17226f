import type { Duplex } from 'node:stream'
import { LABEL, LABEL_HELPER, LABEL_HOME } from '../labels.ts'
import type { ContainerEngine } from './docker.ts'
import { demultiplex, lines } from './frames.ts'

/** In whose name a helper is made, and of what. */
export interface Where {
  readonly image: string
  readonly exerciseId: string
  readonly home: string
}

export interface Helper {
  readonly name: string
  /** Resolves when it has ended, or the engine let go of it. */
  readonly ended: Promise<void>
  /** No longer listens; it goes on without us. */
  letGo(): void
  remove(): Promise<void>
}

interface HelperInput extends Where {
  readonly purpose: string
  /** `host`: acts on the engine's machine, also when that is remote or a desktop VM. `bridge`: a stranger on the engine's default network. */
  readonly network: 'host' | 'bridge' | 'none'
  readonly command: readonly string[]
  readonly capabilities?: readonly string[]
  /**
   * May change kernel settings of the engine's machine, under `MACHINE_SETTINGS`. Not by being privileged: machines that are containers themselves have
   * not all that this asks for.
   */
  readonly settings?: boolean
  /** Folder of control groups on the engine's machine whose limits it may change, under `MACHINE_GROUPS`. */
  readonly groups?: string
}

export const MACHINE_SETTINGS = '/machine/sys'
export const MACHINE_GROUPS = '/machine/groups'
/** Profiles that keep a container from any kernel setting. */
const UNCONFINED = ['label=disable', 'apparmor=unconfined']
const LONGEST_LINE = 1024 * 1024
let count = 0

/** A container outside the enclaves. `onLine` hears every line that it writes, from its start on. */
export async function openHelper(
  docker: ContainerEngine,
  input: HelperInput,
  onLine: (line: string) => void,
): Promise<Helper> {
  const name = `kilp-${input.exerciseId}-${input.purpose}-${process.pid}-${++count}`
  const container = await docker.createContainer({
    name,
    Image: input.image,
    Cmd: [...input.command],
    Labels: { [LABEL]: input.exerciseId, [LABEL_HOME]: input.home, [LABEL_HELPER]: input.purpose },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: input.network,
      CapDrop: ['ALL'],
      CapAdd: [...(input.capabilities ?? [])],
      SecurityOpt: ['no-new-privileges', ...(input.settings || input.groups ? UNCONFINED : [])],
      ...(input.settings ? { Binds: [`/proc/sys:${MACHINE_SETTINGS}`], PidMode: 'host' } : {}),
      ...(input.groups ? { Binds: [`${input.groups}:${MACHINE_GROUPS}`] } : {}),
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
    const hear = lines(LONGEST_LINE, onLine)
    const frames = demultiplex((_, chunk) => hear(chunk))
    const ended = new Promise<void>((resolve) => {
      for (const happened of ['close', 'end', 'error']) stream.on(happened, () => resolve())
    })
    stream.on('data', (chunk: Buffer) => {
      try {
        frames(chunk)
      } catch (error) {
        stream.destroy(error as Error)
      }
    })
    await container.start()
    return { name, ended, letGo: () => void stream.destroy(), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A helper that stays. Resolves when it has written its first line (or ended without a word). */
export async function startHelper(
  docker: ContainerEngine,
  input: HelperInput,
): Promise<Helper & { readonly line: string }> {
  const first = Promise.withResolvers<string>()
  const helper = await openHelper(docker, input, first.resolve)
  void helper.ended.then(() => first.resolve(''))
  return { ...helper, line: await first.promise }
}

/** A helper that does its work and goes. Resolves with what it wrote, line by line. */
export async function runHelper(docker: ContainerEngine, input: HelperInput): Promise<readonly string[]> {
  const said: string[] = []
  const helper = await openHelper(docker, input, (line) => said.push(line))
  await helper.ended
  await helper.remove()
  return said
}
