import { evolve } from '../exercise/fold/evolve.ts'
import { initialState, type State } from '../exercise/fold/state.ts'
import { redact } from '../exercise/ledger/audience.ts'
import { decideAnswers, decidePilot } from '../exercise/pilots/pilots.ts'
import type { Audience } from '../exercise/scenario/model.ts'
import type { TaskOf, Wanted } from '../exercise/schedule/task.ts'
import type { Engine } from './engine.ts'

/** Sparring pilots: each sees only its own team's redacted stream and wants to act as a person in that seat would. */
export function openSparring({ engine }: { engine: Engine }) {
  const views = new Map<string, State>()
  const audience = (team: string): Audience => ({ seat: 'blue', team })

  return {
    /** Reads the ledger up to now; from then on it follows `engine.onEvents`. */
    async open(): Promise<() => void> {
      const take = (events: Awaited<ReturnType<Engine['events']>>) => {
        for (const event of events)
          for (const team of engine.state().teams) {
            const own = redact(event, audience(team.id))
            if (own) views.set(team.id, evolve(views.get(team.id) ?? initialState, own))
          }
      }
      take(await engine.events(0, Number.MAX_SAFE_INTEGER))
      return engine.onEvents(take)
    },
    /** What the pilots decide now: one action of a team at a time, and answers to citizens besides. */
    wanted(atMs: number): readonly Wanted[] {
      const { teams, scenario, seed } = engine.state()
      const known = scenario.weaknesses.map((w) => ({ weakness: w.id, service: w.service }))
      return teams.flatMap((team) => {
        const view = views.get(team.id)
        if (!view || team.pilot === 'person' || team.pilot === 'absent') return []
        const answers = decideAnswers(team.pilot, team.id, view, atMs).map((ticket) =>
          wanted({ kind: 'pilot-answer', team: team.id, ticket }, `pilot-answer/${team.id}/${ticket}`, atMs),
        )
        const action = decidePilot(team.pilot, team.id, view, known, seed, atMs)[0]
        if (!action) return answers
        return [...answers, wanted({ kind: 'pilot', team: team.id, ...action }, `pilot/${team.id}`, atMs)]
      })
    },
  }
}

const wanted = (task: TaskOf<'pilot' | 'pilot-answer'>, key: string, atMs: number): Wanted => ({
  task,
  key,
  id: key,
  team: task.team,
  lane: 'deadline',
  dueMs: atMs,
  everyMs: 1,
  first: false,
  touches: null,
})
