import { describe, expect, test } from 'vitest'
import { outcomeLines, reportLine } from '../../server/cli/console-report.ts'
import { publicExercise } from '../../server/exercise/views/public-exercise.ts'
import { madeTeams } from '../exercise/made-scenario.ts'
import { attacked, finish, fixed, runningRun } from '../exercise/run.ts'

const [first = '', second = ''] = madeTeams.map(({ id }) => id)

function over(teams = madeTeams) {
  const run = runningRun(undefined, teams)
  const [attack] = run.state.scenario.attacks
  for (const { id } of teams) attacked(run, id, attack?.id ?? '', id === second ? 'defended' : 'landed')
  fixed(run, first, attack?.id ?? '', 90_000)
  finish(run)
  return run
}

describe('what the console says at the end of an exercise', () => {
  test('when it ended, then each team with its points, the most first, and where the reasons are', () => {
    const { state, ledger } = over()
    const ended = ledger.find(({ type }) => type === 'exercise.ended')
    expect(ended && reportLine(ended, state.scenario)).toMatch(/^\d+:\d\d The exercise has ended$/)
    const lines = outcomeLines(state, state.atMs, false)
    const { teams } = publicExercise(state, state.atMs)
    expect(lines).toHaveLength(teams.length + 1)
    expect(lines[0]).toContain(teams.find(({ id }) => id === second)?.name)
    const said = lines.slice(0, -1).map((line) => /(\d+) of (\d+) /.exec(line)?.slice(1).map(Number))
    const totals = teams.map(({ score }) => Math.round(score.total)).toSorted((a, b) => b - a)
    expect(said.map((numbers) => numbers?.[0])).toEqual(totals)
    expect(new Set(totals).size).toBeGreaterThan(1)
    for (const [nth, line] of lines.slice(0, -1).entries()) {
      const parts = [...line.matchAll(/(\w+) (-?\d+)\/(\d+)/g)]
      expect(parts.length).toBeGreaterThan(2)
      // Each is rounded by itself.
      const sum = parts.reduce((all, part) => all + Number(part[2]), 0)
      expect(Math.abs(sum - (totals[nth] ?? 0))).toBeLessThanOrEqual(parts.length)
    }
  })

  test('the last sentence says how the enclaves go, where nothing else is under way, and only there', () => {
    const { state } = over()
    expect(outcomeLines(state, state.atMs, true).at(-1)).toBe(
      'Why: open the scoreboard. Ctrl-C stops and removes the enclaves.',
    )
    expect(outcomeLines(state, state.atMs, false).at(-1)).toBe('Why: open the scoreboard.')
  })

  test('one team is one line', () => {
    const { state } = over(madeTeams.slice(0, 1))
    expect(outcomeLines(state, state.atMs, true)).toHaveLength(2)
  })
})
