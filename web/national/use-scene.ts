import { useEffect, useRef, useState } from 'react'
import type { WallScene } from '#exercise/scenario/wall-scene.ts'
import { PICTURES, shownBoard, useRoute } from '../app/route.ts'
import { useNational } from '../feed/use-national.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { hasFlow, newsOf, nextScene, type Seen, speaking } from './scenes.ts'

export interface Rotation {
  readonly paused: boolean
  readonly pause: (paused: boolean) => void
}

/** The scene that is shown: on a big screen the one that white wants all to show, or those that change by themselves; otherwise what the URL says. `rotation`: null while none changes by itself. */
export function useScene(): { readonly scene: WallScene; readonly rotation: Rotation | null } {
  const route = useRoute()
  const { wallScene, scenario } = useExerciseState()
  const seen: Seen = { view: useNational(), exercise: useExercise(), services: scenario.services }
  const [turned, setTurned] = useState<WallScene | null>(null)
  const [paused, pause] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches)
  const wanted = route.big ? wallScene : null
  const everyS = route.big && wanted === null ? route.rotate : null
  const own = shownBoard(route, PICTURES)
  const asked = wanted ?? (everyS === null ? own : (turned ?? own))
  const scene = asked === 'flow' && !hasFlow(scenario.services) ? 'situation' : asked

  const now = useRef(seen)
  now.current = seen
  const turns = everyS !== null && !paused
  useEffect(() => {
    if (!turns || everyS === null) return
    const beganMs = performance.now()
    let known = newsOf(scene, now.current)
    let newsAtMs = Number.NEGATIVE_INFINITY
    const ticker = setInterval(() => {
      const atMs = performance.now()
      const news = newsOf(scene, now.current)
      if (news !== known) newsAtMs = atMs
      known = news
      const times = { everyMs: everyS * 1000, shownMs: atMs - beganMs, newsMs: atMs - newsAtMs }
      const next = nextScene(speaking(now.current), { shown: scene, ...times })
      if (next) setTurned(next)
    }, 500)
    return () => clearInterval(ticker)
  }, [turns, everyS, scene])
  return { scene, rotation: everyS === null ? null : { paused, pause } }
}
