import { askPlatform, runningPlatform } from './ask-platform.ts'
import { readSettings } from './settings.ts'
import { table } from './table.ts'

export interface SeatLink {
  readonly seat: string
  readonly team?: string
  readonly token: string
  readonly url: string
}

export async function runSeats(options: { json?: boolean }): Promise<void> {
  const running = runningPlatform(readSettings(process.env).dataDir)
  const { seats } = await askPlatform<{ seats: readonly SeatLink[] }>(running, '/api/seats')
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ seats })}\n`
      : `${table(
          ['seat', 'team', 'join link'],
          seats.map((s) => [s.seat, s.team ?? '', s.url]),
        )}\n`,
  )
}
