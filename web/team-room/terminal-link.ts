import type { TerminalReply } from '#exercise/wire/protocol.ts'
import { keyInExercise } from '../app/route.ts'
import type { FeedSocket } from '../feed/connect.ts'

const OPEN_WITHIN_MS = 15_000

export interface TerminalLink {
  type(data: string): void
  resize(cols: number, rows: number): void
  /** Lets go without ending the session. */
  leave(): void
}

/** Where output goes: an xterm. `drawn` is called when the chunk is on the screen. */
export interface Sink {
  write(data: Uint8Array, drawn: () => void): void
}

export interface Wanted {
  readonly team: string
  readonly service: string
  readonly cols: number
  readonly rows: number
}

/**
 * Opens a terminal, or joins the one that this browser tab has open in the same service. Every byte drawn is acknowledged, so the
 * server never runs far ahead of the screen.
 */
export async function joinTerminal(
  socket: FeedSocket,
  wanted: Wanted,
  sink: Sink,
  onClosed: (why: string) => void,
): Promise<{ readonly link: TerminalLink | null; readonly why: string }> {
  const key = keyInExercise(`kilp.terminal.${wanted.team}.${wanted.service}`)
  const { service, cols, rows } = wanted
  const known = sessionStorage.getItem(key)
  let reply = await ask(socket, { service, cols, rows, ...(known ? { terminal: known } : {}) })
  // The kept session has ended meanwhile: a new one.
  if (!reply.ok && known) reply = await ask(socket, { service, cols, rows })
  if (!reply.ok || !reply.terminal) {
    sessionStorage.removeItem(key)
    return { link: null, why: reply.refusal?.code ?? 'no-answer' }
  }
  const terminal = reply.terminal
  sessionStorage.setItem(key, terminal)

  let drawn = 0
  const draw = (bytes: Uint8Array) => {
    sink.write(bytes, () => {
      drawn += bytes.byteLength
      socket.emit('terminal-ack', terminal, drawn)
    })
  }
  const onData = (id: string, chunk: Uint8Array) => {
    if (id === terminal) draw(bytesOf(chunk))
  }
  const onEnd = (id: string, reason: string) => {
    if (id !== terminal) return
    sessionStorage.removeItem(key)
    stop()
    onClosed(reason)
  }
  const stop = () => {
    socket.off('terminal-data', onData)
    socket.off('terminal-closed', onEnd)
  }
  socket.on('terminal-data', onData)
  socket.on('terminal-closed', onEnd)
  if (reply.replay) sink.write(bytesOf(reply.replay), () => {})
  return {
    why: '',
    link: {
      type: (data) => socket.emit('terminal-input', terminal, data),
      resize: (columns, lines) => socket.emit('terminal-resize', terminal, columns, lines),
      leave: stop,
    },
  }
}

async function ask(
  socket: FeedSocket,
  request: { service: string; cols: number; rows: number; terminal?: string },
): Promise<TerminalReply> {
  try {
    return await socket.timeout(OPEN_WITHIN_MS).emitWithAck('terminal-open', request)
  } catch {
    return { ok: false, refusal: { code: 'no-answer', message: 'The server did not answer.', params: {} } }
  }
}

/** socket.io hands binary over as an ArrayBuffer in browsers and as a Buffer elsewhere. */
const bytesOf = (data: Uint8Array | ArrayBuffer): Uint8Array => new Uint8Array(data)
