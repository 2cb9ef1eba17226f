import { describe, expect, it } from 'vitest'
import { refusedResponse } from '../../server/live/http/responses.ts'
import { white } from '../kit/actors.ts'
import { openWorld, type SeatId, stir, type World } from './fixture.ts'

const statusOf = async (world: World, path: string, seat?: Parameters<World['fetch']>[1]) =>
  (await world.fetch(path, seat)).status
const json = async (world: World, path: string, seat: Parameters<World['fetch']>[1]) =>
  (await world.fetch(path, seat)).json() as Promise<Record<string, unknown>>

/** As a spreadsheet reads it. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text
    .replace('\uFEFF', '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('reports over HTTP', () => {
  it('white reads every report while the exercise runs, a team its own, and others none', async () => {
    const world = await openWorld()
    await stir(world, 2)
    expect(await json(world, '/api/report?reader=excon', 'white')).toMatchObject({ ended: false })
    expect(await json(world, '/api/report?reader=minister', 'white')).toMatchObject({ teams: 2 })
    expect(await json(world, '/api/report?reader=team&team=red', 'white')).toMatchObject({ team: 'red' })
    expect(await json(world, '/api/report?reader=team', 'blue-red')).toMatchObject({ team: 'red' })
    for (const path of ['/api/report', '/api/report/text', '/api/report/pdf', '/api/report/table'])
      for (const [query, seat] of [
        ['reader=team&team=red', 'blue-sea'],
        ['reader=minister', 'blue-sea'],
        ['reader=excon', 'observer'],
        ['reader=team&team=red', 'guest'],
        ['reader=team&team=red', 'observer'],
      ] as const)
        expect(
          await statusOf(world, `${path}?${query}${path.endsWith('table') ? '&table=standings' : ''}`, seat),
        ).toBe(403)
    expect(await statusOf(world, '/api/report/layer', 'blue-sea')).toBe(403)
    expect(await json(world, '/api/report/layer', 'white')).toMatchObject({ versions: { layer: '4.5' } })
    expect(await statusOf(world, '/api/report?reader=excon')).toBe(401)
    expect(world.faults).toEqual([])
  })

  it('a team, reader or table that there is not is refused in words', async () => {
    const world = await openWorld()
    for (const [query, status] of [
      ['?reader=team&team=nobody', 404],
      ['/table?reader=excon&table=nothing', 404],
      ['/table?reader=excon&table=constructor', 404],
      ['?reader=king', 400],
      ['/text?reader=excon&lang=fi', 400],
      ['/pdf?reader=excon&lang=fi', 400],
      ['/pdf?reader=team&team=nobody', 404],
    ] as const) {
      const answer = await world.fetch(`/api/report${query}`, 'white')
      expect(answer.status, query).toBe(status)
      expect(refusedResponse.parse(await answer.json()).refusal.message.length).toBeGreaterThan(10)
    }
  })

  it('tables are files whose numbers are those of the facts', async () => {
    const world = await openWorld()
    await stir(world, 2)
    const answer = await world.fetch(
      '/api/exercises/ex-1/report/table?reader=minister&table=standings',
      'white',
    )
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="minister-standings.csv"')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const bytes = new Uint8Array(await answer.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, ...rows] = rowsOf(new TextDecoder().decode(bytes))
    expect(head).toEqual(['rank', 'team', 'name', 'points', 'possible'])
    const { teams } = (await json(world, '/api/exercise', 'white')) as { teams: { id: string }[] }
    expect(rows.map((row) => row[1]).toSorted()).toEqual(teams.map(({ id }) => id).toSorted())
  })

  it('is there at once when the exercise has ended', async () => {
    const world = await openWorld()
    await stir(world, 1)
    await world.give({ type: 'end-exercise', data: { reason: 'So.' } }, white())
    for (const reader of ['minister', 'excon', 'team&team=sea'])
      expect(await json(world, `/api/report?reader=${reader}`, 'white')).toMatchObject({ ended: true })
  })

  it('is Markdown in each language', async () => {
    const world = await openWorld()
    const text = async (lang: string) =>
      (await world.fetch(`/api/report/text?reader=minister&lang=${lang}`, 'white')).text()
    expect(await text('en')).toContain('## What people would have felt')
    expect(await text('et')).toContain('## Mida inimesed oleksid tundnud')
    expect(await text('ja')).toContain('## 市民への影響')
  })

  it('is a PDF, the same bytes for the same facts, for white and for the team that it is of', async () => {
    const world = await openWorld()
    await stir(world, 1)
    await world.give({ type: 'end-exercise', data: { reason: 'So.' } }, white())
    const pdf = (query: string, seat: SeatId) => world.fetch(`/api/report/pdf?${query}`, seat)
    const answer = await pdf('reader=team&lang=et', 'blue-red')
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="team-et.pdf"')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7')
    expect(bytes.subarray(-6).toString('latin1').trim()).toBe('%%EOF')
    const again = await pdf('reader=team&team=red&lang=et', 'white')
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true)
    const other = await pdf('reader=team&team=red&lang=en', 'white')
    expect(Buffer.from(await other.arrayBuffer()).equals(bytes)).toBe(false)
  })

  it('is written for a team twice at once at the most, and never in the way of another', async () => {
    const world = await openWorld()
    const pdf = async (seat: SeatId, team = 'red') => {
      const answer = await world.fetch(`/api/report/pdf?reader=team&team=${team}`, seat)
      await answer.arrayBuffer()
      return answer.status
    }
    const own = () => pdf('blue-red')
    const asked = await Promise.all([own(), own(), own(), pdf('white'), pdf('blue-sea', 'sea')])
    expect(asked.slice(0, 3).toSorted()).toEqual([200, 200, 429])
    expect(asked.slice(3)).toEqual([200, 200])
    expect(await pdf('blue-red')).toBe(200)
  })
})
