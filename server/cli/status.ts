import { clockText } from '../exercise/scenario/clock-text.ts'
import type { PublicExercise } from '../exercise/views/public-exercise.ts'
import type { ExerciseSummary } from '../exercise/wire/protocol.ts'
import { askPlatform, pathOf, runningPlatform } from './ask-platform.ts'
import { readSettings } from './settings.ts'
import { table } from './table.ts'

export async function runStatus(options: { json?: boolean; exercise?: string }): Promise<void> {
  const running = runningPlatform(readSettings(process.env).dataDir)
  const exercise = await askPlatform<PublicExercise>(running, pathOf(options.exercise, ''))
  if (options.json) {
    process.stdout.write(`${JSON.stringify(exercise)}\n`)
    return
  }
  const rows = exercise.teams.map((team) => [
    team.name,
    team.pilot,
    `${Math.round(team.score.total)} of ${Math.round(team.score.possible)}`,
    team.services.filter((s) => s.verdict === 'up').length.toString(),
    team.services
      .filter((s) => s.verdict !== 'up')
      .map((s) => `${s.id} ${s.verdict}`)
      .join(', ') || '-',
    team.services
      .filter((s) => s.breached)
      .map((s) => s.id)
      .join(', ') || '-',
  ])
  process.stdout.write(
    `${running.url}  ${exercise.id}  ${exercise.scenario}: ${exercise.phase} at ${clockText(exercise.clock.exerciseMs)}, speed ${exercise.clock.speed}\n\n${table(['team', 'pilot', 'points', 'up', 'not up', 'breached'], rows)}\n`,
  )
  const { exercises } = await askPlatform<{ exercises: readonly ExerciseSummary[] }>(
    running,
    '/api/exercises',
  )
  const others = exercises.filter(({ id }) => id !== exercise.id)
  if (others.length > 0) process.stdout.write(`\n${otherTable(others)}\n`)
}

const otherTable = (others: readonly ExerciseSummary[]): string =>
  table(
    ['other exercises', 'scenario', 'phase', 'made', ''],
    others.map(({ id, scenario, name, phase, createdWall, open }) => [
      id,
      name ?? scenario,
      phase,
      new Date(createdWall).toISOString().slice(0, 16).replace('T', ' '),
      open ? '' : 'record',
    ]),
  )
