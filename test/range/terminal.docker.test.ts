import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range, TerminalStream } from '../../server/engine/ports/ports.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { clearUp, engine, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const exerciseId = `tt${process.pid}`
let docker: ContainerEngine
let range: Range

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, fixtureSpec())
  await range.deploy(
    ['est'],
    () => {},
    () => {},
  )
})
afterAll(async () => {
  await range.destroy()
  await clearUp(docker)
})

async function open(cols = 90, rows = 25) {
  const terminal = await range.openTerminal('est', 'desk', { cols, rows })
  const seen = { text: '', bytes: 0, closed: '' }
  terminal.onData((chunk) => {
    seen.bytes += chunk.length
    seen.text = (seen.text + chunk.toString()).slice(-20_000)
  })
  terminal.onClose((reason) => {
    seen.closed = reason
  })
  const says = (text: string, ms = 30_000) => until(ms, () => (seen.text.includes(text) ? true : undefined))
  await says('# ')
  return { terminal, seen, says }
}

const stillRuns = async (what: string) => {
  const command = ['pgrep', '-x', what]
  return (
    (await execIn(docker, { container: `kilp-${exerciseId}-est-desk`, command, deadlineMs: 5_000 }))
      .exitCode === 0
  )
}
const close = (terminal: TerminalStream) => terminal.close()

describe('a terminal', () => {
  test('is a root shell in the service’s sources that echoes and answers', async () => {
    const { terminal, says } = await open()
    terminal.write('echo $((6*7))-$(id -un)-$(pwd)\r')
    expect(await says('42-root-/srv/app')).toBe(true)
    close(terminal)
  })
  test('has the size that was asked for, and follows a resize', async () => {
    const { terminal, says } = await open(91, 26)
    terminal.write('stty size\r')
    expect(await says('26 91')).toBe(true)
    terminal.resize(133, 44)
    await new Promise((wake) => setTimeout(wake, 200))
    terminal.write('stty size\r')
    expect(await says('44 133')).toBe(true)
    close(terminal)
  })
  test('tells when the shell ends', async () => {
    const { terminal, seen } = await open()
    terminal.write('exit\r')
    expect(await until(30_000, () => seen.closed || undefined)).toBe('the shell ended')
    terminal.write('nobody reads this\r')
  })
  test('ends what runs in it when it is closed', async () => {
    const { terminal, says } = await open()
    terminal.write('echo ready; sleep 7777\r')
    await says('ready')
    expect(await until(30_000, async () => ((await stillRuns('sleep')) ? true : undefined))).toBe(true)
    close(terminal)
    expect(await until(30_000, async () => ((await stillRuns('sleep')) ? undefined : true))).toBe(true)
  })
  test('holds a flood back while it is paused, and goes on after', async () => {
    const { terminal, seen } = await open()
    terminal.write('yes kilp kilp kilp kilp kilp\r')
    await until(30_000, () => (seen.bytes > 100_000 ? true : undefined))
    terminal.pause()
    await new Promise((wake) => setTimeout(wake, 500))
    const before = { bytes: seen.bytes, memory: process.memoryUsage().rss }
    await new Promise((wake) => setTimeout(wake, 2_000))
    expect(seen.bytes).toBe(before.bytes)
    expect(process.memoryUsage().rss - before.memory).toBeLessThan(40 * 1024 * 1024)
    terminal.resume()
    expect(await until(30_000, () => (seen.bytes > before.bytes + 100_000 ? true : undefined))).toBe(true)
    terminal.write('\x03')
    const { seen: other, terminal: second } = await open()
    second.write('echo still-$((1+1))-here\r')
    expect(await until(30_000, () => (other.text.includes('still-2-here') ? true : undefined))).toBe(true)
    close(second)
    close(terminal)
    expect(await until(30_000, async () => ((await stillRuns('yes')) ? undefined : true))).toBe(true)
  })
  test('to a service that is not there, or is stopped, is refused', async () => {
    await expect(range.openTerminal('est', 'nothing', { cols: 80, rows: 24 })).rejects.toThrow(
      'no service "nothing"',
    )
    await expect(range.openTerminal('est', 'probe', { cols: 80, rows: 24 })).rejects.toThrow(
      'no service "probe"',
    )
    await docker.getContainer(`kilp-${exerciseId}-est-store`).stop({ t: 1 })
    await expect(range.openTerminal('est', 'store', { cols: 80, rows: 24 })).rejects.toThrow(/not running/)
  })
})
