import { PILOTS, type Pilot } from '#exercise/scenario/model.ts'
import type { ScenarioCard } from '#exercise/wire/shelf.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** What was written for a team in place of what the scenario says. */
interface Entry {
  readonly name?: string
  readonly pilot?: Pilot
}
export type Given = ReadonlyMap<string, Entry>

/** Of each team that takes part: its name in this exercise, and who plays for it. */
export function Lineup({
  teams,
  given,
  onGiven,
}: {
  readonly teams: ScenarioCard['teams']
  readonly given: Given
  readonly onGiven: (given: Given) => void
}) {
  const say = useSay()
  const change = (team: string, entry: Entry) => {
    const next = new Map(given)
    next.set(team, { ...given.get(team), ...entry })
    onGiven(next)
  }
  return (
    <details className="home-lineup">
      <summary>{say('home.lineup')}</summary>
      <ul>
        {teams.map(({ id, name, pilot }) => (
          <li key={id}>
            <label className="field">
              {say('home.lineup.name', { team: say.text(name) })}
              <input
                maxLength={60}
                autoComplete="off"
                placeholder={say.text(name)}
                value={given.get(id)?.name ?? ''}
                onChange={({ target }) => change(id, { name: target.value })}
              />
            </label>
            <label className="field">
              {say('home.lineup.pilot')}
              <select
                value={given.get(id)?.pilot ?? pilot}
                onChange={({ target }) => {
                  const chosen = PILOTS.find((one) => one === target.value)
                  if (chosen) change(id, { pilot: chosen })
                }}
              >
                {PILOTS.map((one) => (
                  <option key={one} value={one}>
                    {say(`pilot.${one}`)}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
