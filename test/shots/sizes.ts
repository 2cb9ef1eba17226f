/** Of letters, in CSS pixels: smaller ones are read by nobody on a laptop. */
const SMALLEST_TEXT = 12
/** Of what is clicked or tapped, in CSS pixels; WCAG 2.2, 2.5.8. Links within a sentence are excepted there too. */
const SMALLEST_TARGET = 24

const TARGETS = 'button, [role=tab], [role=menuitem], select, input:not([type=hidden]), summary, a.button'

/** What is too small to be read or to be hit, one line each. */
export function tooSmall(box: HTMLElement): readonly string[] {
  return [...small(box), ...narrow(box)]
}

function small(box: HTMLElement): readonly string[] {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  const found = new Set<string>()
  while (walker.nextNode()) {
    const { parentElement: element, textContent } = walker.currentNode
    if (!element || !textContent?.trim() || !shown(element)) continue
    const size = Number.parseFloat(getComputedStyle(element).fontSize)
    if (size < SMALLEST_TEXT)
      found.add(`letters of ${size.toFixed(1)} px: “${textContent.trim().slice(0, 24)}”`)
  }
  return [...found]
}

function narrow(box: HTMLElement): readonly string[] {
  return [...box.querySelectorAll<HTMLElement>(TARGETS)].filter(shown).flatMap((target) => {
    // A field that is drawn by its label is as large as that.
    const { width, height } = (target.closest('label') ?? target).getBoundingClientRect()
    const least = Math.min(width, height)
    return least > 0 && least < SMALLEST_TARGET - 1.5
      ? [
          `only ${width.toFixed(0)} x ${height.toFixed(0)} px: “${(target.ariaLabel ?? target.textContent ?? '').trim().slice(0, 24)}”`,
        ]
      : []
  })
}

const shown = (element: Element): boolean =>
  element.closest('.hidden, .shell-skip, .xterm-helpers') === null &&
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
