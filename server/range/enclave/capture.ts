import type { Duplex } from 'node:stream'
import type { CaptureBounds } from '../../engine/ports/capture.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { demultiplex } from '../engine-api/frames.ts'
import { LABEL, LABEL_HELPER, LABEL_HOME } from '../labels.ts'
import { wholePackets } from './whole-packets.ts'

const MEMORY = 64 * 1024 * 1024
let count = 0

/**
 * Listens in the network of a container from a container beside it, in which nothing is the team's: it may open a raw socket and then gives up all rights, and what it hears
 * it writes as it is, without a look at it.
 */
export async function captureTraffic(
  docker: ContainerEngine,
  of: {
    readonly container: string
    readonly image: string
    readonly exerciseId: string
    readonly home: string
  },
  { forMs, maxBytes }: CaptureBounds,
): Promise<Buffer> {
  const seconds = String(Math.ceil(forMs / 1_000))
  const helper = await docker.createContainer({
    name: `kilp-${of.exerciseId}-capture-${process.pid}-${++count}`,
    Image: of.image,
    Cmd: ['timeout', '-s', 'INT', seconds, 'tcpdump', '-p', '-n', '-U', '-i', 'any', '-w', '-'],
    Labels: { [LABEL]: of.exerciseId, [LABEL_HOME]: of.home, [LABEL_HELPER]: 'capture' },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: {
      NetworkMode: `container:${of.container}`,
      CapDrop: ['ALL'],
      // It gives up being root, and with it all of these, once it listens.
      CapAdd: ['NET_RAW', 'SETGID', 'SETUID'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Memory: MEMORY,
      NanoCpus: 500_000_000,
      PidsLimit: 16,
      LogConfig: { Type: 'none', Config: {} },
    },
  })
  try {
    const stream = (await helper.attach({ stream: true, stdout: true, stderr: true, hijack: true })) as Duplex
    const parts: Buffer[] = []
    let size = 0
    let said = ''
    const over = Promise.withResolvers<void>()
    const take = demultiplex((kind, chunk) => {
      if (kind === 'stderr') said = (said + chunk.toString()).slice(-1_000)
      else if (size < maxBytes) {
        parts.push(Buffer.from(chunk.subarray(0, maxBytes - size)))
        size += chunk.length
      }
      if (size >= maxBytes) over.resolve()
    })
    stream.on('data', take)
    for (const happened of ['end', 'close', 'error']) stream.on(happened, () => over.resolve())
    // Should the engine hang or `timeout` be slow to end it.
    const late = setTimeout(over.resolve, forMs + 5_000)
    await helper.start()
    await over.promise
    clearTimeout(late)
    stream.destroy()
    const file = wholePackets(Buffer.concat(parts))
    if (!file) throw new Error(`nothing was recorded: ${said.trim()}`)
    return file
  } finally {
    await helper.remove({ force: true, v: true })
  }
}
