/**
 * Calls `then` in the frame after the size of an element changed. Not within the round in which that is told: what follows from a size may change
 * it again. Gives back what ends it.
 */
export function watchSize(element: HTMLElement, then: () => void): () => void {
  let frame = 0
  const watch = new ResizeObserver(() => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(then)
  })
  watch.observe(element)
  return () => {
    cancelAnimationFrame(frame)
    watch.disconnect()
  }
}
