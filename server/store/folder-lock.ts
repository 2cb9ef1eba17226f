import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StoreProblem } from './problem.ts'
import { startOf } from './process-start.ts'

/**
 * Lets one process at a time have a data folder. The lock is a folder `<dataDir>.lock` that holds numbered files; the highest
 * number tells who has it. Whoever finds the holder dead (or gone) links the next number, which only one can do; numbers never
 * go down, so a slow process can not take a lock that somebody else has taken meanwhile. A live process never loses it.
 */
export interface FolderLock {
  release(): void
}

interface Holder {
  readonly pid: number
  /** Tells a process from a later one with the same pid. */
  readonly started: string
  readonly host: string
  readonly released: boolean
}

const myself = (released: boolean): string =>
  JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    host: hostname(),
    released,
  } satisfies Holder)

function highest(folder: string): number {
  return readdirSync(folder).reduce(
    (most, name) => (/^\d+$/.test(name) ? Math.max(most, Number(name)) : most),
    0,
  )
}

function holderOf(file: string): Holder | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    // Removed meanwhile by one who took a higher number: look again.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  try {
    return JSON.parse(text) as Holder
  } catch {
    // A number is linked only when it is written out: this one is just being released, or was cut by a loss of power.
    return { pid: 0, started: '', host: hostname(), released: true }
  }
}

const isHeld = (holder: Holder): boolean =>
  !holder.released && (holder.host !== hostname() || startOf(holder.pid) === holder.started)

/** Takes the lock or throws `StoreProblem` (`locked`), naming the process that has it. */
export function lockFolder(dataDir: string): FolderLock {
  const folder = `${dataDir}.lock`
  mkdirSync(folder, { recursive: true })
  const draft = join(folder, `draft-${process.pid}-${process.hrtime.bigint()}`)
  writeFileSync(draft, myself(false))
  try {
    for (;;) {
      const last = highest(folder)
      const holder = last > 0 ? holderOf(join(folder, String(last))) : null
      if (last > 0 && !holder) continue
      if (holder && isHeld(holder)) throw locked(dataDir, folder, holder)
      const mine = join(folder, String(last + 1))
      if (!tryLink(draft, mine)) continue
      for (const name of readdirSync(folder))
        if (/^\d+$/.test(name) && Number(name) <= last) rmSync(join(folder, name), { force: true })
      return { release: () => writeFileSync(mine, myself(true)) }
    }
  } finally {
    unlinkSync(draft)
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function locked(dataDir: string, folder: string, holder: Holder): StoreProblem {
  const who = `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`
  const mend =
    holder.host === hostname()
      ? 'That platform runs already; its address and links: npm run kilp -- seats. Stop it first with Ctrl-C where it was started, or give this one another folder with KILP_DATA.'
      : `If it is gone for good, remove ${folder}; otherwise stop it there, or use another KILP_DATA.`
  return new StoreProblem('locked', `The data folder ${dataDir} is in use by ${who}. ${mend}`)
}
