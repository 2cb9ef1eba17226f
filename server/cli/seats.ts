import type { JoinLink } from '../live/seats.ts'
import { askPlatform, runningPlatform } from './ask-platform.ts'
import { readSettings } from './settings.ts'
import { table } from './table.ts'

export interface SeatLink {
  readonly seat: string
  readonly team?: string
  readonly token: string
  readonly url: string
}

/** The links that still open a seat, in the shape that `--json` prints. */
function usable(links: readonly JoinLink[]): readonly SeatLink[] {
  return links
    .filter((link) => !link.revoked)
    .map(({ seat, team, token, url }) => ({ seat, ...(team === null ? {} : { team }), token, url }))
}

export async function runSeats(options: { json?: boolean }): Promise<void> {
  const running = runningPlatform(readSettings(process.env).dataDir)
  const answer = await askPlatform<{ seats: readonly JoinLink[] }>(running, '/api/seats')
  const seats = usable(answer.seats)
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ seats })}\n`
      : `${table(
          ['seat', 'team', 'join link'],
          seats.map((s) => [s.seat, s.team ?? '', s.url]),
        )}\n`,
  )
}
