import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import { watchSize } from '../kit/watch-size.ts'
import { boundCounts } from './bounded-output.ts'
import { containerWidths } from './container-widths.ts'
import '@xterm/xterm/css/xterm.css'
import './ansi.css'
import { hearKeylessText } from './terminal-keyless.ts'

const HUES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const
const ANSI = [...HUES, ...HUES.map((hue) => `bright${hue[0]?.toUpperCase()}${hue.slice(1)}`)]
const kebab = (name: string) => name.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)

export interface Screen {
  readonly terminal: Terminal
  /** Hears all that is typed, by key or without one. */
  onTyped(call: (text: string) => void): void
  /** Takes the page's colours of now. */
  recolour(): void
  close(): void
}

/** An xterm in `element` in the page's colours, with the widths of characters that containers know. */
export function makeTerminal(element: HTMLElement) {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  const colours = () => ({
    background: token('--card'),
    foreground: token('--ink'),
    cursor: token('--accent'),
    cursorAccent: token('--card'),
    selectionBackground: token('--line'),
    ...Object.fromEntries(ANSI.map((name) => [name, token(`--ansi-${kebab(name)}`)])),
  })
  const terminal = new Terminal({
    fontFamily: token('--mono') || 'monospace',
    fontSize: Math.round(size * 0.85),
    lineHeight: 1.15,
    scrollback: 5000,
    screenReaderMode: true,
    minimumContrastRatio: 4.5,
    theme: colours(),
    // For `unicode`.
    allowProposedApi: true,
  })
  terminal.unicode.register(containerWidths)
  terminal.unicode.activeVersion = containerWidths.version
  boundCounts(terminal)
  terminal.open(element)
  return {
    terminal,
    recolour: () => {
      terminal.options.theme = colours()
    },
    onTyped: hearTyped(terminal),
  }
}

function hearTyped(terminal: Terminal): Screen['onTyped'] {
  const keyed = terminal.textarea
    ? hearKeylessText(terminal.textarea, (text) => terminal.input(text))
    : () => undefined
  return (call) =>
    terminal.onData((text) => {
      keyed(text)
      call(text)
    })
}

/** A terminal in `element` that is as large as it. */
export function openScreen(element: HTMLElement): Screen {
  const made = makeTerminal(element)
  const { terminal } = made
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  fit.fit()
  const unwatch = watchSize(element, () => fit.fit())
  return {
    ...made,
    close: () => {
      unwatch()
      terminal.dispose()
    },
  }
}
