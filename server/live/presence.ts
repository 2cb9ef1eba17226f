import {
  type Person,
  type PresenceList,
  type PresentPerson,
  personName,
  type Whereabouts,
} from '../exercise/wire/person.ts'
import { presenceRoom } from './rooms.ts'
import type { LiveServer, LiveSocket, SocketData } from './socket-types.ts'

/** Changes are gathered this long: nobody is told more than twice a second. */
const GATHER_MS = 500
/** People who are named of one team; the others are counted. */
const NAMED = 100

interface Page {
  person: Person | null
  where: Whereabouts | null
  readonly seatId: string
  readonly seat: PresentPerson['seat']
  readonly sinceWall: number
}

export interface Presence {
  /** Counts a socket in until it goes, unless it is a guest's, and tells it who else is in. */
  serve(socket: LiveSocket): void
  close(): void
}

/** Who somebody is: signed in they are whom their token names, else whom they say. Guests are nobody. */
export function personIn(
  { seat, signedIn }: Pick<SocketData, 'seat' | 'signedIn'>,
  said: Person | null,
): Person | null {
  if (seat.seat === 'guest') return null
  if (signedIn !== null) return { name: signedIn, role: said?.role ?? null }
  const name = said && personName(said.name)
  return said && name ? { name, role: said.role } : null
}

/**
 * Who is in an exercise, as long as they are: kept in memory only, and no fact of the ledger. A team's people see each other, white sees all. What is sent
 * is bounded, however many come, and however often they move.
 */
export function openPresence(io: LiveServer, exerciseId: string): Presence {
  /** By team; null: those of no team. */
  const lists = new Map<string | null, Map<string, Page>>()
  const changed = new Set<string | null>()
  let timer: NodeJS.Timeout | null = null
  let lastFlush = 0

  const flush = () => {
    timer = null
    lastFlush = Date.now()
    const news = [...changed].map((team) => listOf(team, lists.get(team)))
    changed.clear()
    io.to(presenceRoom(exerciseId, null)).emit('presence', news)
    for (const list of news)
      if (list.team !== null) io.to(presenceRoom(exerciseId, list.team)).emit('presence', [list])
  }
  const touch = (team: string | null) => {
    changed.add(team)
    timer ??= setTimeout(flush, Math.max(0, lastFlush + GATHER_MS - Date.now()))
  }

  return {
    serve(socket) {
      const { seat } = socket.data
      if (seat.seat === 'guest') return
      const { team } = seat
      const pages = lists.get(team) ?? new Map<string, Page>()
      lists.set(team, pages)
      const { person, where } = socket.data
      const page: Page = { person, where, seatId: seat.seatId, seat: seat.seat, sinceWall: Date.now() }
      pages.set(socket.id, page)
      touch(team)
      if (seat.seat === 'white' || team !== null)
        void socket.join(presenceRoom(exerciseId, seat.seat === 'white' ? null : team))
      if (seat.seat === 'white')
        socket.emit(
          'presence',
          [...lists].map(([of, list]) => listOf(of, list)),
        )
      socket.on('here', (said, at) => {
        const now = personIn(socket.data, said)
        if (same(now, page.person) && same(at, page.where)) return
        socket.data.person = now
        socket.data.where = at
        page.person = now
        page.where = at
        touch(team)
      })
      socket.on('disconnect', () => {
        pages.delete(socket.id)
        if (pages.size === 0) lists.delete(team)
        touch(team)
      })
    },
    close() {
      if (timer) clearTimeout(timer)
    },
  }
}

/** One line for each person, however many pages they have open: who is in the same seat and has the same name is the same. */
function listOf(team: string | null, pages: ReadonlyMap<string, Page> | undefined): PresenceList {
  const people = new Map<string, PresentPerson>()
  for (const [id, { person, where, seat, seatId, sinceWall }] of pages ?? []) {
    const key = person ? `${seatId} ${person.name}` : id
    const known = people.get(key)
    people.set(key, {
      name: person?.name ?? null,
      role: person?.role ?? known?.role ?? null,
      seat,
      where: where ?? known?.where ?? null,
      sinceWall: known?.sinceWall ?? sinceWall,
      pages: (known?.pages ?? 0) + 1,
    })
  }
  const all = [...people.values()]
  return { team, people: all.slice(0, NAMED), more: Math.max(0, all.length - NAMED) }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
