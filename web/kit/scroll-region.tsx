import type { ReactNode, Ref } from 'react'

/** Content that may be larger than its place. It can be focused, so that a keyboard can scroll it. */
export function ScrollRegion(props: {
  readonly label: string
  readonly className: string
  readonly ref?: Ref<HTMLDivElement>
  readonly onScroll?: () => void
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark too many
    <div
      role="group"
      className={props.className}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard can not scroll here
      tabIndex={0}
      aria-label={props.label}
      ref={props.ref}
      onScroll={props.onScroll}
    >
      {props.children}
    </div>
  )
}
