import { useState } from 'react'
import type { State } from '#exercise/fold/state.ts'
import type { TerminalState } from '#exercise/fold/team-acts.ts'
import { keyInExercise } from '../app/route.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { serviceName } from './colleague-terminals.tsx'
import { SharedTerminal } from './shared-terminal.tsx'

/** A colleague's terminal that this page looks into; `asked`: chosen since the page was loaded. */
export interface Looking {
  readonly terminal: string
  readonly asked: boolean
}

/** Which one: a reload, or a look at another service, finds it again while it is open. */
export function useLooking(team: string): readonly [Looking | null, (terminal: string | null) => void] {
  const key = keyInExercise(`kilp.looking.${team}`)
  const { teams } = useExerciseState()
  const [looking, setLooking] = useState(() => {
    const kept = read(key)
    return kept && openIn(teams, team, kept.terminal) ? kept : null
  })
  return [
    looking,
    (terminal) => {
      setLooking(terminal === null ? null : { terminal, asked: true })
      try {
        if (terminal === null) sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, terminal)
      } catch {
        // Storage may be forbidden: then it holds as long as the page.
      }
    },
  ]
}

const openIn = (teams: State['teams'], team: string, terminal: string): TerminalState | null =>
  teams.find(({ id }) => id === team)?.terminals.find((one) => one.terminal === terminal) ?? null

function read(key: string): Looking | null {
  try {
    const terminal = sessionStorage.getItem(key)
    return terminal === null ? null : { terminal, asked: false }
  } catch {
    return null
  }
}

/** With the names under which it was found, also when it is over. */
export function LookedInto(props: {
  readonly team: string
  readonly looking: Looking
  readonly onClose: () => void
}) {
  const { team, looking, onClose } = props
  const say = useSay()
  const { scenario, teams } = useExerciseState()
  const open =
    teams.find(({ id }) => id === team)?.terminals.find(({ terminal }) => terminal === looking.terminal) ??
    null
  const [first] = useState(open)
  const known = open ?? first
  if (!known) return null
  return (
    <SharedTerminal
      team={team}
      terminal={looking.terminal}
      open={open}
      who={actorName(say, known.by)}
      service={serviceName(say, scenario, known.service)}
      asked={looking.asked}
      onClose={onClose}
    />
  )
}
