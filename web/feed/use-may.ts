import { mayCommand } from '#exercise/decide/authority.ts'
import type { CommandPayloads, CommandType } from '#exercise/decide/commands.ts'
import { standing } from '#exercise/decide/decision.ts'
import { useAudience, useFeedState } from './use-feed.tsx'
import { useExerciseState } from './use-view.ts'

/** Commands for a team that a page offers. */
type ForTeam = {
  [T in CommandType]: CommandPayloads[T] extends { readonly team: string } ? T : never
}[CommandType]

/** Whether this page's seat may give a command for a team: the server's own table is asked. */
export function useMay(type: ForTeam, team: string): boolean {
  const audience = useAudience()
  const own = audience.seat === 'blue' ? audience.team : null
  return mayCommand(audience.seat, own, { type, data: { team } as CommandPayloads[typeof type] }) === true
}

/** Whether there are services behind this page on which somebody can act: not before they are up, nor after the end, nor in a record or a replay. */
export function useStands(): boolean {
  const past = useFeedState((feed) => feed.exercise?.record ?? false)
  return standing(useExerciseState()) && !past
}
