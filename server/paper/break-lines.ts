import LineBreaker from 'linebreak'

/** Width of a text, pt. */
export type Measure = (text: string) => number

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
export const graphemesOf = (text: string): readonly string[] =>
  [...graphemes.segment(text)].map(({ segment }) => segment)

interface Piece {
  readonly text: string
  readonly ends: boolean
}

/** Where lines may end by Unicode's rules (UAX #14): between words, in Japanese between characters, but never before a full stop or after an opening bracket. */
export function piecesOf(text: string): readonly Piece[] {
  const breaker = new LineBreaker(text)
  const pieces: Piece[] = []
  let from = 0
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    pieces.push({ text: text.slice(from, next.position), ends: next.required })
    from = next.position
  }
  return pieces
}

/** A text as lines no wider than `room`, pt. Spaces at a line's end stay, so that what is read out or copied keeps its words apart. A word that is wider than a line ends anywhere. */
export function linesOf(text: string, room: number, measure: Measure): readonly string[] {
  const lines: string[] = []
  let [line, used] = ['', 0]
  const end = () => {
    if (line !== '') lines.push(line)
    line = ''
    used = 0
  }
  const add = (piece: string, width: number) => {
    line += piece
    used += width
  }
  for (const { text: written, ends } of piecesOf(text)) {
    const piece = written.replace(/[\r\n]+$/, '')
    const seen = measure(piece.trimEnd())
    if (used + seen > room) end()
    if (seen <= room) add(piece, measure(piece))
    else
      for (const sign of graphemesOf(piece)) {
        const width = measure(sign)
        if (used + width > room) end()
        add(sign, width)
      }
    if (ends) end()
  }
  end()
  return lines
}

/** Width of its longest part that no line divides, pt. */
export const longestPart = (text: string, measure: Measure): number =>
  Math.max(0, ...piecesOf(text).map((piece) => measure(piece.text.trimEnd())))

/** A text on one line, with a sign that it goes on where there is no room for all of it. */
export function cutTo(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text
  let cut = ''
  for (const sign of graphemesOf(text)) {
    if (measure(`${cut}${sign}…`) > room) break
    cut += sign
  }
  return `${cut}…`
}
