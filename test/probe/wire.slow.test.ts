import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { lineOf } from '../kit/probe-line.ts'
import { get, reply, serve } from './probe-here.ts'

const MAIN = join(import.meta.dirname, '../../infra/probe/src/main.ts')
const children: ChildProcess[] = []

/** The probe as the container runs it: a process of its own on stdin and stdout. */
function start() {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, KILP_NETWORKS: '127.0.0.0/8', KILP_SEED: 'test', KILP_ADDRESSES: '' },
  })
  children.push(child)
  return { child, line: lineOf(child) }
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

describe('the wire', () => {
  test('says that it is ready, answers pings, and lives through lines that are no messages', async () => {
    const { line } = start()
    expect(await line.ready).toEqual({ addresses: [] })
    line.write(
      '\n{"half":\nnull\n[]\n7\n"x"\n{"id":3,"script":{}}\n{"cancel":"nobody"}\n{"id":"9","execResult":{}}\n',
    )
    expect(await line.ping(7)).toBe(7)
    const broken = await line.run({ script: { steps: [{}, null] as never } })
    expect(broken).toMatchObject({ outcome: 'fault', verdict: 'unknown' })
    expect(await line.run({ script: { steps: 7 as never } })).toMatchObject({
      outcome: 'fault',
      verdict: 'unknown',
    })
    expect(await line.ping(8)).toBe(8)
  })

  test('runs 64 scripts at a time and the rest after them', async () => {
    const { line } = start()
    await line.ready
    let now = 0
    let most = 0
    const server = await serve((_, response) => {
      now += 1
      most = Math.max(most, now)
      setTimeout(() => {
        now -= 1
        reply(response, 200, 'ok')
      }, 100)
    })
    const runs = Array.from({ length: 150 }, () => line.run({ script: { steps: [get(server.url)] } }))
    const results = await Promise.all(runs)
    await server.close()
    expect(results.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
    expect(most).toBe(64)
  })

  test.each([
    ['stops a run that is cancelled, also one that waits for a command', ['waits', 'asks']],
    ['stops all that is under way when the platform has attached anew', ['*']],
  ] as const)('%s', async (_, cancelled) => {
    const { line } = start()
    await line.ready
    const exec = { service: 'tax', command: ['true'], env: {}, user: 'root' }
    const waits = line.run({ script: { steps: [{ waitMs: 9_000, deadlineMs: 9_000 }] } }, { id: 'waits' })
    const asks = line.run(
      { script: { steps: [{ exec, deadlineMs: 9_000 }] } },
      { id: 'asks', onExec: () => new Promise(() => {}) },
    )
    await line.ping(1)
    const since = performance.now()
    for (const id of cancelled) line.cancel(id)
    expect(await waits).toMatchObject({ outcome: 'fault', evidence: { received: 'cancelled' } })
    expect(await asks).toMatchObject({ outcome: 'fault' })
    expect(performance.now() - since).toBeLessThan(6_000)
  })

  test('is not held up by an expression that a page drives into backtracking', async () => {
    const { line } = start()
    await line.ready
    const server = await serve((_, response) => reply(response, 200, `${'a'.repeat(40)}!`))
    const since = performance.now()
    const step = get(server.url, { expect: { regex: '^(a+)+$' } })
    const [result] = await Promise.all([line.run({ script: { steps: [step] } }), line.ping(5)])
    await server.close()
    expect(result).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(performance.now() - since).toBeLessThan(10_000)
  })

  test('asks again over a new connection when the service has closed the kept one', async () => {
    const { line } = start()
    await line.ready
    const server = await serve((request, response) => {
      reply(response, 200, 'ok')
      // Says nothing of it: the next request finds a closed connection.
      if (request.url === '/last') setTimeout(() => request.socket.destroy(), 5)
    })
    for (let i = 0; i < 20; i++) {
      const steps = [get(`${server.url}/last`), { waitMs: 4, deadlineMs: 1_000 }, get(server.url)]
      expect(await line.run({ script: { steps } })).toMatchObject({ outcome: 'pass' })
    }
    await server.close()
  })

  test('ends with its input', async () => {
    const { child, line } = start()
    await line.ready
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
