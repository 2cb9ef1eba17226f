import type { LucideIcon } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { Icon } from '#exercise/scenario/icons.ts'
import { useExerciseState } from '../feed/use-view.ts'

type Icons = Readonly<Record<Icon, LucideIcon>>

let icons: Icons | null = null
const listeners = new Set<() => void>()
const now = () => icons
const onIcons = (call: () => void) => {
  listeners.add(call)
  return () => listeners.delete(call)
}

// Begun with the page and not waited for: names and states are read first.
import('./service-icons.ts').then(
  ({ ICONS }) => {
    icons = ICONS
    for (const call of listeners) call()
  },
  // Pictures that do not come are missed by nobody who reads.
  () => undefined,
)

/** A service's picture, as its scenario says; without one it is a server. Until the pictures are here its place is kept. */
export function ServiceIcon({
  service,
  size = '1.5em',
}: {
  readonly service: string
  readonly size?: string
}) {
  const { services } = useExerciseState().scenario
  const Picture = useSyncExternalStore(onIcons, now, now)?.[
    services.find(({ id }) => id === service)?.icon ?? 'server'
  ]
  const box = { width: size, height: size, className: 'service-icon', 'aria-hidden': true } as const
  return Picture ? <Picture {...box} strokeWidth={1.8} /> : <svg {...box} />
}
