import { PILOTS } from '#exercise/scenario/model.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { TeamName } from '../kit/team-name.tsx'

/** Who plays for each team: a person, or one of the sparring pilots. */
export function Pilots({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  return (
    <div className="form">
      {view.teams.map((team: TeamView) => (
        <label key={team.id} className="field">
          <TeamName name={team.name} />
          <select
            value={team.pilot}
            disabled={busy || view.phase === 'ended'}
            onChange={(event) => {
              const pilot = PILOTS.find((known) => known === event.target.value)
              if (pilot) void send({ type: 'change-pilot', data: { team: team.id, pilot } })
            }}
          >
            {PILOTS.map((pilot) => (
              <option key={pilot} value={pilot}>
                {say(`pilot.${pilot}`)}
              </option>
            ))}
          </select>
        </label>
      ))}
      <RefusalText refusal={refusal} />
    </div>
  )
}
