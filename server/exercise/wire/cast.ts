/** What a recording may be called. */
export const CAST_NAME = /^[A-Za-z0-9-]{1,64}$/

/** A terminal's size in cells. */
interface Size {
  readonly cols: number
  readonly rows: number
}

/** What happened in a recorded terminal: it printed, or its size became another. `atS`: seconds of exercise time since it was opened. */
export type CastEvent =
  | { readonly atS: number; readonly kind: 'output'; readonly text: string }
  | ({ readonly atS: number; readonly kind: 'resize' } & Size)

/** A recording of a terminal, to be played. */
export interface Cast {
  readonly size: Size
  /** In order, and never back in time. */
  readonly events: readonly CastEvent[]
}

/** What the first line of a recording says. `wallMs`: when it began, epoch ms. */
export interface CastHead extends Size {
  readonly title: string
  readonly term: string
  readonly wallMs: number
}

/**
 * The first line of a recording in asciinema's format, asciicast v2 (docs.asciinema.org/manual/asciicast/v2). Its times are seconds of *exercise* time since the terminal was opened: the ledger's
 * `terminal.opened` tells that moment, so that a recording goes with the replay at any speed. While the exercise stands still, so do they: what was printed then comes all at once.
 */
export const castHeadLine = ({ cols, rows, title, term, wallMs }: CastHead): string =>
  `${JSON.stringify({ version: 2, width: cols, height: rows, timestamp: Math.floor(wallMs / 1000), title, env: { TERM: term } })}\n`

/** One further line. */
export const castLine = (event: CastEvent): string =>
  `${JSON.stringify(
    event.kind === 'output' ? [event.atS, 'o', event.text] : [event.atS, 'r', `${event.cols}x${event.rows}`],
  )}\n`

/** Cells of one side that a screen may have here; a file from elsewhere may say anything. */
const MOST_CELLS = 1_000
const isSide = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_CELLS

/**
 * Reads a recording. Lines that are none, as a last one that was cut off, and events that a player does not show are passed over; times that go back are held. Null when its first line is no header
 * of version 2.
 */
export function readCast(text: string): Cast | null {
  const [first = '', ...lines] = text.split('\n')
  const head = parsed(first) as { version?: unknown; width?: unknown; height?: unknown } | null
  if (head?.version !== 2 || !isSide(head.width) || !isSide(head.height)) return null
  const events: CastEvent[] = []
  let latest = 0
  for (const line of lines) {
    const event = parsed(line)
    if (!Array.isArray(event)) continue
    const [atS, code, data] = event as readonly unknown[]
    if (typeof atS !== 'number' || !Number.isFinite(atS) || typeof data !== 'string') continue
    latest = Math.max(latest, atS)
    if (code === 'o') events.push({ atS: latest, kind: 'output', text: data })
    const size = code === 'r' ? /^(\d{1,4})x(\d{1,4})$/.exec(data) : null
    const [cols, rows] = [Number(size?.[1]), Number(size?.[2])]
    if (isSide(cols) && isSide(rows)) events.push({ atS: latest, kind: 'resize', cols, rows })
  }
  return { size: { cols: head.width, rows: head.height }, events }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
