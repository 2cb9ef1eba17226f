import { MonitorOff, MonitorUp, TriangleAlert } from 'lucide-react'
import { standsStill } from '#exercise/decide/typing.ts'
import type { WallPage } from '#exercise/scenario/wall-scene.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import './control.css'

/** White takes a team's page off the walls, and reads whose it is and that it went by itself. */
export function WallPageControl() {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { wallPage, wallPageEnd, teams, scenario } = useExerciseState()
  if (!wallPage) return wallPageEnd && <p role="status">{say(`wallPage.end.${wallPageEnd}`)}</p>
  const team = teams.find(({ id }) => id === wallPage.team)
  const service = scenario.services.find(({ id }) => id === wallPage.service)
  return (
    <div className="wall-page-control">
      <p>
        {say('wallPage.now', {
          team: team ? say.text(team.name) : wallPage.team,
          service: service ? say.text(service.title) : wallPage.service,
          path: wallPage.path,
        })}
      </p>
      <Warning />
      <TakeOff busy={busy} onOff={() => void send({ type: 'set-wall-page', data: { page: null } })} />
      <RefusalText refusal={refusal} />
    </div>
  )
}

/** White puts the page that they have before them on the walls, or takes it off. */
export function WallPagePut(props: {
  readonly team: string
  readonly place: { readonly service: string; readonly path: string }
}) {
  const { team, place } = props
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { wallPage, phase } = useExerciseState()
  if (!(standsStill({ phase }) || phase === 'running')) return null
  const set = (page: WallPage | null) => void send({ type: 'set-wall-page', data: { page } })
  const shown = wallPage?.team === team && wallPage.service === place.service && wallPage.path === place.path
  return (
    <div className="wall-page-control">
      {shown ? (
        <>
          <Warning />
          <TakeOff busy={busy} onOff={() => set(null)} />
        </>
      ) : (
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => set({ team, service: place.service, path: place.path, lang: say.lang })}
        >
          <MonitorUp aria-hidden="true" size="1.1em" />
          {say('wallPage.put')}
        </button>
      )}
      <RefusalText refusal={refusal} />
    </div>
  )
}

function Warning() {
  const say = useSay()
  return (
    <p className="wall-page-warning">
      <TriangleAlert className="wall-page-sign" aria-hidden="true" size="1.1em" />
      {say('wallPage.warning')}
    </p>
  )
}

function TakeOff({ busy, onOff }: { readonly busy: boolean; readonly onOff: () => void }) {
  const say = useSay()
  return (
    <button type="button" className="button" disabled={busy} onClick={onOff}>
      <MonitorOff aria-hidden="true" size="1.1em" />
      {say('wallPage.off')}
    </button>
  )
}
