import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import { openCaptures } from '../../server/engine/captures.ts'
import { openCasts } from '../../server/engine/casts.ts'
import { type AskedCommand, type Engine, openEngine } from '../../server/engine/engine.ts'
import { type Citizens, NO_CITIZENS } from '../../server/engine/ports/citizens.ts'
import type { LogPage, LogSearch } from '../../server/engine/ports/log-search.ts'
import type { EventLog, Range } from '../../server/engine/ports/ports.ts'
import { openSources, type Place } from '../../server/engine/sources.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { type Actor, PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import type {
  ClientToServer,
  EventBatch,
  SeatInfo,
  ServerToClient,
  SocketAuth,
} from '../../server/exercise/wire/protocol.ts'
import type { LooksSince } from '../../server/exercise/wire/sources.ts'
import { type Live, type LiveOptions, openLive } from '../../server/live/live.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { blue, white } from '../kit/actors.ts'
import { exercisesOf } from '../kit/exercises-of.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'

export const EXERCISE = 'ex-1'
export const SEAT_IDS = ['white', 'blue-red', 'blue-sea', 'observer', 'guest'] as const
export type SeatId = (typeof SEAT_IDS)[number]

export type Client = Socket<ServerToClient, ClientToServer>

export interface World {
  readonly engine: Engine
  readonly live: Live
  readonly store: EventLog
  readonly faults: string[]
  give(command: AskedCommand, by?: Actor): Promise<void>
  token(seat: SeatId): string
  /** A socket.io client; connects at once. Closed when the test ends. */
  join(auth?: SocketAuth, headers?: Record<string, string>): Client
  fetch(path: string, seat?: SeatId, init?: RequestInit): Promise<Response>
}

/** A running exercise of two teams, served on a free port, with the real engine and core behind it. */
export async function openWorld(
  options: {
    range?: Range
    live?: Partial<LiveOptions>
    store?: EventLog
    scenario?: Scenario
    citizens?: Citizens
    looks?: (place: Place) => LooksSince
    logs?: (team: string, search: LogSearch) => Promise<LogPage | null>
    /** What live gets of the engine. */
    shown?: (engine: Engine) => Engine
  } = {},
): Promise<World> {
  const store = options.store ?? openMemoryLog().log
  const engine = await openEngine({ log: store, clock: wallClock, exerciseId: EXERCISE })
  const give = async (command: AskedCommand, by: Actor = PLATFORM) => {
    const result = await engine.submit(command, by)
    if (!result.ok) throw new Error(`${command.type}: ${result.refusal.message}`)
  }
  if (engine.state().exerciseId === '') await setUp(give, options.scenario ?? smallScenario)
  const folder = mkdtempSync(join(tmpdir(), 'kilp-live-'))
  const webDir = join(folder, 'web')
  mkdirSync(join(webDir, 'assets'), { recursive: true })
  writeFileSync(join(webDir, 'index.html'), '<!doctype html><title>Kilp</title>')
  writeFileSync(join(webDir, 'assets/app-1a2b3c.js'), 'export {}')
  const faults: string[] = []
  const range = options.range ?? openFakeRange().range
  const casts = openCasts({ engine, log: store, clock: wallClock, fault: (what) => faults.push(what) })
  const terminals = openTerminals(engine, range, (what) => faults.push(what), casts)
  const live = await openLive({
    host: '127.0.0.1',
    port: 0,
    webDir,
    exercises: exercisesOf({
      engine: options.shown?.(engine) ?? engine,
      terminals,
      citizens: options.citizens ?? NO_CITIZENS,
      searchLogs: options.logs ?? (async () => null),
      captures: openCaptures(engine, range, (what) => faults.push(what)),
      sources: openSources(
        engine,
        range,
        options.looks ?? (() => ({ askedMs: null, journeys: [], attacks: [] })),
      ),
      changes: async () => '--- a/main.ts\n+++ b/main.ts\n',
      record: false,
    }),
    store,
    log: { warn: (fields, message) => faults.push(`${message} ${JSON.stringify(fields)}`) },
    gatherMs: 20,
    ...options.live,
  })
  const clients: Client[] = []
  onTestFinished(async () => {
    for (const client of clients) client.disconnect()
    await live.close()
    await casts.close()
    rmSync(folder, { recursive: true })
  })
  const links = await live.seatLinks()
  const token = (seat: SeatId) => {
    const link = links.find(({ seatId }) => seatId === seat)
    if (!link) throw new Error(`no link for ${seat}`)
    return link.token
  }
  return {
    engine,
    live,
    store,
    faults,
    give,
    token,
    join(auth = {}, extraHeaders = {}) {
      const client: Client = io(live.url, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth: { ...auth },
        extraHeaders,
      })
      clients.push(client)
      return client
    },
    fetch: (path, seat, init = {}) =>
      fetch(`${live.url}${path}`, {
        ...init,
        headers: { ...init.headers, ...(seat ? { authorization: `Bearer ${token(seat)}` } : {}) },
      }),
  }
}

async function setUp(give: World['give'], scenario: Scenario): Promise<void> {
  await give({
    type: 'create-exercise',
    data: {
      exerciseId: EXERCISE,
      scenario,
      scenarioHash: 'hash',
      seed: 'seed',
      teams: smallTeams,
      speed: 1,
    },
  })
  const seats: readonly SeatInfo[] = [
    { seatId: 'white', seat: 'white', team: null, label: 'Instructor' },
    { seatId: 'blue-red', seat: 'blue', team: 'red', label: 'Red' },
    { seatId: 'blue-sea', seat: 'blue', team: 'sea', label: 'Sea' },
    { seatId: 'observer', seat: 'observer', team: null, label: 'Observer' },
    { seatId: 'guest', seat: 'guest', team: null, label: 'Guest' },
  ]
  for (const seat of seats) await give({ type: 'issue-seat', data: seat })
  await give({ type: 'start-deploy', data: {} })
  for (const { id } of smallTeams)
    await give({
      type: 'report-isolation',
      data: { team: id, checks: [{ name: 'host', target: '10.0.0.1', ok: true, detail: '' }] },
    })
  await give({ type: 'finish-deploy', data: { ms: 1 } })
  await give({ type: 'start-exercise', data: {} })
}

/** One thing of every secrecy: evidence, an attack, a hint, a terminal, a note. */
export async function stir(world: World, rounds: number): Promise<void> {
  const evidence = { step: '1', sent: 'GET /secret-path', received: 'no', expected: '200', ms: 3 }
  for (let round = 0; round < rounds; round += 1) {
    const verdict = round % 2 === 0 ? 'broken' : 'up'
    const look = { verdict, evidence: verdict === 'up' ? null : evidence } as const
    await world.give({
      type: 'report-check',
      data: { team: 'red', service: 'tax', journey: 'file', results: [look, look] },
    })
    await world.give({ type: 'add-note', data: { text: `white only ${round}` } }, white())
    const terminal = `t-${round}-${Math.random()}`
    await world.give(
      { type: 'open-terminal', data: { team: 'sea', service: 'tax', terminal } },
      blue('blue-sea'),
    )
    await world.give(
      { type: 'close-terminal', data: { team: 'sea', terminal, reason: 'closed' } },
      blue('blue-sea'),
    )
  }
}

/** Collects what a client receives, as a client must: only batches that go on from its cursor, without a gap or overlap. */
export function follow(client: Client, cursor = 0) {
  const events: Recorded[] = []
  const trouble: string[] = []
  const box = { cursor, events, trouble }
  client.on('events', (batch: EventBatch) => {
    if (batch.after !== box.cursor) trouble.push(`after ${batch.after} at cursor ${box.cursor}`)
    for (const event of batch.events)
      if (event.position <= box.cursor || event.position > batch.cursor)
        trouble.push(`event ${event.position} in ${batch.after}..${batch.cursor}`)
    events.push(...batch.events)
    box.cursor = batch.cursor
  })
  return box
}

export const connected = (client: Client): Promise<unknown> => once(client as never, 'welcome')

const typedInto = new Map<string, number>()

/** Types into a terminal as a page does, going on from what was typed through here before. */
export function typeInto(client: Client, terminal: string, text: string): void {
  const at = typedInto.get(terminal) ?? 0
  typedInto.set(terminal, at + text.length)
  client.emit('terminal-input', terminal, text, at, () => undefined)
}

/** The refusal with which a connection was turned away. */
export function refusedBy(client: Client): Promise<{ code: string; message: string }> {
  return new Promise((resolve, reject) => {
    client.on('connect', () => reject(new Error('was let in')))
    client.on('connect_error', (error) => {
      resolve(
        'data' in error
          ? (error.data as { code: string; message: string })
          : { code: 'none', message: String(error) },
      )
    })
  })
}
