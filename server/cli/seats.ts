import type { JoinLink } from '../live/seats.ts'
import { askPlatform, pathOf, runningPlatform } from './ask-platform.ts'
import type { RuntimeFile } from './runtime-file.ts'
import { readSettings } from './settings.ts'
import { table } from './table.ts'

export interface SeatLink {
  readonly seat: string
  readonly team?: string
  /** Short code, to be read out. */
  readonly code: string | null
  readonly token: string
  readonly url: string
}

/** The links that still open a seat, in the shape that `--json` prints. */
type Coded = JoinLink & { readonly code: string | null }

function usable(links: readonly Coded[]): readonly SeatLink[] {
  return links
    .filter((link) => !link.revoked)
    .map(({ seat, team, code, token, url }) => ({
      seat,
      ...(team === null ? {} : { team }),
      code,
      token,
      url,
    }))
}

export async function runSeats(options: { json?: boolean; exercise?: string }): Promise<void> {
  const running = runningPlatform(readSettings(process.env).dataDir)
  const seats = await seatsOf(running, options.exercise)
  process.stdout.write(options.json ? `${JSON.stringify({ seats })}\n` : `${seatTable(seats)}\n`)
}

/** The links that still open a seat of an exercise, or of the current one. */
export async function seatsOf(
  running: RuntimeFile,
  exercise: string | undefined,
): Promise<readonly SeatLink[]> {
  const answer = await askPlatform<{ seats: readonly Coded[] }>(running, pathOf(exercise, '/seats'))
  return usable(answer.seats)
}

export const seatTable = (seats: readonly SeatLink[]): string =>
  table(
    ['seat', 'team', 'code', 'join link'],
    seats.map((seat) => [seat.seat, seat.team ?? '', seat.code ?? '', seat.url]),
  )
