import type { Terminal } from '@xterm/xterm'

/** What a program asks for by number, line by line, of which a screen has only so many: scroll up and down, insert, delete. */
const OF_ROWS = ['S', 'T', 'L', 'M'] as const
/** The same along a line: tab stops on and back, and the last letter once more. */
const OF_COLUMNS = ['I', 'Z', 'b'] as const
/** So much is drawn before the page has its turn. */
const PIECE = 4 * 1024

/**
 * Lets a program ask for nothing more often than there are lines or columns: xterm would do it as often as it is told to, up to 2,147,483,647 times, and the page of
 * whoever looks would stand still for hours.
 */
export function boundCounts(terminal: Pick<Terminal, 'parser' | 'rows' | 'cols'>): void {
  const bound = (final: string, most: () => number) =>
    terminal.parser.registerCsiHandler({ final }, ([count]) => typeof count === 'number' && count > most())
  for (const final of OF_ROWS) bound(final, () => terminal.rows)
  for (const final of OF_COLUMNS) bound(final, () => terminal.cols)
}

/** Draws what may be made to be slow to draw: xterm looks at the clock only between pieces. `drawn` is called when all of it is on the screen. */
export function writeInPieces(terminal: Pick<Terminal, 'write'>, bytes: Uint8Array, drawn: () => void): void {
  let at = 0
  for (; at + PIECE < bytes.length; at += PIECE) terminal.write(bytes.subarray(at, at + PIECE))
  terminal.write(bytes.subarray(at), drawn)
}
