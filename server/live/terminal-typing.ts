/** Typed text that the container has not taken over: with more, whoever types keeps what they have. */
const UNREAD_LENGTH = 64 * 1024

/** One who types into a terminal. */
export interface Typist {
  /** How much was typed so far, UTF-16 units. */
  typed(): number
  /**
   * Types what of `data`, which begins at `at`, was not typed yet; see `terminal-input` in the protocol. Resolves with how much was typed then. What nobody `may` type
   * is counted and goes nowhere: it must not come in later.
   */
  type(data: string, at: number, may: boolean): Promise<number>
}

/** Gives a typist for each who types into the same terminal: what they type comes in as it is typed, and they share what may wait. */
export function openTyping(write: (text: string) => Promise<void>): () => Typist {
  let unread = 0
  return () => {
    let typed = 0
    return {
      typed: () => typed,
      async type(data, at, may) {
        const fresh = at > typed || unread > UNREAD_LENGTH ? '' : data.slice(typed - at)
        if (fresh === '') return typed
        typed += fresh.length
        const reached = typed
        if (!may) return reached
        unread += fresh.length
        await write(fresh)
        unread -= fresh.length
        return reached
      },
    }
  }
}
