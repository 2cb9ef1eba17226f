import type { PublicExercise } from '../exercise/wire/protocol.ts'
import { askPlatform, runningPlatform } from './ask-platform.ts'
import { clockText } from './console-report.ts'
import { readSettings } from './settings.ts'
import { table } from './table.ts'

export async function runStatus(options: { json?: boolean }): Promise<void> {
  const running = runningPlatform(readSettings(process.env).dataDir)
  const exercise = await askPlatform<PublicExercise>(running, '/api/exercise')
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
    `${running.url}  ${exercise.scenario}: ${exercise.phase} at ${clockText(exercise.clock.exerciseMs)}, speed ${exercise.clock.speed}\n\n${table(['team', 'pilot', 'points', 'up', 'not up', 'breached'], rows)}\n`,
  )
}
