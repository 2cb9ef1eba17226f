import type { Cast } from '#exercise/wire/cast.ts'
import type { Mirror } from './mirror-screen.ts'

/** Between two looks at the moment that is wanted, letters: whoever drags through a recording never waits for all of it. */
const SLICE = 32 * 1024

/** Plays a recording on a screen. */
export interface CastPlayer {
  /** Shows what the terminal showed then, seconds after it was opened: on from where it is, and from the beginning for an earlier moment. */
  show(atS: number): void
  close(): void
}

export function openCastPlayer(cast: Cast, screen: Pick<Mirror, 'show' | 'write' | 'resize'>): CastPlayer {
  const { events } = cast
  const encoder = new TextEncoder()
  let wanted = 0
  /** What comes next, and the moment of what came last. */
  let next = 0
  let lastS = 0
  let fresh = true
  let drawing = false
  let closed = false

  const due = () => {
    const event = events[next]
    return event && event.atS <= wanted ? event : null
  }
  const drawn = () => {
    drawing = false
    step()
  }
  const step = (): void => {
    if (closed || drawing) return
    if (fresh || lastS > wanted) {
      fresh = false
      next = 0
      lastS = 0
      drawing = true
      screen.show({ ...cast.size, bytes: new Uint8Array() }, drawn)
      return
    }
    let text = ''
    for (let event = due(); event && text.length < SLICE; event = due()) {
      if (event.kind === 'resize') {
        // What was printed before is drawn in the size that it had.
        if (text !== '') break
        screen.resize(event.cols, event.rows)
      } else text += event.text
      lastS = event.atS
      next += 1
    }
    if (text === '') return
    drawing = true
    screen.write(encoder.encode(text), drawn)
  }
  return {
    show(atS) {
      wanted = Math.max(0, atS)
      step()
    },
    close() {
      closed = true
    },
  }
}
