import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventType, Recorded, RecordedOf } from '../../server/exercise/ledger/events.ts'
import { dataFolder, type KilpProcess, removeLeft, type SeatLink, startKilp, until } from './kilp-process.ts'
import { shortScenario } from './short-scenario.ts'

/** One team, one attack on a real service: mended through the editor's routes alone, as somebody would who never opens a terminal. */
const data = dataFolder()
const scenario = shortScenario(data.folder, {
  duration: '6m',
  pilots: ['person'],
  attacks: [{ id: 'first', at: '15s', weakness: 'population/name-search-injection' }],
})
let kilp: KilpProcess
let seats: readonly SeatLink[]
const team = 'estonia'
const place = { team, service: 'population' }
const token = (seat: string) => seats.find((one) => one.seat === seat)?.token ?? ''

beforeAll(async () => {
  kilp = await startKilp(data.folder, ['--scenario', scenario])
  seats = await kilp.seats()
})
afterAll(async () => {
  await kilp?.end('SIGKILL')
  removeLeft(data.folder)
  data.remove()
})

const ask = async <T>(path: string, more: Record<string, string> = {}): Promise<T> => {
  const url = `${kilp.url}/api/sources${path}?${new URLSearchParams({ ...place, ...more })}`
  const reply = await fetch(url, { headers: { authorization: `Bearer ${token('blue')}` } })
  return (await reply.json()) as T
}
const give = async (method: string, path: string, body: object) => {
  const reply = await fetch(`${kilp.url}/api/sources${path}`, {
    method,
    headers: { authorization: `Bearer ${token('blue')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...place, ...body }),
  })
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}
const blue = () => kilp.ledger(token('blue'))
const find = <T extends EventType>(events: readonly Recorded[], type: T) =>
  events.find((one): one is RecordedOf<T> => one.type === type)

interface Looks {
  readonly journeys: readonly { readonly looked: boolean }[]
  readonly attacks: readonly { readonly attack: string; readonly looked: boolean }[]
}

test('patch a planted weakness in the editor, restart and verify: the foothold is seen closed within seconds', {
  timeout: 420_000,
}, async () => {
  await until('running', 240_000, async () => (await kilp.exercise()).phase === 'running')
  await until('landed', 90_000, async () => find(await blue(), 'attack.landed'))
  const { files } = await ask<{ files: { path: string; change: string }[] }>('')
  expect(files.map(({ path }) => path)).toContain('search.ts')
  expect(files.filter(({ change }) => change !== 'none')).toEqual([])
  const file = await ask<{ text: string; hash: string; start: string }>('/file', { path: 'search.ts' })
  expect(file.text).toBe(file.start)
  const text = file.text.replace(/'\$\{municipality\}'/, (found) =>
    found.replace('{municipality}', '{quoted(municipality)}'),
  )
  expect(text).not.toBe(file.text)
  const saved = await give('PUT', '/file', { path: 'search.ts', text, expected: file.hash })
  expect(saved).toMatchObject({ status: 200 })
  const restarted = await give('POST', '/restart', {})
  expect(restarted).toMatchObject({ status: 200, body: { running: true } })
  expect((await give('POST', '/restart', {})).body).toMatchObject({ refusal: { code: 'too-soon' } })
  const began = performance.now()
  await until('all looked at', 60_000, async () => {
    const { journeys, attacks } = await ask<Looks>('/looks')
    return journeys.length > 0 && [...journeys, ...attacks].every(({ looked }) => looked)
  })
  // The schedule alone would look at it after up to ten seconds; a wider bound, as other work goes on here.
  expect(performance.now() - began).toBeLessThan(30_000)
  const events = await blue()
  expect(find(events, 'foothold.closed')?.data).toMatchObject({ team, attack: 'first' })
  expect(events.filter(({ type }) => type === 'source.saved' || type === 'app.restarted')).toMatchObject([
    { type: 'source.saved', data: { ...place, file: 'search.ts', gone: false } },
    { type: 'app.restarted', data: { ...place, ok: true } },
  ])
  const after = await ask<{ files: { path: string; change: string }[] }>('')
  expect(after.files.filter(({ change }) => change !== 'none')).toMatchObject([
    { path: 'search.ts', change: 'changed' },
  ])
  // What was changed is kept for the report, and laid beside the reference at the end.
  const kept = find(await blue(), 'changes.kept')?.data
  expect(kept).toMatchObject({ ...place, files: 1, added: 1, removed: 1 })
  const fileText = async (sha256: string) => {
    const headers = { authorization: `Bearer ${token('blue')}` }
    return (await fetch(`${kilp.url}/api/files/${sha256}`, { headers })).text()
  }
  expect(await fileText(kept?.file.sha256 ?? '')).toMatch(/^\+.*\{quoted\(municipality\)\}/m)
  const ended = await fetch(`${kilp.url}/api/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token('white')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'end-exercise', data: { reason: 'enough' } }),
  })
  expect(ended.status).toBe(200)
  const fixes = await until('the reference', 30_000, async () => find(await blue(), 'fixes.kept'))
  const fix = fixes.data.fixes.find(({ service }) => service === place.service)
  expect(await fileText(fix?.file.sha256 ?? '')).toMatch(/^\+.*municipality = \$2/m)
})
