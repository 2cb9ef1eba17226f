import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'

const VIEWERS = 2_000
const UPDATES = 10
const ROUNDS = 3

interface Side {
  readonly child: ChildProcess
  readonly sockets: readonly WebSocket[]
  received(): number
  cpu(updates: number): Promise<number>
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0

async function openSide(kind: 'kilp' | 'ws'): Promise<Side> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'broadcast-server.ts'), kind], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers: ((line: Record<string, unknown>) => void)[] = []
  createInterface({ input: child.stdout }).on('line', (line) => answers.shift()?.(JSON.parse(line)))
  const answer = () => new Promise<Record<string, unknown>>((got) => answers.push(got))
  const { url } = await answer()
  let received = 0
  const open = (): Promise<WebSocket> =>
    new Promise((ready, fail) => {
      const socket = new WebSocket(String(url), { perMessageDeflate: false })
      socket.on('error', fail)
      if (kind === 'ws') socket.on('open', () => ready(socket))
      socket.on('message', (data) => {
        const text = data.toString()
        // engine.io: 0 is the handshake, 2 a ping; socket.io: 40 joins, 42 carries an event.
        if (text[0] === '0') socket.send('40{}')
        else if (text === '2') socket.send('3')
        else if (text.startsWith('42["welcome"')) ready(socket)
        else received += text.split('"verdict.changed"').length - 1
      })
    })
  const sockets: WebSocket[] = []
  for (let i = 0; i < VIEWERS; i += 50) sockets.push(...(await Promise.all(Array.from({ length: 50 }, open))))
  return {
    child,
    sockets,
    received: () => received,
    async cpu(updates) {
      const got = answer()
      child.stdin?.write(`go ${updates}\n`)
      return Number((await got).cpuMs)
    },
  }
}

/** Server CPU of updates to 2,000 viewers, two a second: Kilp's live room beside a plain ws loop with the same messages. */
export async function bench() {
  const sides = { kilp: await openSide('kilp'), ws: await openSide('ws') }
  const cpu: { kilp: number[]; ws: number[] } = { kilp: [], ws: [] }
  for (const kind of ['kilp', 'ws'] as const) await sides[kind].cpu(2)
  for (let round = 0; round < ROUNDS; round++)
    for (const kind of ['kilp', 'ws'] as const) cpu[kind].push((await sides[kind].cpu(UPDATES)) / UPDATES)
  const due = VIEWERS * (2 + ROUNDS * UPDATES)
  const arrived = sides.kilp.received() / due
  for (const { child, sockets } of Object.values(sides)) {
    for (const socket of sockets) socket.terminate()
    child.kill()
  }
  const [kilp, ws] = [median(cpu.kilp), median(cpu.ws)]
  return {
    name: `Broadcast to ${VIEWERS} viewers, two updates a second`,
    rows: [
      {
        what: 'CPU per update, events and clock (aim: at most 1.5x)',
        value: kilp,
        unit: 'ms',
        against: `${ws.toFixed(1)} ms with plain ws`,
        ratio: kilp / ws,
      },
      { what: 'events that arrived', value: arrived * 100, unit: '%' },
    ],
  }
}
