import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const MiB = 2 ** 20
/** The database takes space for its log in steps of 16 MiB; with some for what it writes into tables meanwhile. */
const NEXT_STEP = 24 * MiB
const PART = 16 * MiB
const PARTS = 6
/** Only of a disk with so much left: on a smaller one it would bring about what it is for. */
const AMPLE = 1024 * MiB

/** Space that the ledger has put by, so that it can still be written when others have filled the disk. */
export interface Reserve {
  /** Puts by what is missing, where there is plenty. Never throws. */
  refill(): void
  /** Whether the database has room for its next step: gives up parts until it has. */
  room(): boolean
}

/** In `<folder>/reserve`: files that hold nothing. Written out, since a hole in a file is no space. */
export function openReserve(folder: string): Reserve {
  const place = join(folder, 'reserve')
  const free = () => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  }
  const parts = () => (existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : [])
  return {
    refill() {
      try {
        for (let n = 0; n < PARTS; n++) {
          const part = join(place, String(n))
          if (statSync(part, { throwIfNoEntry: false })?.size === PART) continue
          if (free() < AMPLE) return
          mkdirSync(place, { recursive: true })
          writeFileSync(part, Buffer.alloc(PART), { flush: true })
        }
      } catch {
        // The disk filled up meanwhile: half a part is of use too, and made whole the next time.
      }
    },
    room() {
      if (free() >= NEXT_STEP) return true
      for (const part of parts()) {
        rmSync(part, { force: true })
        if (free() >= NEXT_STEP) return true
      }
      return false
    },
  }
}
