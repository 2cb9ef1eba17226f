import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get as httpGet } from 'node:http'
import { openAppWorkers } from '../../infra/probe/src/app-workers.ts'
import { parseNetwork } from '../../infra/probe/src/networks.ts'
import { populationOf } from '../../infra/probe/src/people.ts'
import { runScript } from '../../infra/probe/src/run.ts'

const ROUNDS = 9
const CHECKS = 400
/** A page as a service's light check reads it: 4 KiB. In a process of its own, so that its work is not counted. */
const SERVER = `
const page = '<h1>Tax</h1>' + '<p>line</p>'.repeat(370)
const server = require('http').createServer((q, r) => r.end(page)).listen(0, '127.0.0.1', () => process.send(server.address().port))
`

/** CPU time that `work` costs this process, in ms. */
async function cpu(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** CPU of the probe for one HTTP check with its evidence, beside a plain `http.get` of the same page in the same run. */
export async function bench(): Promise<{
  name: string
  rows: { what: string; value: number; unit: string; against?: string; ratio?: number }[]
}> {
  const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [port] = (await once(server, 'message')) as [number]
  const url = `http://127.0.0.1:${port}/`
  const place = {
    reach: { networks: [parseNetwork('127.0.0.0/8')], addresses: [] },
    population: populationOf('bench'),
    nationSeed: 'bench',
    apps: openAppWorkers({ nationSeed: 'bench', cardAuthority: '' }),
    cardAuthority: '',
  }
  const script = {
    steps: [
      {
        http: { method: 'GET', url },
        redirects: 0,
        deadlineMs: 5_000,
        expect: { status: [200], text: ['<h1>Tax</h1>'], regex: '</p>$' },
      },
    ],
    slowAfterMs: 2_000,
    deadlineMs: 5_000,
  }
  const noExec = () => Promise.reject(new Error('no commands here'))
  const never = new AbortController().signal
  let _bytes = 0
  const check = async (seed: string) => {
    // As on the wire: the request comes as text and the answer leaves as text.
    const request = JSON.parse(JSON.stringify({ script, vars: {}, memory: {}, seed }))
    const answer = await runScript(request, place, noExec, never)
    if (answer.outcome !== 'pass') throw new Error(JSON.stringify(answer))
    _bytes += JSON.stringify(answer).length
  }
  const agent = new Agent({ keepAlive: true })
  const plain = () =>
    new Promise<void>((resolve, reject) => {
      httpGet(url, { agent }, (response) => {
        response.on('data', (chunk: Buffer) => {
          _bytes += chunk.length
        })
        response.on('end', resolve)
      }).on('error', reject)
    })
  const probe: number[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const checks = async () => {
      for (let i = 0; i < CHECKS; i++) await check(`${round}/${i}`)
    }
    const gets = async () => {
      for (let i = 0; i < CHECKS; i++) await plain()
    }
    const inTurn = round % 2 ? [probe, bare] : [bare, probe]
    for (const into of inTurn) into.push((await cpu(into === probe ? checks : gets)) / CHECKS)
  }
  server.kill()
  agent.destroy()
  const [ours, theirs] = [median(probe), median(bare)]
  return {
    name: 'probe: CPU of one HTTP check',
    rows: [
      {
        what: 'check with evidence',
        value: ours,
        unit: 'ms',
        against: 'plain http.get',
        ratio: ours / theirs,
      },
      { what: 'plain http.get', value: theirs, unit: 'ms' },
    ],
  }
}
