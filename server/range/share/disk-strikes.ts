import type { DiskNews } from '../../engine/ports/range-news.ts'
import { bounded } from '../bounded.ts'
import type { RangeCore } from '../core.ts'
import { reason } from '../log.ts'
import type { Held } from './disk-held.ts'
import { counting, heldBy, staysDown } from './disk-rule.ts'

const MIB = 2 ** 20
const ASKED_AT_ONCE = 8
/** A container that could not be started again is tried again so often. */
const AGAIN_MS = 3_000

export interface Strikes {
  /** Stops these, tells of each, and starts again what may run again. Never rejects. */
  strike(all: readonly Held[], held: readonly Held[], allowed: (team: string) => number): Promise<void>
  /** Starts what could not be started before, once in a while. Never rejects. */
  retry(): Promise<void>
}

/** Ends containers that fill the disk, and knows which of them did so before. */
export function openStrikes(
  { docker, log }: Pick<RangeCore, 'docker' | 'log'>,
  tell: (news: DiskNews) => void,
): Strikes {
  const strikes = new Map<string, readonly number[]>()
  const waiting = new Set<string>()
  let number = 0
  let triedAt = 0

  const start = async (id: string) => {
    triedAt = performance.now()
    try {
      await docker.getContainer(id).start()
      waiting.delete(id)
    } catch (error) {
      const { statusCode } = error as { statusCode?: number }
      // It is gone, or somebody else started it.
      if (statusCode === 404 || statusCode === 304) return void waiting.delete(id)
      log.warn({ container: id }, `could not be started again: ${reason(error)}`)
    }
  }
  return {
    async strike(all, held, allowed) {
      for (const { id, team, service, bytes } of all) {
        const its = [...counting(strikes.get(id) ?? [], performance.now()), performance.now()]
        strikes.set(id, its)
        const stays = staysDown(its)
        if (stays) waiting.delete(id)
        else waiting.add(id)
        // By the clock: those of this watch, and of one before the platform was restarted, differ.
        number = Math.max(number + 1, Date.now())
        tell({
          team,
          service,
          strike: number,
          heldMiB: Math.round(bytes / MIB),
          teamMiB: Math.round(heldBy(held, team) / MIB),
          allowedMiB: Math.round(allowed(team) / MIB),
          stays,
        })
      }
      // None writes on while another starts.
      await bounded(all, ASKED_AT_ONCE, async ({ id }) => {
        const failed = (error: unknown) => log.warn({ container: id }, reason(error))
        await docker.getContainer(id).kill().catch(failed)
      })
      for (const { id } of all) if (waiting.has(id)) await start(id)
    },
    async retry() {
      if (waiting.size === 0 || performance.now() - triedAt < AGAIN_MS) return
      for (const id of [...waiting]) await start(id)
    },
  }
}
