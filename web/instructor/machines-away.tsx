import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** Which machines of the range do not answer, and whose enclaves they carry. */
export function MachinesAway({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const nameOf = (id: string) => {
    const team = view.teams.find((one) => one.id === id)
    return team ? say.text(team.name) : id
  }
  return view.machinesAway?.map(({ machine, name, teams, sinceMs }) => (
    <section key={machine} className="console-failure" role="alert">
      <h2>{say('white.machineAway', { name })}</h2>
      <p>
        {say('white.machineAway.text', {
          time: say.clock(sinceMs),
          teams: say.list(teams.map(nameOf)),
        })}
      </p>
    </section>
  ))
}
