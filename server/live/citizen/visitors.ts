import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { SeatInfo } from '../../exercise/wire/protocol.ts'
import type { Served } from '../served.ts'
import { type Addresses, openAddresses } from './addresses.ts'
import { type Jar, openJar } from './jar.ts'
import type { Sites } from './sites.ts'
import type { NoPage } from './visit-result.ts'

/** The page that a visitor has before them. */
export interface Standing {
  readonly service: string
  /** With its query. */
  readonly path: string
  readonly method: string
  readonly status: number
  /** Why there is no page; null where there is one. */
  readonly failed: NoPage | null
  /** That the service took; and until the answer went to the browser. */
  readonly serviceMs: number
  readonly ms: number
}

/** Somebody in a seat who looks at a team's state as a citizen does: a browser's memory, kept here. */
export interface Visitor {
  readonly id: string
  readonly served: Served
  readonly seat: SeatInfo
  readonly team: string
  /** In the one cookie that the browser gets. */
  readonly secret: string
  readonly jar: Jar
  readonly lang: string
  /** 0..1, see `VisitRequest`. */
  readonly choice: number
  readonly addresses: Addresses
  /** Origin of the page that holds the frame. */
  readonly platform: string
  at: Standing | null
  /** As whom they have signed in: a personal code. */
  person: string | null
  usedWall: number
  /** Of somebody who has signed in to the platform: until when, epoch ms. */
  readonly untilWall: number | null
  /** Services whose origin they have been let into. */
  readonly entered: Set<string>
}

export interface Ticket {
  readonly visitor: Visitor
  readonly service: string
  readonly path: string
  readonly untilWall: number
}

export interface OpenVisitor {
  readonly served: Served
  readonly seat: SeatInfo
  readonly team: string
  readonly lang: string
  readonly platform: string
  readonly untilWall: number | null
  /** Where a port is for this browser. */
  readonly originAt: (port: number) => string
}

const MOST = 300
const MOST_OF_SEAT = 6
const IDLE_MS = 30 * 60_000
const TICKET_MS = 20_000
const MOST_TICKETS = 2_000

/** Who visits. In memory only: a restart ends all visits. */
export function openVisitors(sites: Sites, now: () => number = Date.now) {
  const key = randomBytes(32)
  const visitors = new Map<string, Visitor>()
  const tickets = new Map<string, Ticket>()

  /** Still in a seat of an exercise that goes on. */
  const holds = ({ served, seat, usedWall, untilWall }: Visitor): boolean => {
    if (untilWall !== null && untilWall <= now()) return false
    const state = served.exercise.engine.state()
    const known = state.seats.find(({ seatId }) => seatId === seat.seatId)
    return standing(served) && known !== undefined && !known.revoked && now() - usedWall < IDLE_MS
  }
  const prune = () => {
    for (const [id, visitor] of visitors) if (!holds(visitor)) visitors.delete(id)
    for (const [name, ticket] of tickets) if (ticket.untilWall <= now()) tickets.delete(name)
  }

  return {
    holds,
    /** Null when all ports are others'. */
    open({ originAt, ...who }: OpenVisitor): Visitor | null {
      prune()
      const { served, seat, team } = who
      const { exercise } = served
      const ports = sites.of(exercise.engine.exerciseId, team, exercise.citizens.services)
      if (!ports) return null
      const theirs = [...visitors.values()].filter(
        (one) => one.served === served && one.seat.seatId === seat.seatId,
      )
      const [oldest] = theirs.toSorted((a, b) => a.usedWall - b.usedWall)
      if (oldest && theirs.length >= MOST_OF_SEAT) visitors.delete(oldest.id)
      if (visitors.size >= MOST) return null
      const visitor: Visitor = {
        ...who,
        id: randomBytes(16).toString('hex'),
        secret: randomBytes(32).toString('base64url'),
        jar: openJar(),
        choice: randomBytes(4).readUInt32BE() / 2 ** 32,
        addresses: openAddresses(
          new Map([...ports].map(([service, port]) => [service, originAt(port)])),
          sites.ports.map(originAt),
        ),
        entered: new Set(),
        at: null,
        person: null,
        usedWall: now(),
      }
      visitors.set(visitor.id, visitor)
      return visitor
    },
    /** One of the seat's own. */
    find(id: string, served: Served, seat: SeatInfo): Visitor | null {
      const visitor = visitors.get(id)
      return visitor && visitor.served === served && visitor.seat.seatId === seat.seatId && holds(visitor)
        ? visitor
        : null
    },
    /** Opens a page of a service once, within seconds. */
    ticket(visitor: Visitor, service: string, path: string): string {
      prune()
      const [oldest] = tickets.keys()
      if (oldest !== undefined && tickets.size >= MOST_TICKETS) tickets.delete(oldest)
      const name = randomBytes(32).toString('base64url')
      tickets.set(name, { visitor, service, path, untilWall: now() + TICKET_MS })
      return name
    },
    take(name: string): Ticket | null {
      const ticket = tickets.get(name)
      tickets.delete(name)
      return ticket && ticket.untilWall > now() && holds(ticket.visitor) ? ticket : null
    },
    /** The same for all visits of a browser to one team, and known to no page: those of one host share their cookies, whatever the port. */
    cookieName: (exerciseId: string, team: string): string =>
      `kilp_${createHmac('sha256', key)
        .update(JSON.stringify([exerciseId, team]))
        .digest('hex')
        .slice(0, 24)}`,
    /** Whose secret it is, of those who visit this team. */
    bySecret(secret: string, exerciseId: string, team: string): Visitor | null {
      const given = Buffer.from(secret)
      for (const visitor of visitors.values()) {
        const known = Buffer.from(visitor.secret)
        if (exerciseOf(visitor) !== exerciseId || visitor.team !== team) continue
        if (known.length !== given.length || !timingSafeEqual(known, given)) continue
        return holds(visitor) ? visitor : null
      }
      return null
    },
  }
}
export type Visitors = ReturnType<typeof openVisitors>

export const exerciseOf = ({ served }: Pick<Visitor, 'served'>): string => served.exercise.engine.exerciseId

/** There are enclaves to be visited. */
export function standing({ exercise }: Served): boolean {
  const { phase } = exercise.engine.state()
  return !exercise.record && (phase === 'ready' || phase === 'running' || phase === 'paused')
}
