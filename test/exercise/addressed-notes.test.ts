import { expect, test } from 'vitest'
import { at } from '#exercise/scenario/trigger.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { madeScenario, text } from './made-scenario.ts'
import { runningRun } from './run.ts'

test('[SC16] a tutor’s note comes to the teams that it names, and one that names none to all', () => {
  const run = runningRun({
    ...madeScenario,
    tutor: [
      { id: 'one', text: text('One'), trigger: at(10_000), teams: ['saareke'] },
      { id: 'all', text: text('All'), trigger: at(10_000) },
    ],
  })
  const due = timelineDue(run.state, 10_000).notes.map(({ team, note }) => `${team} ${note}`)
  expect(due.filter((said) => said.endsWith('one'))).toEqual(['saareke one'])
  expect(due.filter((said) => said.endsWith('all'))).toHaveLength(run.state.teams.length)
})
