import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'

export interface Screen {
  readonly terminal: Terminal
  /** Takes the page's colours of now. */
  recolour(): void
  close(): void
}

/** An xterm in `element`, as large as it, in the page's colours. */
export function openScreen(element: HTMLElement): Screen {
  const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  const colours = () => ({
    background: token('--card'),
    foreground: token('--ink'),
    cursor: token('--accent'),
    cursorAccent: token('--card'),
    selectionBackground: token('--line'),
  })
  const terminal = new Terminal({
    fontFamily: token('--mono') || 'monospace',
    fontSize: Math.round(size * 0.85),
    lineHeight: 1.15,
    scrollback: 5000,
    screenReaderMode: true,
    minimumContrastRatio: 4.5,
    theme: colours(),
  })
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  terminal.open(element)
  fit.fit()
  const watch = new ResizeObserver(() => fit.fit())
  watch.observe(element)
  return {
    terminal,
    recolour: () => {
      terminal.options.theme = colours()
    },
    close: () => {
      watch.disconnect()
      terminal.dispose()
    },
  }
}
