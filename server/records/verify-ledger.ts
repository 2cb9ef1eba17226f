import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { State } from '../exercise/fold/state.ts'
import { LedgerTooNew } from '../exercise/ledger/ledger-too-new.ts'
import type { Stored } from '../exercise/ledger/upcast.ts'
import { type Archive, chunksAt, type Line, linesIn, type Place } from './archive.ts'
import { hashBeforeAll, readChained } from './chain.ts'
import { openFolding } from './folding.ts'
import type { Manifest } from './manifest.ts'

/** What a look at the ledger of an export found. */
export interface LedgerFound {
  /** SHA-256 of what stands there. */
  readonly sha256: string
  /** The first event that is not as it should be. `from`, `to`: bytes of its line, from the beginning of the ledger. */
  readonly broken: {
    readonly position: number
    readonly from: number
    readonly to: number
    readonly what: string
  } | null
  /** Hash of the last line. */
  readonly head: string
  /** Whether the manifest says of the exercise what its events do; true where they can not be folded. */
  readonly told: boolean
  /** The fold of all, packed; null where it can not be folded, and `unreadable` says why. */
  readonly snapshot: string | null
  readonly unreadable: string | null
}

/** Walks the ledger line by line: each is what its hash says, positions go on without a gap, and this Kilp can fold them. */
export async function verifyLedger({ file, manifest }: Archive, place: Place): Promise<LedgerFound> {
  const hash = createHash('sha256')
  let head = hashBeforeAll(manifest.exercise)
  let position = 0
  let walls = { first: 0, last: 0 }
  let broken: LedgerFound['broken'] = null
  const folding = openFolding()
  let unreadable: string | null = null

  const check = ({ text, at, ended }: Line): Stored | null => {
    position += 1
    const wrong = (what: string) => {
      broken = { position, from: at, to: at + text.length + 1, what }
      return null
    }
    const read = readChained(text, head)
    if (!read) return wrong('is not what its hash and the event before it say')
    if (!ended) return wrong('has no line feed after it')
    if (read.stored.position !== position) return wrong(`says that it is event ${read.stored.position}`)
    const about = read.stored.data as { readonly exerciseId?: unknown } | null
    if (position === 1 && about?.exerciseId !== manifest.exercise)
      return wrong(`does not begin exercise ${manifest.exercise}`)
    head = read.hash
    walls = { first: position === 1 ? read.stored.wall : walls.first, last: read.stored.wall }
    return read.stored
  }
  const fold = (events: readonly Stored[]) =>
    folding.take(events).catch((error: unknown) => {
      unreadable = whyUnreadable(error)
    })

  const hashed = async function* () {
    for await (const chunk of chunksAt(file, place.at, place.bytes)) {
      hash.update(chunk)
      yield chunk
    }
  }
  for await (const lines of linesIn(hashed())) {
    const events: Stored[] = []
    for (const line of lines) {
      const stored = broken === null ? check(line) : null
      if (stored) events.push(stored)
    }
    if (broken === null && unreadable === null) await fold(events)
  }
  const { last } = manifest.positions
  if (broken === null && position !== last) {
    const from = place.bytes
    broken = {
      position: Math.min(position, last) + 1,
      from,
      to: from,
      what: `is missing: there are ${position} of ${last}`,
    }
  }
  if (broken !== null)
    return { sha256: hash.digest('hex'), broken, head, told: true, snapshot: null, unreadable: null }
  const done = unreadable === null ? await folding.done().catch(whyUnreadable) : unreadable
  return {
    sha256: hash.digest('hex'),
    broken,
    head,
    told: typeof done === 'string' || tells(manifest, done.state, walls),
    snapshot: typeof done === 'string' ? null : done.snapshot,
    unreadable: typeof done === 'string' ? done : null,
  }
}

function tells(
  { phase, scenario, wall }: Manifest,
  state: State,
  walls: { readonly first: number; readonly last: number },
): boolean {
  const { slug, title } = state.scenario
  const said = [phase, scenario.slug, scenario.hash, wall.first, wall.last]
  return (
    isDeepStrictEqual(said, [state.phase, slug, state.scenarioHash, walls.first, walls.last]) &&
    isDeepStrictEqual(scenario.title, title)
  )
}

const whyUnreadable = (error: unknown): string => {
  const said = error instanceof Error ? error.message : String(error)
  return error instanceof LedgerTooNew ? said : `Its events can not be folded by this Kilp: ${said}`
}
