import { type RefObject, useEffect, useRef } from 'react'

/** The editor's keys wherever in it somebody stands, the tree for one; what the text itself has taken comes here no more. */
export function useEditorKeys(
  box: RefObject<HTMLElement | null>,
  save: () => Promise<void>,
  verify: () => Promise<void>,
): void {
  const acts = useRef({ save, verify })
  acts.current = { save, verify }
  useEffect(() => {
    const element = box.current
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return
      const act = { s: acts.current.save, Enter: acts.current.verify }[event.key]
      if (!act) return
      event.preventDefault()
      void act()
    }
    element?.addEventListener('keydown', hear)
    return () => element?.removeEventListener('keydown', hear)
  }, [box])
}
