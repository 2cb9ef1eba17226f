import type { Readable } from 'node:stream'
import type { ContainerEvent } from '../../engine/ports/range-news.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { lines } from '../engine-api/frames.ts'
import { LABEL_SERVICE, LABEL_TEAM, ownedBy } from '../labels.ts'
import { type RangeLog, reason } from '../log.ts'

interface EngineEvent {
  readonly Action?: string
  readonly timeNano?: number
  readonly Actor?: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
}

const AGAIN_MS = 500

/**
 * Follows the engine's event stream for one exercise. After a break it asks for what happened meanwhile. `lost` and `back` frame every time
 * without an engine. Returns the stop function.
 */
export function followEvents(
  docker: ContainerEngine,
  exerciseId: string,
  tell: (event: ContainerEvent) => void,
  engine: { lost(): void; back(): Promise<void> },
  log: RangeLog,
): () => void {
  const outOfMemory = new Set<string>()
  let stopped = false
  let away = false
  let stream: Readable | null = null
  let since = Date.now() / 1000

  const hear = (line: string) => {
    const event = JSON.parse(line) as EngineEvent
    if (event.timeNano) since = event.timeNano / 1e9 + 1e-6
    const { ID: id, Attributes: about } = event.Actor ?? { ID: '', Attributes: {} as Record<string, string> }
    const team = about[LABEL_TEAM]
    const service = about[LABEL_SERVICE]
    if (!team || !service) return
    if (event.Action === 'oom') outOfMemory.add(id)
    if (event.Action === 'start') tell({ team, service, happened: 'started', exitCode: 0, oom: false })
    if (event.Action === 'die')
      tell({
        team,
        service,
        happened: 'died',
        exitCode: Number(about.exitCode ?? -1),
        oom: outOfMemory.delete(id),
      })
  }

  const follow = async () => {
    while (!stopped) {
      try {
        stream = (await docker.getEvents({
          since,
          filters: JSON.stringify({
            type: ['container'],
            event: ['die', 'oom', 'start'],
            label: [ownedBy(exerciseId)],
          }),
        })) as Readable
        if (stopped) return stream.destroy()
        const ended = listen(stream, hear)
        if (away) await engine.back()
        away = false
        await ended
      } catch (error) {
        log.warn({ exerciseId }, `engine events: ${reason(error)}; asking again`)
      }
      if (stopped) return
      if (!away) engine.lost()
      away = true
      await new Promise((wake) => setTimeout(wake, AGAIN_MS))
    }
  }
  void follow()
  return () => {
    stopped = true
    stream?.destroy()
  }
}

/** Resolves when the stream ends, rejects when it breaks. */
function listen(stream: Readable, hear: (line: string) => void): Promise<void> {
  const onChunk = lines(1024 * 1024, hear)
  const ended = new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      try {
        onChunk(chunk)
      } catch (error) {
        stream.destroy(error as Error)
      }
    })
    stream.on('end', resolve)
    stream.on('close', resolve)
    stream.on('error', reject)
  })
  // Whoever waits hears of it; until then a rejection must not end the process.
  ended.catch(() => {})
  return ended
}
