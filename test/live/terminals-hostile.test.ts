import { expect, test } from 'vitest'
import type { TerminalAccess } from '../../server/exercise/ledger/terminal-events.ts'
import { type Client, EXERCISE, openWorld, type SeatId, type World } from './fixture.ts'

const SIZE = { service: 'tax', cols: 80, rows: 24 }
const enter = (world: World, name: string, seat: SeatId = 'blue-red') =>
  world.join({ token: world.token(seat), person: { name, role: null } })
const open = (client: Client, again: { terminal?: string; key?: string } = {}) =>
  client.timeout(3_000).emitWithAck('terminal-open', { ...SIZE, ...again })
const share = (client: Client, terminal: string, access: TerminalAccess) =>
  client.timeout(3_000).emitWithAck('terminal-share', terminal, access)
const GONE = { ok: false, refusal: { code: 'no-such-terminal' } }

test('who has the same seat takes over nobody’s terminal: it opens to them as far as it is shared', async () => {
  const world = await openWorld()
  const anna = enter(world, 'Anna')
  const moved: string[] = []
  anna.on('terminal-closed', (_, reason) => moved.push(reason))
  const { terminal = '', key = '' } = await open(anna)
  const peeter = enter(world, 'Peeter')
  for (const guess of [{}, { key: 'x' }, { key: terminal }])
    expect(await open(peeter, { terminal, ...guess })).toMatchObject(GONE)
  expect(await peeter.timeout(3_000).emitWithAck('terminal-input', terminal, 'rm\n', 0)).toBeNull()
  expect(await share(peeter, terminal, 'write')).toMatchObject(GONE)
  expect(await share(anna, terminal, 'write')).toEqual({ ok: true })
  // Not to be had by those who may look and type there either, nor by another seat that knows it.
  expect(await open(peeter, { terminal })).toMatchObject(GONE)
  expect(await open(enter(world, 'Spy', 'blue-sea'), { terminal, key })).toMatchObject(GONE)
  expect(moved).toEqual([])
  // The key is in nothing that a team, or anybody, reads.
  expect(key.length).toBeGreaterThan(30)
  expect(JSON.stringify(await world.store.read(EXERCISE, 0, 10_000))).not.toContain(key)
  const again = enter(world, 'Anna')
  const joined = await open(again, { terminal, key })
  expect(joined).toMatchObject({ ok: true, terminal })
  await expect.poll(() => moved).toEqual(['moved'])
})

test('however many pages a team has, the ledger does not grow by what they share, look into and open', async () => {
  const world = await openWorld()
  const facts = async () =>
    (await world.store.read(EXERCISE, 0, 10_000)).filter(({ type }) => type.startsWith('terminal.')).length
  const anna = enter(world, 'Anna')
  const { terminal = '' } = await open(anna)
  await share(anna, terminal, 'look')
  const pages = Array.from({ length: 6 }, (_, n) => enter(world, `Page ${n}`))
  const looked = await Promise.all(
    pages.map(async (page) => {
      const answers: boolean[] = []
      for (let n = 0; n < 30; n++) {
        const reply = await page.timeout(3_000).emitWithAck('follow-begin', { team: 'red', terminal })
        if (reply.ok) page.emit('follow-end', reply.follow)
        answers.push(reply.ok)
      }
      return answers
    }),
  )
  expect(looked.flat().filter(Boolean).length).toBeLessThan(80)
  expect(await facts()).toBeLessThan(170)
  // What is taken back is taken back, however often: another team is not held up by it.
  expect(await share(anna, terminal, 'nobody')).toEqual({ ok: true })
  expect(world.engine.state().teams[0]?.terminals[0]?.shared).toBe('nobody')
  expect(await share(anna, terminal, 'write')).toMatchObject({ ok: false, refusal: { code: 'too-fast' } })
  expect(await open(anna)).toMatchObject({ ok: false, refusal: { code: 'too-fast' } })
  expect(await open(enter(world, 'Sea', 'blue-sea'))).toMatchObject({ ok: true })
})
