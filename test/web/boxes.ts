/** Parts of a page that must not lie over one another. */
const PARTS =
  '.card, .tile, .chip, .button, .country, .day li, .flow-node, .flow-hub, .service-button, .room-middle, .shell-head, .shell-banner, td, th, h2'

/** Parts whose content must stay in them. */
const WHOLE =
  '.card, .tile, .chip, .button, .flow-node, .service-button, td, th, .shell-head, .transport, .pulse'

/** Lies by intent: labels for screen readers, and what is only there for the keyboard. */
const UNSEEN = '.hidden, .shell-skip, .xterm-helpers'

/** Of the height of a line of text: above and below its letters. */
const AIR = 0.2

interface Box {
  readonly element: Element
  readonly rect: DOMRect
}

/** What is wrong with where things are, one line each: parts or words over one another, content outside of its part, a page wider than the window. */
export function misplaced(box: HTMLElement): readonly string[] {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  const cut = cutOff()
  const words = wordsIn(box, cut)
  return [
    ...(box.querySelector('.crashed') ? ['a part has crashed'] : []),
    ...(wide > 1 ? [`the page is ${wide} px too wide`] : []),
    ...overlaps(partsIn(box, cut), 1.5).map(([a, b]) => `${name(a)} and ${name(b)} lie over one another`),
    ...overlaps(words, 2.5).map(([a, b]) => `the words of ${name(a)} and of ${name(b)} lie over one another`),
    ...outsiders(words).map(([word, part]) => `the words of ${name(word)} stick out of ${name(part)}`),
  ]
}

const partsIn = (box: HTMLElement, cut: Cut): readonly Box[] =>
  [...box.querySelectorAll(PARTS)].flatMap((element) =>
    seen(element, element.getBoundingClientRect(), cut(element.parentElement)),
  )

/** Each line of each piece of text. */
function wordsIn(box: HTMLElement, cut: Cut): readonly Box[] {
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  const words: Box[] = []
  while (walker.nextNode()) {
    const { currentNode } = walker
    const element = currentNode.parentElement
    if (!element || !currentNode.textContent?.trim()) continue
    const range = document.createRange()
    range.selectNodeContents(currentNode)
    for (const { left, top, width, height } of range.getClientRects())
      words.push(
        ...seen(element, new DOMRect(left, top + height * AIR, width, height * (1 - 2 * AIR)), cut(element)),
      )
  }
  return words
}

interface Edges {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Within which edges an element's content shows. */
type Cut = (element: Element | null) => Edges

const NO_EDGES: Edges = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }

/** What an element and all around it cut off. Each element is measured once, for as long as nothing moves. */
function cutOff(): Cut {
  const known = new Map<Element, Edges>()
  const cut: Cut = (element) => {
    if (!element) return NO_EDGES
    const before = known.get(element)
    if (before) return before
    const around = cut(element.parentElement)
    const { overflowX, overflowY } = getComputedStyle(element)
    const wide = overflowX !== 'visible'
    const high = overflowY !== 'visible'
    const frame = wide || high ? element.getBoundingClientRect() : NO_EDGES
    const edges = {
      left: wide ? Math.max(around.left, frame.left) : around.left,
      right: wide ? Math.min(around.right, frame.right) : around.right,
      top: high ? Math.max(around.top, frame.top) : around.top,
      bottom: high ? Math.min(around.bottom, frame.bottom) : around.bottom,
    }
    known.set(element, edges)
    return edges
  }
  return cut
}

/** What of a rectangle can be seen: nothing of what is hidden, the rest within the edges. */
function seen(element: Element, rect: DOMRect, edges: Edges): readonly Box[] {
  if (
    element.closest(UNSEEN) ||
    !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  )
    return []
  const [left, right] = [Math.max(rect.left, edges.left), Math.min(rect.right, edges.right)]
  const [top, bottom] = [Math.max(rect.top, edges.top), Math.min(rect.bottom, edges.bottom)]
  if (right - left < 2 || bottom - top < 2) return []
  return [{ element, rect: new DOMRect(left, top, right - left, bottom - top) }]
}

function overlaps(boxes: readonly Box[], tolerance: number): readonly (readonly [Element, Element])[] {
  const found: [Element, Element][] = []
  const sorted = boxes.toSorted((a, b) => a.rect.top - b.rect.top)
  for (const [i, a] of sorted.entries()) {
    for (const b of sorted.slice(i + 1)) {
      if (b.rect.top >= a.rect.bottom - tolerance) break
      const width = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left)
      const height = Math.min(a.rect.bottom, b.rect.bottom) - b.rect.top
      if (width <= tolerance || height <= tolerance) continue
      if (a.element.contains(b.element) || b.element.contains(a.element)) continue
      found.push([a.element, b.element])
    }
  }
  return found
}

/** Words beside the part that they belong to, where that neither scrolls nor cuts off. */
function outsiders(words: readonly Box[]): readonly (readonly [Element, Element])[] {
  return words.flatMap(({ element, rect }) => {
    const part = element.closest(WHOLE)
    if (!part) return []
    const frame = part.getBoundingClientRect()
    const out = Math.max(
      frame.left - rect.left,
      rect.right - frame.right,
      frame.top - rect.top,
      rect.bottom - frame.bottom,
    )
    return out > 3 ? [[element, part] as const] : []
  })
}

function name(element: Element): string {
  const { className, tagName } = element
  const kind =
    typeof className === 'string' && className ? `.${className.split(' ')[0]}` : tagName.toLowerCase()
  return `${kind} “${(element.textContent ?? '').trim().slice(0, 24)}”`
}
