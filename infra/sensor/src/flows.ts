import type { End, Packet } from './packet.ts'
import { type Heard, hear, newTalk, type Talk, unanswered } from './talk.ts'

/** `midway`: its beginning was not heard. `given up`: there were too many at once. */
export type FlowState = 'closed' | 'refused' | 'reset' | 'no answer' | 'open' | 'idle' | 'midway' | 'given up'

export interface FlowRecord {
  readonly kind: 'flow'
  readonly proto: 'tcp' | 'udp'
  readonly state: FlowState
  readonly startMs: number
  readonly lastMs: number
  /** Bytes and packets of the one who began it, and of the other. */
  readonly sent: number
  readonly received: number
  readonly packetsSent: number
  readonly packetsReceived: number
}

/** What the sensor tells: of a whole flow, or of what was said in it. */
export type Told = { readonly client: End; readonly server: End } & (FlowRecord | Heard)

interface Flow {
  readonly proto: 'tcp' | 'udp'
  readonly client: End
  readonly server: End
  readonly startMs: number
  readonly begun: boolean
  readonly talk: Talk | null
  lastMs: number
  toldMs: number
  sent: number
  received: number
  packetsSent: number
  packetsReceived: number
  answered: boolean
  clientEnded: boolean
  serverEnded: boolean
  reset: boolean
}

export interface FlowBounds {
  /** Flows that are followed at once. */
  readonly most: number
}

/** An end is told a moment later, for the last packets of a flow. */
const LINGER_MS = 500
const ATTEMPT_MS = 6_000
const UDP_IDLE_MS = 30_000
const TCP_IDLE_MS = 600_000
/** A request that nobody has answered is told by then. */
const UNANSWERED_MS = 15_000
/** One that lasts is told of early, and then now and then. */
const FIRST_TOLD_MS = 60_000
const TOLD_EVERY_MS = 300_000

/** Follows flows. Pure but for what it remembers: time comes with packets and with each `sweep`. */
export function openFlows(tell: (told: Told) => void, { most }: FlowBounds) {
  const flows = new Map<string, Flow>()
  const say = (flow: Flow, what: FlowRecord | Heard) =>
    tell({ client: flow.client, server: flow.server, ...what })
  const end = (key: string, flow: Flow, state: FlowState) => {
    flows.delete(key)
    if (flow.talk) for (const left of unanswered(flow.talk, flow.lastMs)) say(flow, left)
    say(flow, recordOf(flow, state))
  }
  const begin = (key: string, packet: Packet, atMs: number): Flow => {
    const [oldest] = flows.size >= most ? flows : []
    if (oldest) end(oldest[0], oldest[1], 'given up')
    const flow = newFlow(packet, atMs)
    flows.set(key, flow)
    return flow
  }
  return {
    size: () => flows.size,
    take(packet: Packet, atMs: number): void {
      const key = keyOf(packet)
      const known = flows.get(key)
      const anew = packet.flags.syn && !packet.flags.ack
      // The same ports once more: the one before is over.
      if (known && anew && (isOver(known) || known.answered)) end(key, known, stateOf(known))
      const flow = flows.get(key) ?? begin(key, packet, atMs)
      const fromClient = same(packet.from, flow.client)
      count(flow, packet, fromClient, atMs)
      if (flow.talk) for (const heard of hear(flow.talk, packet, fromClient, atMs)) say(flow, heard)
    },
    sweep(atMs: number): void {
      for (const [key, flow] of flows) {
        const idle = atMs - flow.lastMs
        if (isOver(flow) && idle >= LINGER_MS) end(key, flow, stateOf(flow))
        else if (idle >= patienceWith(flow))
          end(key, flow, flow.begun && flow.answered ? 'idle' : stateOf(flow))
        else if (atMs - flow.toldMs >= (flow.toldMs === flow.startMs ? FIRST_TOLD_MS : TOLD_EVERY_MS)) {
          flow.toldMs = atMs
          say(flow, recordOf(flow, 'open'))
        } else if (flow.talk && idle >= UNANSWERED_MS)
          for (const left of unanswered(flow.talk, atMs)) say(flow, left)
      }
    },
  }
}

function newFlow(packet: Packet, atMs: number): Flow {
  const { proto, from, to, flags } = packet
  // Who answers a beginning is the server; of what was under way it is the lower port.
  const backwards = flags.syn ? flags.ack : proto === 'tcp' && from.port < to.port
  return {
    proto,
    client: backwards ? to : from,
    server: backwards ? from : to,
    startMs: atMs,
    begun: proto === 'udp' || flags.syn,
    talk: proto === 'tcp' ? newTalk() : null,
    lastMs: atMs,
    toldMs: atMs,
    sent: 0,
    received: 0,
    packetsSent: 0,
    packetsReceived: 0,
    answered: false,
    clientEnded: false,
    serverEnded: false,
    reset: false,
  }
}

function count(flow: Flow, { bytes, flags }: Packet, fromClient: boolean, atMs: number): void {
  flow.lastMs = atMs
  if (fromClient) {
    flow.sent += bytes
    flow.packetsSent += 1
    if (flags.fin) flow.clientEnded = true
  } else {
    flow.received += bytes
    flow.packetsReceived += 1
    if (flags.fin) flow.serverEnded = true
    if (!flags.rst) flow.answered = true
  }
  if (flags.rst) flow.reset = true
}

const isOver = ({ reset, clientEnded, serverEnded }: Flow): boolean => reset || (clientEnded && serverEnded)

function stateOf(flow: Flow): FlowState {
  if (!flow.begun) return 'midway'
  if (flow.reset && !flow.answered && flow.packetsReceived > 0) return 'refused'
  // Clients may end with a reset what both have closed.
  if (flow.clientEnded && flow.serverEnded) return 'closed'
  if (flow.reset) return 'reset'
  return flow.answered ? 'open' : 'no answer'
}

function patienceWith(flow: Flow): number {
  if (flow.proto === 'udp') return UDP_IDLE_MS
  return flow.answered || !flow.begun ? TCP_IDLE_MS : ATTEMPT_MS
}

function recordOf(flow: Flow, state: FlowState): FlowRecord {
  const { proto, startMs, lastMs, sent, received, packetsSent, packetsReceived } = flow
  return { kind: 'flow', proto, state, startMs, lastMs, sent, received, packetsSent, packetsReceived }
}

const same = (one: End, other: End): boolean => one.port === other.port && one.address === other.address

/** The same for both directions. */
function keyOf({ proto, from, to }: Packet): string {
  const [one, other] = [`${from.address}:${from.port}`, `${to.address}:${to.port}`]
  return one < other ? `${proto} ${one} ${other}` : `${proto} ${other} ${one}`
}
