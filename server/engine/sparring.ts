import { decideMessages, type Learned } from '../exercise/pilots/messages.ts'
import { decideAnswers, decidePilot } from '../exercise/pilots/pilots.ts'
import { decideReport } from '../exercise/pilots/reports.ts'
import type { Inject } from '../exercise/scenario/inject.ts'
import { weaknessOf } from '../exercise/scenario/weaknesses.ts'
import { dueNow, type Wanted } from '../exercise/schedule/task.ts'
import type { Engine } from './engine.ts'

/** Sparring pilots: each sees only its own team's redacted stream and wants to act as a person in that seat would. */
export function openSparring({ engine }: { engine: Engine }) {
  return {
    /** What the pilots decide now: one action of a team at a time, and answers to citizens and to messages, and a report, besides. */
    wanted(atMs: number): readonly Wanted[] {
      const { teams, scenario, seed } = engine.state()
      const known = scenario.weaknesses.map((w) => ({ weakness: w.id, service: w.service }))
      const learned = (id: string) => learnedOf(scenario.injects.find((inject) => inject.id === id))
      const analysis = (weakness: string) => weaknessOf(scenario, weakness)?.technique ?? ''
      return teams.flatMap((team) => {
        if (team.pilot === 'person' || team.pilot === 'absent') return []
        const view = engine.audiences.now({ seat: 'blue', team: team.id })
        if (!view) return []
        const filed = decideReport(team.pilot, team.id, view, analysis, seed, atMs)
        const answers = [
          ...decideAnswers(team.pilot, team.id, view, atMs).map((ticket) =>
            dueNow(
              { kind: 'pilot-answer', team: team.id, ticket },
              { key: `pilot-answer/${team.id}/${ticket}`, team: team.id },
              atMs,
            ),
          ),
          ...decideMessages(team.pilot, team.id, view, learned, atMs).map(({ inject, content }) =>
            dueNow(
              { kind: 'pilot-message', team: team.id, inject, content },
              { key: `pilot-message/${team.id}/${inject}`, team: team.id },
              atMs,
            ),
          ),
          ...(filed
            ? [
                dueNow(
                  { kind: 'pilot-report', team: team.id, ...filed },
                  { key: `pilot-report/${team.id}/${filed.report}`, team: team.id },
                  atMs,
                ),
              ]
            : []),
        ]
        const action = decidePilot(team.pilot, team.id, view, known, seed, atMs)[0]
        if (!action) return answers
        const pilot = { kind: 'pilot', team: team.id, ...action } as const
        return [...answers, dueNow(pilot, { key: `pilot/${team.id}`, team: team.id }, atMs)]
      })
    },
  }
}

/** What a pilot may know of a message beyond its text, like what a person who knows the field would have in the head. */
function learnedOf(inject: Inject | undefined): Learned | undefined {
  if (!inject) return undefined
  const { expects, pilots } = inject
  return { answers: pilots ?? {}, right: (expects?.kind === 'choice' && expects.right) || [] }
}
