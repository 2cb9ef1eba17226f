import type { Terminal } from '@xterm/xterm'
import type { TerminalScreen } from '#exercise/wire/protocol.ts'
import { watchSize } from '../kit/watch-size.ts'
import { writeInPieces } from './bounded-output.ts'
import { makeTerminal, type Screen } from './terminal-screen.ts'

/** Of a letter's height, about: the width of one column. */
const COLUMN = 0.61
const SMALLEST = 8
/** Of the element, left and right together. */
const PADDING = 16

export interface Mirror extends Screen {
  /** In place of all that was drawn. `drawn` is called when it is on the screen. */
  show(screen: TerminalScreen, drawn: () => void): void
  write(data: Uint8Array, drawn: () => void): void
  /** The team's own screen has this size now. */
  resize(cols: number, rows: number): void
}

/**
 * What another page's terminal shows, in its size: letters become smaller where it is wider than `element`. It never answers for itself what a program asks a
 * terminal, since the other page does.
 */
export function openMirror(element: HTMLElement): Mirror {
  const made = makeTerminal(element)
  const { terminal } = made
  const largest = terminal.options.fontSize ?? SMALLEST
  silence(terminal)
  const fit = () => {
    const fits = Math.floor((element.clientWidth - PADDING) / (terminal.cols * COLUMN))
    terminal.options.fontSize = Math.max(SMALLEST, Math.min(largest, fits))
  }
  const resize = (cols: number, rows: number) => {
    terminal.resize(cols, rows)
    fit()
  }
  const unwatch = watchSize(element, fit)
  return {
    ...made,
    show({ cols, rows, bytes }, drawn) {
      terminal.reset()
      resize(cols, rows)
      writeInPieces(terminal, new Uint8Array(bytes), drawn)
    },
    write: (data, drawn) => writeInPieces(terminal, new Uint8Array(data), drawn),
    resize,
    close: () => {
      unwatch()
      terminal.dispose()
    },
  }
}

/** Questions to a terminal are taken and left without an answer: what it is, where its cursor stands, its modes, its colours, whether it has the focus. */
function silence({ parser }: Terminal) {
  const taken = () => true
  for (const final of ['n', 'c'])
    for (const prefix of ['', '?', '>', '=']) parser.registerCsiHandler({ prefix, final }, taken)
  for (const prefix of ['', '?']) parser.registerCsiHandler({ prefix, intermediates: '$', final: 'p' }, taken)
  parser.registerCsiHandler({ final: 't' }, taken)
  parser.registerEscHandler({ final: 'Z' }, taken)
  parser.registerDcsHandler({ intermediates: '$', final: 'q' }, taken)
  for (const colour of [4, 10, 11, 12]) parser.registerOscHandler(colour, (data) => data.includes('?'))
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) => modes.length === 1 && modes[0] === FOCUS)
}

/** The mode in which a terminal says that it has the focus, or lost it. */
const FOCUS = 1004
