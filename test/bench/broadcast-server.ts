/**
 * Child process of broadcast.bench.ts: serves the same updates to every viewer, by Kilp's live room (`kilp`) or by plain ws (`ws`).
 * Commands come as lines on stdin: `go N` sends N updates, two a second, and answers with the CPU that it took.
 */

import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { WebSocketServer } from 'ws'
import { openEngine } from '../../server/engine/engine.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { openLive } from '../../server/live/live.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { exercisesOf } from '../kit/exercises-of.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'

const UPDATE_EVERY_MS = 500

async function openKilp() {
  const { log } = openMemoryLog()
  const { range } = openFakeRange()
  const engine = await openEngine({ log, clock: wallClock, exerciseId: 'x' })
  const give = (command: Parameters<typeof engine.submit>[0]) => engine.submit(command, PLATFORM)
  const scenario = { ...smallScenario, durationMs: 3_600_000 }
  await give({
    type: 'create-exercise',
    data: { exerciseId: 'x', scenario, scenarioHash: 'h', seed: 's', teams: smallTeams, speed: 1 },
  })
  await give({ type: 'start-deploy', data: {} })
  for (const { id } of smallTeams)
    await give({
      type: 'report-isolation',
      data: { team: id, checks: [{ name: 'host', target: '10.0.0.1', ok: true, detail: '' }] },
    })
  await give({ type: 'finish-deploy', data: { ms: 1 } })
  await give({ type: 'start-exercise', data: {} })
  const live = await openLive({
    host: '127.0.0.1',
    port: 0,
    webDir: import.meta.dirname,
    exercises: exercisesOf({
      engine,
      terminals: openTerminals(engine, range, () => {}),
      citizens: range.citizens,
      searchLogs: range.searchLogs,
      changes: range.changes,
      sources: null,
      captures: null,
      record: false,
    }),
    store: log,
    log: { warn: () => {} },
  })
  return {
    url: `${live.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    /** A verdict that changes: one event for everybody. */
    update: async (n: number) => {
      const verdict = n % 2 === 0 ? ('down' as const) : ('up' as const)
      const look = { verdict, evidence: null }
      await give({
        type: 'report-check',
        data: { team: 'red', service: 'tax', journey: 'file', results: [look, look] },
      })
    },
  }
}

async function openPlain() {
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
  const address = http.address() as { port: number }
  const text = JSON.stringify([
    'events',
    {
      after: 10,
      cursor: 11,
      events: [
        {
          type: 'verdict.changed',
          version: 1,
          at: 1000,
          wall: Date.now(),
          position: 11,
          data: { team: 'red', service: 'tax', journey: 'file', from: 'up', to: 'down', evidence: null },
        },
      ],
    },
  ])
  return {
    url: `ws://127.0.0.1:${address.port}/`,
    /** The same bytes, framed once for each viewer as a plain loop does; and the clock beat that Kilp sends beside it. */
    update: async () => {
      for (const client of server.clients) client.send(text)
      for (const client of server.clients)
        client.send('["clock",{"exerciseMs":1000,"speed":1,"running":true,"wall":1,"cursor":11}]')
    },
  }
}

const side = process.argv[2] === 'kilp' ? await openKilp() : await openPlain()
process.stdout.write(`${JSON.stringify({ url: side.url })}\n`)
let n = 0
createInterface({ input: process.stdin }).on('line', async (line) => {
  const count = Number(line.split(' ')[1])
  const before = process.cpuUsage()
  for (let i = 0; i < count; i++) {
    await side.update(n++)
    await wallClock.sleep(UPDATE_EVERY_MS)
  }
  const { user, system } = process.cpuUsage(before)
  process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000 })}\n`)
})
