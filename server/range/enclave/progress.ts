import type { DeployProgress } from '../../engine/ports/ports.ts'

/** Steps of a team: every image (shared), two networks, each container started, each service ready, the sensor where there is one, the proof. */
export function progressOf(
  teams: readonly string[],
  services: number,
  sensor: boolean,
  tell: (progress: DeployProgress) => void,
) {
  const imageSteps = services + 2 + Number(sensor)
  const total = imageSteps + 2 + (services + 1) + services + Number(sensor) + 1
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
