import { type CastEvent, castHeadLine, castLine } from '../exercise/wire/cast.ts'
import type { Engine } from './engine.ts'
import type { CastLog, CastPart } from './ports/kept-cast.ts'
import type { Clock } from './ports/ports.ts'
import { openQueue } from './queue.ts'

/** So much of one terminal is recorded, bytes ... */
const MOST_OF_TERMINAL = 4 * 1024 * 1024
/** ... of one team in an exercise ... */
const MOST_OF_TEAM = 32 * 1024 * 1024
/** ... and of all teams together. Each has its own part of it, so that none can use up that of another. */
const MOST_OF_ALL = 512 * 1024 * 1024
/** What a part costs a store besides its text, about: who prints a letter at a time fills a disk with these. */
const PART_BYTES = 128
/** Longer than that nothing waits to be written: what a crash costs, ms. */
const GATHER_MS = 300
/** What of one team waits while the store takes nothing. With more, those of its recordings that go on end, and no other's. */
const MOST_WAITING = 8 * 1024 * 1024
/** With so much in it no recording more is put into one write: the ledger's next one waits for it. */
const WRITE_BYTES = 1024 * 1024

/** Takes what one terminal does. Never slows it down, and never throws. */
export interface CastWriter {
  output(chunk: Uint8Array): void
  resized(cols: number, rows: number): void
  /** The terminal is over. */
  end(): void
}

/** What is to be recorded. `openedMs`: exercise time of its `terminal.opened`. */
export interface CastOf {
  readonly cast: string
  readonly terminal: string
  readonly team: string
  readonly service: string
  readonly openedMs: number
  readonly term: string
  readonly size: { readonly cols: number; readonly rows: number }
}

/** Recordings of the terminals of one exercise, see `castHeadLine` for their form and `terminals.record` of a scenario, which switches them off. */
export interface Casts {
  begin(of: CastOf): CastWriter
  /** Writes what still waits. Never rejects. */
  close(): Promise<void>
}

const NO_WRITER: CastWriter = { output: () => {}, resized: () => {}, end: () => {} }
/** Nothing is recorded. */
export const NO_CASTS: Casts = { begin: () => NO_WRITER, close: async () => {} }

interface Writing {
  readonly of: CastOf
  /** Until it is written. */
  head: string | null
  /** What waits to be written, and how much that is. */
  lines: CastEvent[]
  waiting: number
  /** How many parts were, and how much all of it is. */
  part: number
  bytes: number
  over: boolean
}

/**
 * Records what terminals print, as it came, and their sizes: never what is typed, so that a password that a program does not show is in no recording. In it is what the team's own shell printed, the
 * service's name and the kind of terminal; the platform itself adds no code, token or flag.
 *
 * A recording that has reached a bound ends with a line that says so. What waits is written every `GATHER_MS`, for all terminals at once.
 */
export function openCasts(of: {
  readonly engine: Pick<Engine, 'exerciseId' | 'state' | 'atMs'>
  readonly log: Pick<CastLog, 'addCasts' | 'castsOf'>
  readonly clock: Pick<Clock, 'now' | 'every'>
  readonly fault: (what: string, error: unknown) => void
}): Casts {
  const { engine, log, fault } = of
  const { exerciseId } = engine
  const queue = openQueue()
  const writing = new Set<Writing>()
  const ofTeams = new Map<string, number>()
  const waitsOf = (team: string) =>
    [...writing].reduce((sum, one) => (one.of.team === team ? sum + one.waiting : sum), 0)
  /** Goes once more as it was, should the store not have taken it. */
  let unsent: readonly CastPart[] = []
  let failing = false
  let closed = false

  const add = (team: string, bytes: number) => ofTeams.set(team, (ofTeams.get(team) ?? 0) + bytes)
  // Of before a restart. A recording cannot begin so soon that this matters much.
  const known = log
    .castsOf(exerciseId)
    .then((casts) => {
      for (const { team, bytes } of casts) add(team, bytes)
    })
    .catch((error) => fault('recordings of terminals', error))

  const take = (one: Writing, event: CastEvent, bytes: number) => {
    one.lines.push(event)
    one.waiting += bytes
    one.bytes += bytes
    add(one.of.team, bytes)
  }
  const write = async () => {
    await known
    if (unsent.length === 0) unsent = nextParts(writing)
    for (const one of writing) if (one.over && one.lines.length === 0) writing.delete(one)
    if (unsent.length === 0) return
    try {
      await log.addCasts(exerciseId, unsent)
      unsent = []
      failing = false
    } catch (error) {
      if (!failing) fault('recordings of terminals', error)
      failing = true
    }
  }
  let busy = false
  const stop = of.clock.every(GATHER_MS, () => {
    if (busy) return
    busy = true
    void queue.run(write).finally(() => {
      busy = false
    })
  })

  return {
    begin(begun) {
      const { team, service, term, size, openedMs } = begun
      const { scenario, teams } = engine.state()
      const ofTeam = Math.min(MOST_OF_TEAM, MOST_OF_ALL / Math.max(1, teams.length))
      if (closed || scenario.terminals?.record === false || (ofTeams.get(team) ?? 0) >= ofTeam)
        return NO_WRITER
      const head = castHeadLine({ ...size, title: service, term, wallMs: of.clock.now() })
      const one: Writing = { of: begun, head, lines: [], waiting: 0, part: 0, bytes: 0, over: false }
      writing.add(one)
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      let { cols, rows } = size
      let latest = 0
      const atS = () => {
        latest = Math.max(latest, Math.round((engine.atMs() - openedMs) / 10) / 100)
        return latest
      }
      const full = (bytes: number) =>
        one.bytes + bytes > MOST_OF_TERMINAL ||
        (ofTeams.get(team) ?? 0) + bytes > ofTeam ||
        waitsOf(team) + bytes > MOST_WAITING
      const print = (text: string) => {
        if (text === '') return
        // Escapes of JSON count too: what is kept is bounded, not what was printed.
        const bytes = Buffer.byteLength(JSON.stringify(text)) + PART_BYTES
        if (!full(bytes)) return take(one, { atS: atS(), kind: 'output', text }, bytes)
        one.over = true
        take(one, { atS: atS(), kind: 'output', text: ENDS_HERE }, ENDS_HERE.length)
      }
      take(one, { atS: 0, kind: 'output', text: '' }, head.length + PART_BYTES)
      return {
        output(chunk) {
          if (!one.over) print(decoder.decode(chunk, { stream: true }))
        },
        resized(nextCols, nextRows) {
          if (one.over || (nextCols === cols && nextRows === rows) || full(PART_BYTES)) return
          cols = nextCols
          rows = nextRows
          take(one, { atS: atS(), kind: 'resize', cols, rows }, PART_BYTES)
        },
        end() {
          if (!one.over) print(decoder.decode())
          one.over = true
          if (one.lines.length === 0) writing.delete(one)
        },
      }
    },
    async close() {
      closed = true
      for (const one of writing) one.over = true
      stop()
      do await queue.run(write)
      while (!failing && writing.size > 0)
    },
  }
}

const ENDS_HERE = '\r\n\u001b[0m[The recording ends here: it is as long as one may be.]\r\n'

/** What waits, as far as it goes into one write. */
function nextParts(writing: ReadonlySet<Writing>): readonly CastPart[] {
  const parts: CastPart[] = []
  let bytes = 0
  for (const one of writing) {
    if (bytes >= WRITE_BYTES) break
    const part = partOf(one)
    if (!part) continue
    bytes += part.bytes
    parts.push(part)
  }
  return parts
}

/** What waits of one recording, as it is kept; what came at the same moment stands in one line. */
function partOf(one: Writing): CastPart | null {
  if (one.lines.length === 0) return null
  const { cast, terminal, team } = one.of
  const lines: CastEvent[] = []
  for (const event of one.lines) {
    const before = lines.at(-1)
    if (before?.kind === 'output' && event.kind === 'output' && before.atS === event.atS)
      lines[lines.length - 1] = { ...before, text: before.text + event.text }
    else lines.push(event)
  }
  const shown = lines.filter((event) => event.kind === 'resize' || event.text !== '')
  const text = (one.head ?? '') + shown.map(castLine).join('')
  const part = { cast, terminal, team, part: one.part, bytes: Buffer.byteLength(text), text }
  one.head = null
  one.lines = []
  one.waiting = 0
  one.part += 1
  return part
}
