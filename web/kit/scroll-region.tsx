import type { ReactNode } from 'react'

/** Content that may be larger than its place. It can be focused, so that a keyboard can scroll it. */
export function ScrollRegion(props: {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark too many
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard can not scroll here
    <div role="group" className={props.className} tabIndex={0} aria-label={props.label}>
      {props.children}
    </div>
  )
}
