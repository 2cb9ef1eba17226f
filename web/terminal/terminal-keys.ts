import type { Terminal } from '@xterm/xterm'

/**
 * Tab belongs to the shell, so keyboards need another way out. No shell program can see this one (terminals have no code for
 * it), and no browser uses it.
 */
export const LEAVE_KEY = 'Ctrl+Shift+Enter'

const isLeaveKey = (event: KeyboardEvent): boolean => event.ctrlKey && event.shiftKey && event.key === 'Enter'

/** Ctrl+C is the shell's; with Shift it copies, as in every terminal. A browser would open its tools. */
const isCopyKey = (event: KeyboardEvent): boolean =>
  event.ctrlKey && event.shiftKey && !event.altKey && event.code === 'KeyC'

/** The keys that are not the shell's: one leads out of the terminal, one copies what is selected. `typing`: whether others are. */
export function ownKeys(terminal: Terminal, leave: () => void, typing: () => boolean = () => true): void {
  terminal.attachCustomKeyEventHandler((event) => {
    if (isLeaveKey(event)) {
      if (event.type === 'keydown') leave()
      return false
    }
    if (isCopyKey(event)) {
      event.preventDefault()
      // The terminal answers the event with its selection. The newer interface is missing on pages without TLS.
      if (event.type === 'keydown' && terminal.hasSelection()) document.execCommand('copy')
      return false
    }
    return typing()
  })
}
