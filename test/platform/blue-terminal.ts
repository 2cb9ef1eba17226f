import { io, type Socket } from 'socket.io-client'
import type { ClientToServer, ServerToClient, TerminalReply } from '../../server/exercise/wire/protocol.ts'

/** A person of a blue team at a terminal: what they type goes through socket.io into the container, and the screen comes back. */
export async function openBlueTerminal(url: string, token: string, service: string) {
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    auth: { token },
    reconnection: false,
  })
  await new Promise<void>((joined, fail) => {
    socket.once('welcome', () => joined())
    socket.once('connect_error', fail)
  })
  const reply = await new Promise<TerminalReply>((got) =>
    socket.emit('terminal-open', { service, cols: 120, rows: 40 }, got),
  )
  if (!reply.ok || !reply.terminal) throw new Error(`no terminal: ${reply.refusal?.message}`)
  const terminal = reply.terminal
  let screen = ''
  let typed = reply.typed ?? 0
  let drawn = 0
  socket.on('terminal-data', (id, chunk) => {
    if (id !== terminal) return
    screen += Buffer.from(chunk).toString('utf8')
    drawn += chunk.byteLength
    socket.emit('terminal-ack', terminal, drawn)
  })
  return {
    socket,
    terminal,
    screen: () => screen,
    /** Types a line and waits until `seen` shows on the screen after it. */
    async type(line: string, seen: RegExp, withinMs = 20_000): Promise<string> {
      const from = screen.length
      socket.emit('terminal-input', terminal, `${line}\r`, typed, () => undefined)
      typed += line.length + 1
      const end = Date.now() + withinMs
      while (!seen.test(screen.slice(from))) {
        if (Date.now() > end) throw new Error(`${seen} not seen after "${line}":\n${screen.slice(from)}`)
        await new Promise((wake) => setTimeout(wake, 50))
      }
      return screen.slice(from)
    },
    close: () => socket.disconnect(),
  }
}
