import { decideAnswers, decidePilot, type PilotAction } from '../exercise/pilots/pilots.ts'
import type { Engine } from './engine.ts'
import type { Playbook } from './ports.ts'
import { typeInTerminal } from './terminal-run.ts'
import type { Terminals } from './terminals.ts'

const TYPING_DEADLINE_MS = 60_000
const ANSWER = 'Thank you. We see the fault and are working on it.'

/** Sparring pilots: each sees only its own team's redacted stream and acts through a terminal, as a person in that seat would. */
export function openSparring(options: { engine: Engine; terminals: Terminals; playbook: Playbook }) {
  const { engine, terminals, playbook } = options
  const busy = new Set<string>()

  const act = async (team: string, action: PilotAction) => {
    const service = action.weakness.split('/')[0] ?? ''
    const by = `pilot:${team}`
    const text =
      action.action === 'fix'
        ? playbook.fix(action.weakness)
        : action.action === 'wrong-fix'
          ? playbook.wrongFix(action.weakness)
          : playbook.undoWrongFix(action.weakness)
    const opened = await terminals.open(team, service, { cols: 120, rows: 40 }, by)
    if (!opened.ok) return
    const typed = await typeInTerminal(opened.stream, text, TYPING_DEADLINE_MS)
    await terminals.close(opened.terminal, 'done')
    await engine.submit(
      {
        type: 'report-pilot',
        data: { team, weakness: action.weakness, action: action.action, ok: typed.exitCode === 0 },
      },
      by,
    )
  }

  const answer = async (team: string, ticket: string): Promise<void> => {
    const key = `${team}/${ticket}`
    busy.add(key)
    await engine
      .submit({ type: 'answer-ticket', data: { team, ticket, text: ANSWER } }, `pilot:${team}`)
      .finally(() => busy.delete(key))
  }

  return {
    /** Starts what the pilots decide now; one action of a team at a time, and letters besides. */
    due(atMs: number): readonly Promise<void>[] {
      const { teams, scenario, seed } = engine.state()
      const known = scenario.weaknesses.map((w) => ({ weakness: w.id, service: w.service }))
      return teams.flatMap((team) => {
        if (team.pilot === 'person' || team.pilot === 'absent') return []
        const view = engine.audiences.now({ seat: 'blue', team: team.id })
        if (!view) return []
        const letters = decideAnswers(team.pilot, team.id, view, atMs)
          .filter((ticket) => !busy.has(`${team.id}/${ticket}`))
          .map((ticket) => answer(team.id, ticket))
        if (busy.has(team.id)) return letters
        const action = decidePilot(team.pilot, team.id, view, known, seed, atMs)[0]
        if (!action) return letters
        busy.add(team.id)
        return [...letters, act(team.id, action).finally(() => busy.delete(team.id))]
      })
    },
  }
}
