import { Writable } from 'node:stream'

/**
 * Writers to a channel and to its standard error, finished when all of theirs is sent. Of both only one piece at a time waits for the client's window: of two the library
 * forgets the second, and at the channel's end it is lost.
 */
export function sentInTurns(...to: readonly [Writable, Writable]): readonly [Writable, Writable] {
  let before: Promise<void> = Promise.resolve()
  const inTurn = (end: Writable) =>
    new Writable({
      write(chunk: Buffer, _, done) {
        before = before.then(() => new Promise((sent) => end.write(chunk, () => sent())))
        void before.then(() => done())
      },
    })
  return [inTurn(to[0]), inTurn(to[1])]
}
