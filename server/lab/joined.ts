import type { Socket } from 'node:net'

/** Lets two connections be one: what comes over either goes out over the other, and they end together. */
export function joined(one: Socket, other: Socket): void {
  for (const side of [one, other]) {
    side.on('error', () => {})
    side.on('close', () => {
      one.destroy()
      other.destroy()
    })
  }
  one.pipe(other)
  other.pipe(one)
}
