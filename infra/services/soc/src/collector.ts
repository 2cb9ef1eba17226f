import { createSocket } from 'node:dgram'
import type { LogLine, LogStore } from './log-store.ts'

const LINE_LENGTH = 4_000
const WAITING = 20_000
const WRITE_MS = 250

/**
 * Takes log lines that services send by UDP (svlogd's `u`), names the sender by its address, and writes them in batches. What comes faster than
 * it can be written is dropped and counted in a line of its own: a flood never stops the collector.
 */
export async function openCollector(
  port: number,
  senders: ReadonlyMap<string, string>,
  store: LogStore,
): Promise<void> {
  let waiting: Omit<LogLine, 'id'>[] = []
  let dropped = 0
  const socket = createSocket('udp4')
  socket.on('message', (message, { address }) => {
    const at = new Date().toISOString()
    const service = senders.get(address) ?? address
    for (const text of message.toString('utf8').split('\n')) {
      if (text.trim() === '') continue
      if (waiting.length >= WAITING) dropped += 1
      else if (waiting.push({ at, service, line: printable(text).slice(0, LINE_LENGTH) }) === 1)
        setTimeout(write, WRITE_MS).unref()
    }
  })
  const write = (): void => {
    const lines = waiting
    waiting = []
    if (dropped > 0)
      lines.push({
        at: new Date().toISOString(),
        service: 'soc',
        line: `${dropped} lines came too fast and were dropped`,
      })
    dropped = 0
    store.add(lines)
  }
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, () => {
      socket.off('error', reject)
      socket.on('error', (error) => console.error(`collector: ${error.message}`))
      resolve()
    })
  })
}

/** Without the characters that move a terminal's cursor. */
const printable = (text: string): string =>
  [...text].map((letter) => (letter < ' ' && letter !== '\t' ? '\ufffd' : letter)).join('')
