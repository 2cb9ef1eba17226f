import { type PanelId, panelElement } from './panel-ids.ts'

/** What is reached in a panel: where one writes; the panel itself where it has none. */
const WITHIN: Readonly<Partial<Record<PanelId, string>>> = {
  notes: 'textarea',
  terminal: '.terminal-box textarea',
  editor: '.cm-content',
  citizen: '.citizen-address',
}
/** Instead, where that does not come: no file may be open, no service reached. */
const ELSE = '.code-tree, select, button'
/** A tool that has to be fetched, and a file that has to be read, are there by then. */
const FETCHED_MS = 4_000

/** Leads the keyboard to a panel that is there, or has just been opened; once what it works with is there, into it, unless somebody has gone elsewhere meanwhile. */
export function focusPanel(id: PanelId): void {
  const from = document.activeElement
  const untilMs = performance.now() + FETCHED_MS
  const within = WITHIN[id]
  const look = () => {
    const panel = panelElement(id)
    const at = document.activeElement
    if (at !== from && at !== panel && at !== document.body) return
    const late = performance.now() > untilMs
    const inner = within === undefined ? null : panel?.querySelector<HTMLElement>(late ? ELSE : within)
    if (panel && at !== panel && !inner) {
      show(panel)
      panel.focus({ preventScroll: true })
    }
    if (inner) {
      if (panel) show(panel)
      inner.focus({ preventScroll: true })
    } else if (within !== undefined && !late) requestAnimationFrame(look)
  }
  // What has just been opened is there with the next frame.
  requestAnimationFrame(look)
}

/** What is large is read from its top, where its buttons are. */
const show = (panel: HTMLElement): void =>
  panel.scrollIntoView({ block: panel.clientHeight > innerHeight / 3 ? 'start' : 'nearest' })
