import { MonitorPlay } from 'lucide-react'
import { WALL_SCENES } from '#exercise/scenario/wall-scene.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import './control.css'

/** White says what all big screens show, or leaves it to each. */
export function WallSceneControl() {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { wallScene } = useExerciseState()
  return (
    <label className="wall-scene-control">
      <MonitorPlay aria-hidden="true" size="1.1em" />
      <span>{say('walls.title')}</span>
      <select
        value={wallScene ?? ''}
        disabled={busy}
        onChange={({ target }) => {
          const scene = WALL_SCENES.find((one) => one === target.value) ?? null
          void send({ type: 'set-wall-scene', data: { scene } })
        }}
      >
        <option value="">{say('walls.free')}</option>
        {WALL_SCENES.map((scene) => (
          <option key={scene} value={scene}>
            {say(`scene.${scene}`)}
          </option>
        ))}
      </select>
      <RefusalText refusal={refusal} />
    </label>
  )
}
