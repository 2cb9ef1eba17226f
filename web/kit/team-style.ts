import type { ExerciseView } from '#exercise/views/views.ts'

const COLOURS = 6
const DASHES: readonly (readonly number[])[] = [[], [9, 5], [2, 4], [12, 4, 2, 4]]

export interface TeamStyle {
  /** Name of a colour token. */
  readonly colour: string
  /** Dash pattern in px; empty for a whole line. Neighbours differ in it, so lines can be told apart without colour. */
  readonly dash: readonly number[]
}

/** How a team's line is drawn, the same on every page and whatever its rank. */
export function teamStyle(view: ExerciseView, team: string): TeamStyle {
  const index = Math.max(
    0,
    view.teams
      .map((known) => known.id)
      .sort()
      .indexOf(team),
  )
  return {
    colour: `--series-${(index % COLOURS) + 1}`,
    dash: DASHES[(index + Math.floor(index / COLOURS)) % DASHES.length] ?? [],
  }
}
