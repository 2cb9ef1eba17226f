import { decideAnswers, decidePilot } from '../exercise/pilots/pilots.ts'
import { dueNow, type Wanted } from '../exercise/schedule/task.ts'
import type { Engine } from './engine.ts'

/** Sparring pilots: each sees only its own team's redacted stream and wants to act as a person in that seat would. */
export function openSparring({ engine }: { engine: Engine }) {
  return {
    /** What the pilots decide now: one action of a team at a time, and answers to citizens besides. */
    wanted(atMs: number): readonly Wanted[] {
      const { teams, scenario, seed } = engine.state()
      const known = scenario.weaknesses.map((w) => ({ weakness: w.id, service: w.service }))
      return teams.flatMap((team) => {
        if (team.pilot === 'person' || team.pilot === 'absent') return []
        const view = engine.audiences.now({ seat: 'blue', team: team.id })
        if (!view) return []
        const answers = decideAnswers(team.pilot, team.id, view, atMs).map((ticket) =>
          dueNow(
            { kind: 'pilot-answer', team: team.id, ticket },
            { key: `pilot-answer/${team.id}/${ticket}`, team: team.id },
            atMs,
          ),
        )
        const action = decidePilot(team.pilot, team.id, view, known, seed, atMs)[0]
        if (!action) return answers
        const pilot = { kind: 'pilot', team: team.id, ...action } as const
        return [...answers, dueNow(pilot, { key: `pilot/${team.id}`, team: team.id }, atMs)]
      })
    },
  }
}
