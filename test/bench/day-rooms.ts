/**
 * Worker of exercise-day.bench.ts: the rooms of all teams, each on a socket of its own, and the instructor's commands. A thread of its own, so that what clients take
 * is not taken from the server. Times are wall times by the machine's steady clock, which all threads and pages share.
 */

import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { io, type Socket } from 'socket.io-client'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import type {
  ClientToServer,
  CommandReply,
  EventBatch,
  ServerToClient,
  WireCommand,
} from '../../server/exercise/wire/protocol.ts'

export interface RoomsData {
  readonly url: string
  readonly white: string
  readonly blue: readonly { readonly team: string; readonly token: string }[]
}

/** `command` is given by white, or by the room of `team`; then each room is to see an event of this type. */
export interface Ask {
  readonly command: WireCommand
  readonly team: string | null
  readonly sees: string
}

export interface Answer {
  readonly sentAt: number
  /** ms from there until each room had it, in the order of the teams; only the asker's own where the event is its own. */
  readonly ms: readonly number[]
}

type Client = Socket<ServerToClient, ClientToServer>
const now = () => performance.timeOrigin + performance.now()
const data = workerData as RoomsData
const WITHIN_MS = 20_000

const open = (token: string): Client =>
  io(data.url, { transports: ['websocket'], forceNew: true, auth: { token, fold: FOLD_HASH } })

const white = open(data.white)
const rooms = data.blue.map(({ team, token }) => ({ team, client: open(token) }))
/** A room is there when its first beat of the clock has come: it has caught up then. */
await Promise.all(
  [white, ...rooms.map(({ client }) => client)].map((client) => once(client as never, 'clock')),
)

/** When the room has an event of this type that is its team's own, or has no team. */
const seen = (room: (typeof rooms)[number], type: string): Promise<number> =>
  new Promise((resolve) => {
    const look = ({ events }: EventBatch) => {
      const at = now()
      const mine = events.some(
        (event) => event.type === type && (!('team' in event.data) || event.data.team === room.team),
      )
      if (!mine) return
      room.client.off('events', look)
      resolve(at)
    }
    room.client.on('events', look)
  })

async function ask({ command, team, sees }: Ask): Promise<Answer> {
  const watching = rooms.filter((room) => team === null || room.team === team)
  const from = team === null ? white : watching[0]?.client
  if (!from) throw new Error(`no room of ${team}`)
  const all = Promise.all(watching.map((room) => seen(room, sees)))
  const sentAt = now()
  const reply: CommandReply = await from.timeout(WITHIN_MS).emitWithAck('command', command)
  if (!reply.ok) throw new Error(reply.refusal.message)
  const late = sleep(WITHIN_MS, null, { ref: false })
  const times = await Promise.race([all, late])
  if (!times) throw new Error(`${sees} did not come to every room`)
  return { sentAt, ms: times.map((at) => at - sentAt) }
}

parentPort?.on('message', (asked: Ask | null) => {
  if (asked === null) {
    for (const client of [white, ...rooms.map((room) => room.client)]) client.disconnect()
    parentPort?.close()
    return
  }
  ask(asked).then(
    (answer) => parentPort?.postMessage(answer),
    (error) => parentPort?.postMessage({ error: String(error) }),
  )
})
parentPort?.postMessage('ready')
