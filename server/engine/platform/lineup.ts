import type { Pilot, Team } from '../../exercise/scenario/model.ts'

/** How a team takes part in one exercise, where that differs from the scenario: its name, and who plays for it. */
export interface LineupEntry {
  readonly team: string
  readonly name?: string | undefined
  readonly pilot?: Pilot | undefined
}

/** The teams as this exercise has them. A given name is the same in every language. The id of a team that there is not, instead. Pure. */
export function linedUp(
  teams: readonly Team[],
  lineup: readonly LineupEntry[],
): { readonly ok: true; readonly teams: readonly Team[] } | { readonly ok: false; readonly unknown: string } {
  const entries = new Map(lineup.map((entry) => [entry.team, entry]))
  const unknown = [...entries.keys()].find((id) => !teams.some((team) => team.id === id))
  if (unknown !== undefined) return { ok: false, unknown }
  return {
    ok: true,
    teams: teams.map((team) => {
      const { name, pilot = team.pilot } = entries.get(team.id) ?? {}
      return { ...team, pilot, ...(name !== undefined && { name: { en: name, et: name, ja: name } }) }
    }),
  }
}
