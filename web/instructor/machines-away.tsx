import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

/** Which machines of the range do not answer, whose enclaves they carry, and what white may do for those. */
export function MachinesAway({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { machinesAway = [], moving = [] } = view
  const nameOf = (id: string) => {
    const team = view.teams.find((one) => one.id === id)
    return team ? say.text(team.name) : id
  }
  return (
    <>
      {machinesAway.map(({ machine, name, teams, sinceMs }) => (
        <section key={machine} className="console-failure" role="alert">
          <h2>{say('white.machineAway', { name })}</h2>
          <p>
            {say('white.machineAway.text', {
              time: say.clock(sinceMs),
              teams: say.list(teams.map(nameOf)),
            })}
          </p>
          {teams
            .filter((team) => !moving.includes(team))
            .map((team) => (
              <ConfirmButton
                key={team}
                className=""
                label={say('white.move', { team: nameOf(team) })}
                title={say('white.moveTitle', { team: nameOf(team) })}
                text={say('white.moveAsk')}
                yes={say('white.moveYes')}
                disabled={busy}
                onYes={() => void send({ type: 'move-enclave', data: { team } })}
              />
            ))}
          <RefusalText refusal={refusal} />
        </section>
      ))}
      {moving.map((team) => (
        <p key={team} role="status">
          {say('white.moving', { team: nameOf(team) })}
        </p>
      ))}
    </>
  )
}
