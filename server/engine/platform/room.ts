import type { LoadedScenario } from '../ports/loaded-scenario.ts'
import type { RangeHost } from '../ports/range-host.ts'

/** Why the machine is too small for an exercise, in a sentence with what to do; null when it carries it. */
export async function noRoom(
  ranges: Pick<RangeHost, 'carries'>,
  { teams, range }: Pick<LoadedScenario, 'teams' | 'range'>,
): Promise<string | null> {
  const most = await ranges.carries(range.services.length + 1)
  if (teams.length <= most) return null
  const carried = most === 0 ? 'no enclave' : most === 1 ? 'one enclave' : `${most} enclaves`
  const fewer = most > 0 ? `\n  Fewer teams:   add --teams ${most}` : ''
  return `The container engine’s machine carries ${carried} of this exercise with what runs on it now, and ${teams.length} are asked for. With more, measurements come late, and what they can not tell is not counted. Nothing was touched.${fewer}
  All the same:  add --insist`
}
