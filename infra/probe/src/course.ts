import { randomStream } from '../../services/kit/nation/random.ts'
import type { Exec } from './act.ts'
import type { Place } from './app.ts'
import { openCookieJar } from './cookies.ts'
import type { Actor } from './http-client.ts'
import { homeAddress } from './networks.ts'
import { castValue, openCast } from './people.ts'
import { openRandomData } from './random-data.ts'
import type { Reply, Script, Step } from './steps.ts'
import { fillText, type Lookup } from './template.ts'

export interface RunRequest {
  readonly script: Script
  readonly vars: Readonly<Record<string, string>>
  readonly memory: Readonly<Record<string, string>>
  readonly seed: string
  readonly visitor?: Visitor
  /** Between the setup, where there is one, and the steps: an attacker does not come on the heels of those who bring in what there is to be attacked. */
  readonly pauseMs?: number
}

/** How a background user goes about it. */
export interface Visitor {
  /** Whom of the nation they are, see people.ts. */
  readonly role: string
  /** Time for reading and typing between two steps. */
  readonly thinkMs: number
}

/** One run under way. */
export interface Course {
  readonly script: Script
  readonly thinkMs: number
  /** A number in [0, 1) for each time of thinking. */
  readonly ponder: () => number
  readonly place: Place
  readonly exec: Exec
  readonly signal: AbortSignal
  readonly captured: Map<string, unknown>
  readonly remember: Map<string, string>
  readonly lookup: Lookup
  readonly actor: (name: string) => Actor
  /** Remembers what is known now, and who has which sessions. Whoever calls what it returns begins from there anew. */
  readonly mark: () => () => void
  readonly retired: () => string
  /** performance.now() time at which the part under way must be over. */
  deadline: number
  /** Time that services took to answer so far. */
  servedMs: number
  steps: number
  /** A container of the team has answered in this run. */
  heard: boolean
  last: { readonly path: string; readonly step: Step; readonly reply: Reply } | null
  /** What was done to the services in the steps under way, in its order. */
  trail: { readonly reply: Reply; readonly told: string }[]
  /** What was late, though it passed. */
  slow: string | null
  close(): void
}

/** The platform has given the run its deadline, with the time that a person thinks in it; this only bounds what it may ask for. */
const PART_LIMIT_MS = 300_000
const THINK_LIMIT_MS = 10_000

/** performance.now() time at which a part of a script that begins now must be over. */
export const partDeadline = ({ deadlineMs }: Pick<Script, 'deadlineMs'>): number =>
  performance.now() + Math.min(deadlineMs, PART_LIMIT_MS)

export function openCourse(request: RunRequest, place: Place, exec: Exec, signal: AbortSignal): Course {
  const { script, vars, memory, seed, visitor } = request
  const thinkMs = Math.min(visitor?.thinkMs ?? 0, THINK_LIMIT_MS)
  const captured = new Map<string, unknown>()
  const actors = new Map<string, Actor>()
  const cast = openCast(place.population, seed, visitor?.role)
  const random = openRandomData(seed)
  let canary: string | null = null
  const course: Course = {
    script,
    thinkMs,
    ponder: randomStream(`think/${seed}`),
    place,
    exec,
    signal,
    captured,
    remember: new Map(),
    lookup(name) {
      if (captured.has(name)) return captured.get(name)
      if (Object.hasOwn(vars, name)) return vars[name]
      if (name === 'canary') {
        canary ??= fillText(script.canary ?? '{{random.hex}}', course.lookup)
        return canary
      }
      if (name.startsWith('memory.')) return memory[name.slice(7)] ?? ''
      if (name.startsWith('random.')) return random(name.slice(7))
      if (name === 'now') return new Date().toISOString()
      if (name === 'seed') return place.nationSeed
      if (name === 'probe.address') return homeAddress(place.reach, place.nationSeed)
      return castValue(cast, place.population.land, name)
    },
    actor(name) {
      const known = actors.get(name)
      if (known) return known
      const actor = { cookies: openCookieJar(), choice: randomStream(`actor/${name}/${seed}`)() }
      actors.set(name, actor)
      return actor
    },
    mark() {
      const known = [...captured]
      const there = [...actors].map(([name, actor]) => [name, actor.choice, actor.cookies.copy()] as const)
      return () => {
        captured.clear()
        for (const [name, value] of known) captured.set(name, value)
        actors.clear()
        for (const [name, choice, cookies] of there) actors.set(name, { choice, cookies: cookies.copy() })
        course.servedMs = 0
        course.trail = []
        course.slow = null
      }
    },
    retired: () => cast.retired().code,
    deadline: partDeadline(script),
    servedMs: 0,
    steps: 0,
    heard: false,
    last: null,
    trail: [],
    slow: null,
    close: () => cast.release(),
  }
  return course
}
