import { Pause, Play, RotateCw } from 'lucide-react'
import { go, hrefOf, useRoute } from '../app/route.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import type { Rotation } from './use-scene.ts'

const USUAL_S = 20

/** On a big screen: lets views change by themselves, and stops them. */
export function RotationButton({ rotation }: { readonly rotation: Rotation | null }) {
  const say = useSay()
  const route = useRoute()
  const [key, Icon] = !rotation
    ? (['scene.rotate', RotateCw] as const)
    : rotation.paused
      ? (['scene.rotate.go', Play] as const)
      : (['scene.rotate.pause', Pause] as const)
  return (
    <button
      type="button"
      className="button"
      aria-label={say(key)}
      title={say(key)}
      onClick={() =>
        rotation ? rotation.pause(!rotation.paused) : go(hrefOf({ ...route, rotate: USUAL_S }), true)
      }
    >
      <Icon aria-hidden="true" size="1.2em" />
    </button>
  )
}
