import type { ServerChannel } from 'ssh2'

/** The window is 2 MiB and granted anew while less than that is unread: who keeps to it never has more under way. */
const MOST_UNREAD = 4 * 1_024 * 1_024

/**
 * Looks after a channel from the moment it is accepted. The library enforces no window, and tells of a channel's end only when all that came is read; a program
 * that reads nothing would keep it for ever.
 *
 * @returns aborted when the client has closed the channel, or is gone.
 */
export function watchChannel(channel: ServerChannel, flooded: () => void): AbortSignal {
  const gone = new AbortController()
  // Of both: what is written after the client closed is an error that nobody else hears, and ends the process.
  channel.on('error', () => undefined)
  channel.stderr.on('error', () => undefined)
  const push = channel.push.bind(channel)
  channel.push = (chunk: Buffer | null) => {
    if (chunk === null || channel.readableLength + chunk.length <= MOST_UNREAD) return push(chunk)
    flooded()
    return false
  }
  // Nobody but the library ends it, and only then.
  const end = channel.stderr.end.bind(channel.stderr)
  channel.stderr.end = ((): unknown => {
    gone.abort()
    return end()
  }) as typeof channel.stderr.end
  return gone.signal
}
