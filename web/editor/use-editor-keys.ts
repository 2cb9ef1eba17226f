import { type RefObject, useEffect, useRef } from 'react'

/** The editor's keys wherever in it somebody stands, the tree for one; what the text itself has taken comes here no more. */
export function useEditorKeys(
  box: RefObject<HTMLElement | null>,
  save: () => Promise<void>,
  verify: () => Promise<void>,
  search: () => void,
): void {
  const acts = useRef({ save, verify, search })
  acts.current = { save, verify, search }
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
    // From wherever on the page somebody has read what they look for, and before the text takes it for its own search.
    const hearAnywhere = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey)
        return
      if (event.key.toLowerCase() !== 'f') return
      event.preventDefault()
      event.stopPropagation()
      acts.current.search()
    }
    element?.addEventListener('keydown', hear)
    addEventListener('keydown', hearAnywhere, true)
    return () => {
      element?.removeEventListener('keydown', hear)
      removeEventListener('keydown', hearAnywhere, true)
    }
  }, [box])
}
