import { mayCommand } from '#exercise/decide/authority.ts'
import type { CommandPayloads, CommandType } from '#exercise/decide/commands.ts'
import { useAudience } from './use-feed.tsx'

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
