import { expect, test, vi } from 'vitest'
import type { FeedSocket } from '../../web/feed/connect.ts'
import { openTerminalLink, ownTerminals } from '../../web/terminal/terminal-link.ts'

const PLACE = { team: 'red', service: 'tax', slot: 1 }
const NAME = 'kilp.terminal.red.tax.1'

/** A browser tab that keeps this, and what it asks a server that opens `t` for. */
async function joins(before: string | null, replies: readonly object[]) {
  const kept = new Map(before === null ? [] : [[NAME, before]])
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
  }
  Object.defineProperty(storage, 'length', { get: () => kept.size })
  vi.stubGlobal('sessionStorage', storage)
  vi.stubGlobal('location', { hash: '' })
  const asked: unknown[] = []
  const left = [...replies]
  const socket = {
    connected: true,
    on: () => socket,
    off: () => socket,
    emit: () => socket,
    timeout: () => ({
      emitWithAck: async (_: string, request: unknown) => {
        asked.push(request)
        return left.shift()
      },
    }),
  }
  const nothing = () => {}
  const hear = { opened: nothing, away: nothing, closed: nothing, waiting: nothing, lost: nothing }
  const link = openTerminalLink(socket as unknown as FeedSocket, PLACE, { write: nothing }, hear)
  await link.join({ cols: 80, rows: 24 })
  link.leave()
  const own = [...ownTerminals()]
  vi.unstubAllGlobals()
  return { asked, own, kept: kept.get(NAME) }
}

const request = { service: 'tax', team: 'red', cols: 80, rows: 24 }

test('a tab that is loaded again joins its terminal with the key that it was given', async () => {
  const opened = await joins(null, [{ ok: true, terminal: 't', key: 'k', typed: 0 }])
  expect(opened.asked).toEqual([request])
  expect(opened.own).toEqual(['t'])
  // Joined again it is not told the key once more.
  const again = await joins(opened.kept ?? '', [{ ok: true, terminal: 't', typed: 3 }])
  expect(again.asked).toEqual([{ ...request, terminal: 't', key: 'k' }])
  expect(again.kept).toBe(opened.kept)
})

test('a tab that has no key, from before there were any, gets a new terminal', async () => {
  const gone = { ok: false, refusal: { code: 'no-such-terminal', message: '', params: {} } }
  const { asked, own } = await joins('old', [gone, { ok: true, terminal: 'new', key: 'k', typed: 0 }])
  // No empty key, which would be malformed.
  expect(asked).toEqual([{ ...request, terminal: 'old' }, request])
  expect(own).toEqual(['new'])
})
