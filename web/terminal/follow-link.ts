import type { Refusal } from '#exercise/decide/commands.ts'
import type { FollowReply, TerminalScreen } from '#exercise/wire/protocol.ts'
import type { FeedSocket } from '../feed/connect.ts'
import type { Mirror } from './mirror-screen.ts'
import { openOutbox } from './terminal-outbox.ts'

const ANSWER_WITHIN_MS = 15_000

export type FollowStanding =
  | { readonly at: 'opening' | 'away' | 'following' | 'helping' }
  | { readonly at: 'refused'; readonly refusal: Refusal }
  | { readonly at: 'closed'; readonly why: string }

export interface FollowLink {
  /** Takes a keyboard too, or gives it back. */
  help(helps: boolean): void
  /** Goes nowhere while this page does not help. */
  type(text: string): void
  /** Stops to follow. */
  close(): void
}

/**
 * Follows a terminal of a team or of a colleague, and begins anew after a break, then without a keyboard. Every byte drawn is acknowledged: a page that can not keep up gets the screen
 * anew in place of what it has missed.
 */
export function openFollowLink(
  socket: FeedSocket,
  of: { readonly team: string; readonly terminal: string },
  mirror: Pick<Mirror, 'show' | 'write' | 'resize'>,
  hear: (standing: FollowStanding) => void,
): FollowLink {
  const outbox = openOutbox(() => undefined)
  let current: { readonly follow: string; drawn: number } | null = null
  let helping = false
  let over = false

  const drawn = (follow: string, bytes: number) => () => {
    if (current?.follow !== follow) return
    current.drawn += bytes
    socket.emit('follow-ack', follow, current.drawn)
  }
  const stopTyping = () => {
    helping = false
    outbox.hold()
    outbox.drop()
  }
  const lose = () => {
    current = null
    stopTyping()
  }
  const finish = (standing: FollowStanding) => {
    lose()
    over = true
    hear(standing)
  }
  /** The answer is heard before the screen that comes behind it. */
  const begin = () =>
    socket.timeout(ANSWER_WITHIN_MS).emit('follow-begin', of, (failed: Error | null, reply: FollowReply) => {
      if (over) {
        if (reply?.ok) socket.emit('follow-end', reply.follow)
        return
      }
      // The next connection begins again.
      if (failed && !socket.connected) return
      if (failed) return finish({ at: 'refused', refusal: NO_ANSWER })
      if (!reply.ok) return finish({ at: 'refused', refusal: reply.refusal })
      current = { follow: reply.follow, drawn: 0 }
      hear({ at: 'following' })
    })

  const onScreen = (follow: string, screen: TerminalScreen) => {
    if (follow === current?.follow) mirror.show(screen, drawn(follow, lengthOf(screen.bytes)))
  }
  const onData = (follow: string, chunk: Uint8Array) => {
    if (follow === current?.follow) mirror.write(chunk, drawn(follow, lengthOf(chunk)))
  }
  const onSize = (follow: string, cols: number, rows: number) => {
    if (follow === current?.follow) mirror.resize(cols, rows)
  }
  const onKeyless = (follow: string) => {
    if (follow !== current?.follow) return
    stopTyping()
    hear({ at: 'following' })
  }
  const onEnded = (follow: string, why: string) => {
    if (follow === current?.follow) finish({ at: 'closed', why })
  }
  const onBreak = () => {
    if (over) return
    lose()
    hear({ at: 'away' })
  }
  socket.on('follow-screen', onScreen)
  socket.on('follow-data', onData)
  socket.on('follow-size', onSize)
  socket.on('follow-keyless', onKeyless)
  socket.on('follow-ended', onEnded)
  socket.on('disconnect', onBreak)
  socket.io.on('reconnect', begin)
  hear({ at: 'opening' })
  begin()

  return {
    help(helps) {
      const at = current
      if (!at) return
      if (!helps) stopTyping()
      socket
        .timeout(ANSWER_WITHIN_MS)
        .emit('follow-help', at.follow, helps, (failed: Error | null, reply: FollowReply) => {
          if (at !== current) return
          if (failed || !reply.ok)
            return hear({ at: 'refused', refusal: failed || reply.ok ? NO_ANSWER : reply.refusal })
          helping = helps
          if (helps)
            outbox.join(at.follow, 0, (piece, from) =>
              socket.emitWithAck('follow-input', at.follow, piece, from),
            )
          hear({ at: helps ? 'helping' : 'following' })
        })
    },
    type(text) {
      if (helping) outbox.add(text)
    },
    close() {
      over = true
      if (current) socket.emit('follow-end', current.follow)
      lose()
      socket.off('follow-screen', onScreen)
      socket.off('follow-data', onData)
      socket.off('follow-size', onSize)
      socket.off('follow-keyless', onKeyless)
      socket.off('follow-ended', onEnded)
      socket.off('disconnect', onBreak)
      socket.io.off('reconnect', begin)
    },
  }
}

const NO_ANSWER: Refusal = { code: 'no-answer', message: 'The server did not answer.', params: {} }

/** socket.io hands binary over as an ArrayBuffer in browsers and as a Buffer elsewhere. */
const lengthOf = (bytes: Uint8Array | ArrayBuffer): number => bytes.byteLength
