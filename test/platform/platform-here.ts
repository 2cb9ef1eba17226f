import { join } from 'node:path'
import { io } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import type { ExerciseRegistry } from '../../server/engine/platform/exercises.ts'
import type { OpenExercise } from '../../server/engine/platform/open-exercise.ts'
import type { Wanted } from '../../server/engine/platform/take-up.ts'
import type { LoadedScenario } from '../../server/engine/ports/loaded-scenario.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import type { Takeaway } from '../../server/engine/ports/takeaway.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { PublicExercise } from '../../server/exercise/views/public-exercise.ts'
import type { ExerciseSummary, SocketAuth } from '../../server/exercise/wire/protocol.ts'
import type { JoinLink } from '../../server/live/seats.ts'
import { type Platform, type RunOptions, runPlatform } from '../../server/main.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { openFakeRangeHost } from '../kit/fake-range-host.ts'
import type { Client } from '../live/fixture.ts'
import { ROOT } from './kilp-process.ts'

export const KEY = 'the-operator-key-of-this-test'
export const SMALL = join(ROOT, 'scenarios/first-watch')
/** It is long to read, and does not change meanwhile. */
let small: Promise<LoadedScenario> | null = null

export interface PlatformHere {
  /** It was started for an exercise, unless for none with `home`. */
  readonly platform: Omit<Platform, 'current' | 'exercises'> & {
    readonly current: OpenExercise
    readonly exercises: ExerciseRegistry & { readonly current: string }
  }
  readonly ranges: ReturnType<typeof openFakeRangeHost>
  readonly told: readonly string[]
  readonly faults: readonly string[]
  list(): Promise<readonly ExerciseSummary[]>
  exercise(id: string): Promise<PublicExercise>
  /** Opens one more over the interface. */
  open(body: object, key?: string): Promise<Response>
  close(id: string, end?: boolean): Promise<Response>
  links(id: string): Promise<readonly JoinLink[]>
  token(id: string, seat: string, team?: string): Promise<string>
  fetch(path: string, token?: string, init?: RequestInit): Promise<Response>
  join(auth?: SocketAuth): Client
  ledger(id: string): Promise<readonly Recorded[]>
}

const smallLoaded = () => {
  small ??= loadScenario(SMALL, { teams: 1 })
  return small
}

/** The platform as `kilp up` starts it, with the real engine and web server, on a ledger in memory and ranges of switches. Closed when the test ends. */
export async function startHere(
  store: EventLog,
  {
    carries,
    takeaway,
    home = false,
    place = { folder: SMALL, packs: [] },
    speed = 1,
    autostart = true,
    fresh = false,
    insist = false,
    ...options
  }: Partial<Omit<RunOptions, 'wanted'> & Omit<Wanted, 'loaded'>> & {
    readonly carries?: number
    readonly takeaway?: Takeaway
    /** For no exercise. */
    readonly home?: boolean
  } = {},
): Promise<PlatformHere> {
  const ranges = openFakeRangeHost()
  if (carries !== undefined) ranges.carry(carries)
  const told: string[] = []
  const faults: string[] = []
  const platform = await runPlatform(
    { store, ranges: ranges.host, ...(takeaway && { takeaway }) },
    {
      host: '127.0.0.1',
      port: 0,
      web: '/nowhere',
      wanted: home
        ? null
        : {
            loaded: await (place.folder === SMALL ? smallLoaded() : loadScenario(place.folder, { teams: 1 })),
            ...{ place, speed, autostart, fresh, insist },
          },
      shelf: () => [place],
      operatorKey: KEY,
      dumpKey: 'd'.repeat(43),
      log: { info: () => {}, warn: (fields, message) => faults.push(`${message} ${JSON.stringify(fields)}`) },
      tell: { line: (text) => told.push(text), progress: () => {}, event: () => {} },
      ...options,
    },
  )
  const clients: Client[] = []
  onTestFinished(async () => {
    for (const client of clients) client.disconnect()
    await platform.close()
  })
  await platform.current?.deployed
  const ask = (path: string, token?: string, init: RequestInit = {}) =>
    fetch(`${platform.url}${path}`, {
      ...init,
      headers: {
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    })
  const post = (path: string, body: object, token: string) =>
    ask(path, token, { method: 'POST', body: JSON.stringify(body) })
  const read = async <T>(path: string, token?: string) => (await (await ask(path, token)).json()) as T
  const links = async (id: string) =>
    (await read<{ seats: JoinLink[] }>(`/api/exercises/${id}/seats`, KEY)).seats
  return {
    platform: platform as PlatformHere['platform'],
    ranges,
    told,
    faults,
    fetch: ask,
    links,
    list: async () => (await read<{ exercises: ExerciseSummary[] }>('/api/exercises')).exercises,
    exercise: (id) => read(`/api/exercises/${id}`),
    open: (body, key = KEY) => post('/api/exercises', body, key),
    close: (id, end = false) => post(`/api/exercises/${id}/close`, { end }, KEY),
    async token(id, seat, team) {
      const found = (await links(id)).find((link) => link.seat === seat && (!team || link.team === team))
      if (!found) throw new Error(`${id} has no seat ${seat} ${team ?? ''}`)
      return found.token
    },
    join(auth = {}) {
      const client: Client = io(platform.url, {
        transports: ['websocket'],
        forceNew: true,
        reconnectionDelay: 50,
        auth: { ...auth },
      })
      clients.push(client)
      return client
    },
    async ledger(id) {
      const exercise = await platform.exercises.find(id)
      return exercise ? exercise.engine.events(0, 100_000) : []
    },
  }
}
