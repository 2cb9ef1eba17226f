/** The last `limit` bytes that were added. */
export interface Scrollback {
  add(chunk: Buffer): void
  bytes(): Buffer
  /** What sets the modes in which a terminal was when it showed the first of `bytes`; empty where they are those of a new one. */
  modes(): Buffer
  /** A full-screen program was there before the first of `bytes`, and drew what they do not hold. */
  inFullScreen(): boolean
}

export function openScrollback(limit: number): Scrollback {
  let chunks: Buffer[] = []
  let size = 0
  const modes = new Map<string, boolean>()

  /** What no longer fits is forgotten but for the modes that it leaves. */
  const trimmed = (): Buffer => {
    const all = Buffer.concat(chunks)
    const cut = Math.max(0, all.length - limit)
    // With what lies on both sides of the cut: its rest means nothing any more.
    const gone = cut > 0 ? all.subarray(0, cut + LONGEST).toString('latin1') : ''
    for (const { 0: what, 1: numbers = '', 2: set, index } of gone.matchAll(MODE)) {
      if (index >= cut) break
      if (what === RESET) modes.clear()
      for (const number of numbers.split(';')) if (MODES.has(number)) modes.set(number, set === 'h')
    }
    // A copy: what was cut off must not be held.
    const kept = cut > 0 ? Buffer.from(all.subarray(cut)) : all
    chunks = [kept]
    size = kept.length
    return kept
  }

  return {
    add(chunk) {
      chunks.push(chunk)
      size += chunk.length
      // Not at every chunk: that would copy the whole for each key typed.
      if (size > 2 * limit) trimmed()
    },
    bytes: trimmed,
    modes() {
      trimmed()
      const text = [...modes].map(([number, set]) => `\u001b[?${number}${set ? 'h' : 'l'}`).join('')
      return Buffer.from(text, 'latin1')
    },
    inFullScreen() {
      trimmed()
      return FULL_SCREEN.some((number) => modes.get(number) === true)
    },
  }
}

/** What a program uses to have the screen to itself. */
const FULL_SCREEN = ['47', '1047', '1049'] as const
/** Besides: what the cursor keys and the mouse send, wrapping, whether the cursor is seen, marks around what is pasted. */
const MODES: ReadonlySet<string> = new Set([
  ...['1', '7', '25', '1000', '1002', '1003', '1006', '2004'],
  ...FULL_SCREEN,
])
const RESET = '\u001bc'
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal obeys begins with one
const MODE = /\u001b(?:\[\?([\d;]{1,40})([hl])|c)/g
/** Of what that finds. */
const LONGEST = 44
