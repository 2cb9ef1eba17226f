import { TERMINAL_PIECE } from '#exercise/wire/protocol.ts'

/** So much may be under way at once: enough for a slow link, little enough for the server to bear. */
const UNDER_WAY = 2 * TERMINAL_PIECE
/** Between two whole pieces: a large paste stays far below what the server takes for a flood. */
const PACE_MS = 10
/** Until a piece that the container could not take is sent again. */
const AGAIN_MS = 200
/** More than this is no paste but a file. */
const MOST = 8 * 1024 * 1024

/** Sends a piece; resolves with how much was typed in all, null when the terminal is no longer ours. */
export type SendPiece = (piece: string, at: number) => Promise<number | null>

/** What was typed and is not in the container yet. It keeps its order, and outlives the connection. */
export interface Outbox {
  /** Returns false when it is too much: then none of it is kept. */
  add(text: string): boolean
  /** The terminal was joined, and holds `typed` already: goes on from there. Returns how much was meant for another terminal, and is dropped. */
  join(terminal: string, typed: number, send: SendPiece): number
  /** The connection is gone; keeps what is left until the next `join`. */
  hold(): void
  /** Forgets what is not under way yet; returns how much that was. */
  drop(): number
  left(): number
}

/** Opens an empty outbox. `changed` is called when what is left has become more or less. */
export function openOutbox(changed: () => void): Outbox {
  let terminal: string | null = null
  let send: SendPiece | null = null
  /** All that the server has not confirmed; it begins at `base` of what is typed into this terminal, and is sent up to `sent`. */
  let text = ''
  let base = 0
  let sent = 0
  let timer: ReturnType<typeof setTimeout> | null = null

  const later = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = null
      pump()
    }, ms)
  }
  const pump = () => {
    while (send !== null && timer === null && sent - base < text.length && sent - base < UNDER_WAY) {
      const piece = pieceOf(text, sent - base)
      const at = sent
      sent += piece.length
      const via = send
      via(piece, at).then(
        (typed) => via === send && confirm(typed, at + piece.length),
        () => via === send && hold(),
      )
      if (piece.length >= TERMINAL_PIECE - 1) later(PACE_MS)
    }
  }
  const confirm = (typed: number | null, end: number) => {
    if (typed === null) return hold()
    reach(typed)
    if (typed < end) {
      sent = base
      later(AGAIN_MS)
    } else pump()
    changed()
  }
  const reach = (typed: number) => {
    text = text.slice(Math.max(0, typed - base))
    base = Math.max(base, typed)
    sent = Math.max(base, sent)
  }
  const hold = () => {
    send = null
    if (timer !== null) clearTimeout(timer)
    timer = null
  }
  /** What is under way stays: whether it was typed is only known when its answer comes, or at the next `join`. */
  const drop = () => {
    const lost = text.length - (sent - base)
    text = text.slice(0, sent - base)
    return lost
  }

  return {
    add(more) {
      if (text.length + more.length > MOST) return false
      text += more
      pump()
      changed()
      return true
    },
    join(joined, typed, via) {
      hold()
      // Half a paste must not go into another shell. What was typed before there was any goes into the first.
      const lost = terminal !== null && terminal !== joined ? text.length : 0
      if (lost > 0) text = ''
      if (terminal === joined) reach(typed)
      else base = typed
      terminal = joined
      sent = base
      send = via
      pump()
      changed()
      return lost
    },
    hold,
    drop() {
      const lost = drop()
      changed()
      return lost
    },
    left: () => text.length,
  }
}

/** As much as fits into one message, never half of a character. */
function pieceOf(text: string, from: number): string {
  const end = from + TERMINAL_PIECE
  const splits = end < text.length && isHigh(text.charCodeAt(end - 1))
  return text.slice(from, splits ? end - 1 : end)
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
