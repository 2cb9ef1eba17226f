import type { TerminalReply } from '#exercise/wire/protocol.ts'
import { keyInExercise } from '../app/route.ts'
import type { FeedSocket } from '../feed/connect.ts'
import { type Outbox, openOutbox } from './terminal-outbox.ts'

const OPEN_WITHIN_MS = 15_000
/** Ctrl+C: whoever presses it does not want the rest of what is still on its way. */
const INTERRUPT = '\u0003'

export interface TerminalLink {
  /** Sends what is typed, in order, also what was typed while there was no connection. */
  type(text: string): void
  resize(cols: number, rows: number): void
  /** Opens the terminal, or joins the one that this browser tab has open in the same place. Again after each break. */
  join(size: { readonly cols: number; readonly rows: number }): Promise<void>
  /** Lets go without ending the session. What was typed still goes there. */
  leave(): void
}

/** Where output goes: an xterm. `drawn` is called when the chunk is on the screen. */
export interface Sink {
  write(data: Uint8Array, drawn: () => void): void
}

export interface Hear {
  opened(terminal: string): void
  /** The connection is gone; what is typed meanwhile is kept. */
  away(): void
  closed(why: string): void
  /** So much is still to be sent, UTF-16 units. */
  waiting(length: number): void
  /** So much was typed and will never get there. */
  lost(length: number): void
}

/** One of the terminals that a browser tab has in a service. */
export interface TerminalPlace {
  readonly team: string
  readonly service: string
  readonly slot: number
}

const PREFIX = 'kilp.terminal.'

const keyOf = ({ team, service, slot }: TerminalPlace) => keyInExercise(`${PREFIX}${team}.${service}.${slot}`)

/** The terminals that this browser tab has open, of whatever service. */
export function ownTerminals(): ReadonlySet<string> {
  try {
    const keys = Array.from(sessionStorage, (_, at) => sessionStorage.key(at) ?? '')
    return new Set(keys.filter((key) => key.startsWith(PREFIX)).map((key) => kept(key)?.terminal ?? ''))
  } catch {
    // Storage may be forbidden.
    return new Set()
  }
}

/** Its id, and the key with which it is joined again. */
function kept(key: string): { readonly terminal: string; readonly key?: string } | null {
  const [terminal = '', secret = ''] = (sessionStorage.getItem(key) ?? '').split(' ')
  return terminal === '' ? null : { terminal, ...(secret !== '' && { key: secret }) }
}

/** Ends the session of a terminal, in sight or not. */
export function endTerminal(socket: FeedSocket, of: TerminalPlace): void {
  const key = keyOf(of)
  const known = kept(key)
  if (known) socket.emit('terminal-close', known.terminal)
  sessionStorage.removeItem(key)
  outboxes.delete(key)
}

/** Per exercise, team, service and slot: whoever looks elsewhere while a paste is on its way finds it done. */
const outboxes = new Map<string, { readonly outbox: Outbox; hear: Hear | null }>()

/**
 * A terminal in a service's container. Every byte drawn is acknowledged, so the server never runs far ahead of the screen; what is typed
 * is confirmed by the server, so that neither a long paste nor a break of the connection loses any of it.
 */
export function openTerminalLink(
  socket: FeedSocket,
  of: TerminalPlace,
  sink: Sink,
  hear: Hear,
): TerminalLink {
  const key = keyOf(of)
  const box = boxOf(key)
  box.hear = hear
  const { outbox } = box
  let joined: { readonly terminal: string; drawn: number } | null = null
  let closed = false
  let wanted = { cols: 0, rows: 0 }

  const onData = (id: string, chunk: Uint8Array) => {
    const to = joined
    if (id !== to?.terminal) return
    const bytes = bytesOf(chunk)
    sink.write(bytes, () => {
      to.drawn += bytes.byteLength
      if (to === joined) socket.emit('terminal-ack', id, to.drawn)
    })
  }
  const onEnd = (id: string, reason: string) => {
    if (id !== joined?.terminal) return
    sessionStorage.removeItem(key)
    close(reason)
  }
  const close = (why: string) => {
    joined = null
    closed = true
    outbox.hold()
    outboxes.delete(key)
    if (outbox.left() > 0) hear.lost(outbox.left())
    hear.closed(why)
  }
  const onBreak = () => {
    if (!closed) hear.away()
  }
  socket.on('terminal-data', onData)
  socket.on('terminal-closed', onEnd)
  socket.on('disconnect', onBreak)

  return {
    type(text) {
      if (closed) return
      const interrupted = text === INTERRUPT ? outbox.drop() : 0
      const refused = outbox.add(text) ? 0 : text.length
      if (interrupted + refused > 0) hear.lost(interrupted + refused)
    },
    resize: (cols, rows) => {
      wanted = { cols, rows }
      if (joined) socket.emit('terminal-resize', joined.terminal, cols, rows)
    },
    async join(size) {
      wanted = size
      const request = { service: of.service, team: of.team, ...size }
      const known = kept(key)
      let reply = await ask(socket, { ...request, ...known })
      // The kept session has ended meanwhile: a new one.
      if (reply.refusal?.code === 'no-such-terminal') reply = await ask(socket, request)
      // Looked away meanwhile; or the connection went again, and the next one comes back here.
      if (box.hear !== hear || (!reply.ok && !socket.connected)) return
      if (!reply.ok || !reply.terminal) return close(reply.refusal?.code ?? 'no-answer')
      const { terminal } = reply
      sessionStorage.setItem(key, `${terminal} ${reply.key ?? known?.key ?? ''}`)
      joined = { terminal, drawn: 0 }
      // The page has found its size while the answer was on its way.
      if (wanted.cols !== size.cols || wanted.rows !== size.rows)
        socket.emit('terminal-resize', terminal, wanted.cols, wanted.rows)
      socket.off('disconnect', outbox.hold).on('disconnect', outbox.hold)
      const lost = outbox.join(terminal, reply.typed ?? 0, (piece, at) =>
        socket.emitWithAck('terminal-input', terminal, piece, at),
      )
      if (reply.replay) sink.write(bytesOf(reply.replay), () => {})
      hear.opened(terminal)
      if (lost > 0) hear.lost(lost)
    },
    leave() {
      socket.off('terminal-data', onData)
      socket.off('terminal-closed', onEnd)
      socket.off('disconnect', onBreak)
      if (box.hear === hear) box.hear = null
    },
  }
}

function boxOf(key: string) {
  const known = outboxes.get(key)
  if (known) return known
  const box = {
    outbox: openOutbox(() => box.hear?.waiting(box.outbox.left())),
    hear: null as Hear | null,
  }
  outboxes.set(key, box)
  return box
}

async function ask(
  socket: FeedSocket,
  request: { service: string; team: string; cols: number; rows: number; terminal?: string; key?: string },
): Promise<TerminalReply> {
  try {
    return await socket.timeout(OPEN_WITHIN_MS).emitWithAck('terminal-open', request)
  } catch {
    return { ok: false, refusal: { code: 'no-answer', message: 'The server did not answer.', params: {} } }
  }
}

/** socket.io hands binary over as an ArrayBuffer in browsers and as a Buffer elsewhere. */
const bytesOf = (data: Uint8Array | ArrayBuffer): Uint8Array => new Uint8Array(data)
