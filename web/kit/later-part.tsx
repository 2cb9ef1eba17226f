import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { aheadOf } from './coming-ahead.ts'
import { useSay } from './i18n/use-say.ts'

/** A part of a page that is no part of its first look. */
export interface LaterPart<Props> {
  (props: Props): ReactNode
  /** Brings it before anybody has asked for it. */
  begin(): void
}

/** Loads a part when it is first shown, or when it is brought ahead: then it is there at once. */
export function laterPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = <Coming />,
): LaterPart<Props> {
  let loaded: ComponentType<Props> | null = null
  const bring = async () => {
    loaded = await load()
    return { default: loaded }
  }
  const Awaited = lazy<ComponentType<Props>>(bring)
  function Part(props: Props) {
    // Stays what it was first: another component in its place would lose what was typed into it.
    const [Shown] = useState<ComponentType<Props>>(() => loaded ?? Awaited)
    return (
      <Suspense fallback={meanwhile}>
        <Shown {...props} />
      </Suspense>
    )
  }
  // What does not arrive now is asked for again, and complained about, when it is shown.
  const begin = () => aheadOf(bring())
  return Object.assign(Part, { begin })
}

/** Brings parts once the page has drawn its first look, so that a click waits for no network. */
export function useAhead(parts: readonly { begin(): void }[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const part of parts) part.begin()
    }, AFTER_MS)
    return () => clearTimeout(timer)
  }, [parts])
}

const AFTER_MS = 500

function Coming() {
  const say = useSay()
  return <p className="soft">{say('wait')}</p>
}
