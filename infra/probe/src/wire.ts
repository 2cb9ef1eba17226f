import { statfsSync } from 'node:fs'
import type { Exec, ExecResult } from './act.ts'
import type { Place } from './app.ts'
import type { RunRequest } from './course.ts'
import { lendPeople } from './lent.ts'
import { runScript } from './run.ts'
import { openVisits, type Visit } from './visit.ts'
import { openWatch, type WatchedPort } from './watch.ts'

const AT_ONCE = 64
/** Cancels what is under way, whoever asked for it: the platform that attaches anew waits for none of it. */
const ALL = '*'

type Line =
  | ({ readonly id: string } & RunRequest)
  | { readonly id: string; readonly execResult: ExecResult }
  | { readonly id: string; readonly visit: Visit }
  | { readonly id: string; readonly people: true }
  | { readonly cancel: string }
  | { readonly ping: number }
  | { readonly watch: readonly WatchedPort[] }

/**
 * The probe's side of the wire in infra/README.md: takes lines, gives messages to `say`. At most AT_ONCE scripts run at a time, the
 * rest wait their turn. Never throws.
 */
export function openWire(place: Place, say: (message: object) => void): (line: string) => void {
  const runs = new Map<string, AbortController>()
  const execs = new Map<string, (result: ExecResult) => void>()
  const waiting: (() => void)[] = []
  const visit = openVisits(place.reach)
  const watch = openWatch(place.reach, (service) => say({ turned: service }))
  let running = 0

  async function run(id: string, request: RunRequest): Promise<void> {
    const stop = new AbortController()
    runs.set(id, stop)
    if (running >= AT_ONCE) await new Promise<void>((start) => waiting.push(start))
    else running += 1
    // Steps of one run go one after another, so the run's id names the answer that is waited for.
    const exec: Exec = (path, env) =>
      new Promise((resolve) => {
        execs.set(id, resolve)
        say({ id, exec: { path, env } })
      })
    try {
      say({ id, ...(await runScript(request, place, exec, stop.signal)) })
    } catch (error) {
      const received = `the request can not be run: ${error instanceof Error ? error.message : error}`
      const evidence = { step: 'probe', sent: '', received, expected: 'a script', ms: 0 }
      say({ id, outcome: 'fault', verdict: 'unknown', ms: 0, evidence, remember: {}, refused: null })
    } finally {
      runs.delete(id)
      execs.delete(id)
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  const meant = (cancel: string) =>
    cancel === ALL ? runs.values() : [runs.get(cancel)].filter((one) => !!one)

  return (text) => {
    const line = read(text)
    if (!line) return
    if ('ping' in line) say({ pong: line.ping, disk: disk() })
    else if ('watch' in line) watch(line.watch)
    else if ('cancel' in line) for (const stop of meant(line.cancel)) stop.abort()
    else if ('execResult' in line) execs.get(line.id)?.(line.execResult)
    else if (typeof line.id !== 'string') return
    else if ('visit' in line) void visit(line.visit).then((visited) => say({ id: line.id, visited }))
    else if ('people' in line) say({ id: line.id, people: lendPeople(place.population) })
    else void run(line.id, line)
  }
}

/** What is left on the disk that all containers of the engine share, as this one sees it: bytes, and files that may still be made. */
function disk(): { readonly bytes: number; readonly files: number } {
  const { bavail, bsize, ffree } = statfsSync('/')
  return { bytes: bavail * bsize, files: ffree }
}

/** Null for what is no message: an empty line, or half a line after the platform attached anew. */
function read(text: string): Line | null {
  if (text.trim() === '') return null
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value as Line
  } catch {
    // Said below, as for JSON that is no object.
  }
  process.stderr.write(`no message: ${text.slice(0, 100)}\n`)
  return null
}
