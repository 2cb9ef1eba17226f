import { randomInt } from 'node:crypto'
import type { EventLog } from '../engine/ports/ports.ts'
import { openQueue } from '../engine/queue.ts'

/**
 * Short codes beside the long join links, to be read out. 30 signs without look-alikes (no 0 and O, no 1, I and L, no U beside V): of six there are 30^6 = 729 million.
 *
 * What guessing comes to: a wrong code costs its sender, by address (20 at once, then one each 6 s), and everybody (60 at once, then one each 2 s); who has none left is not even looked
 * at. So the whole world tries 30 a minute, 43,200 a day. Where 30 seats have codes, one try hits any of them with 30 / 729,000,000 = 1 in 24 million; a day of guessing
 * without a break hits one with 0.18 %, an exercise of ten hours with 0.07 %. A code of a revoked seat, or one that was renewed, opens nothing.
 * The price of it: who sends wrong codes from many addresses keeps everybody else from joining by code for as long; the long links go on working.
 */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 6
const PREFIX = 'KILP'
const SETTING = 'join-codes'

interface Held {
  readonly exerciseId: string
  readonly seatId: string
}

export interface JoinCodes {
  /** The codes of these seats as people read them, by seat; made where there are none. */
  of(exerciseId: string, seatIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** A new one; the old one opens nothing from then on. */
  renew(exerciseId: string, seatId: string): Promise<string>
  /** Loads what was kept; once, before `find`. */
  ready(): Promise<void>
  /** The seat of what somebody typed. Null when it is no code. */
  find(typed: string): Held | null
}

/** Codes are kept in the store's settings, all together, so that none is given twice over all exercises. */
export function openJoinCodes(log: EventLog): JoinCodes {
  const seats = new Map<string, Held>()
  const codes = new Map<string, string>()
  const queue = openQueue()
  let loading: Promise<void> | null = null
  const keyOf = ({ exerciseId, seatId }: Held) => `${exerciseId}/${seatId}`

  const load = async () => {
    const kept = (await log.getSetting(SETTING)) as Readonly<Record<string, Held>> | null | undefined
    for (const [code, held] of Object.entries(kept ?? {})) {
      seats.set(code, held)
      codes.set(keyOf(held), code)
    }
  }
  const ready = () => {
    loading ??= load().catch((error) => {
      loading = null
      throw error
    })
    return loading
  }
  const make = (held: Held): string => {
    let code = ''
    do code = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')
    while (seats.has(code))
    seats.set(code, held)
    codes.set(keyOf(held), code)
    return code
  }
  const forget = (held: Held) => {
    const code = codes.get(keyOf(held))
    if (code === undefined) return
    seats.delete(code)
    codes.delete(keyOf(held))
  }
  /** What is not kept is not given out: a code that was read out holds over a restart. */
  const change = <T>(work: () => { readonly undo: () => void; readonly result: T }): Promise<T> =>
    queue.run(async () => {
      await ready()
      const { undo, result } = work()
      try {
        await log.putSetting(SETTING, Object.fromEntries(seats))
      } catch (error) {
        undo()
        throw error
      }
      return result
    })

  return {
    ready,
    async of(exerciseId, seatIds) {
      await ready()
      const missing = () => seatIds.filter((seatId) => !codes.has(keyOf({ exerciseId, seatId })))
      if (missing().length > 0)
        await change(() => {
          const made = missing().map((seatId) => ({ exerciseId, seatId }))
          for (const held of made) make(held)
          return { undo: () => made.forEach(forget), result: null }
        })
      return new Map(
        seatIds.map((seatId) => [seatId, written(codes.get(keyOf({ exerciseId, seatId })) ?? '')]),
      )
    },
    renew: (exerciseId, seatId) =>
      change(() => {
        const held = { exerciseId, seatId }
        const before = codes.get(keyOf(held))
        forget(held)
        const result = written(make(held))
        const undo = () => {
          forget(held)
          if (before === undefined) return
          seats.set(before, held)
          codes.set(keyOf(held), before)
        }
        return { undo, result }
      }),
    find: (typed) => seats.get(readCode(typed) ?? '') ?? null,
  }
}

/** `7Q2F9M` as people read it: `KILP-7Q2F-9M`. */
const written = (code: string): string => `${PREFIX}-${code.slice(0, 4)}-${code.slice(4)}`

/** The six signs of what somebody typed: case, hyphens and blanks do not matter, nor whether the signs are wide ones, nor the first four. Null when it is no code. */
export function readCode(typed: string): string | null {
  const signs = typed
    .slice(0, 100)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  const code = signs.length === LENGTH + PREFIX.length && signs.startsWith(PREFIX) ? signs.slice(4) : signs
  return code.length === LENGTH && [...code].every((sign) => SIGNS.includes(sign)) ? code : null
}
