import type { DeployProgress } from '../../engine/ports/ports.ts'

/** Steps of a team: every image (shared), two networks, each container started, each service ready, the proof. */
export function progressOf(
  teams: readonly string[],
  services: number,
  tell: (progress: DeployProgress) => void,
) {
  const imageSteps = services + 2
  const total = imageSteps + 2 + (services + 1) + services + 1
  const steps = new Map(teams.map((team) => [team, new Set<string>()]))
  return {
    images: (count: number, _: number, what: string) => {
      for (const team of teams) tell({ team, done: count, total, what })
    },
    // A step that is done again, since the plan had to be made anew, counts once.
    step: (team: string, what: string) => {
      const done = steps.get(team)?.add(what)
      // The reference is nobody's.
      if (done) tell({ team, done: imageSteps + done.size, total, what })
    },
  }
}
