import { expect, test } from 'vitest'
import { CHEATS } from './cheats.ts'
import { type Player, play, type Row } from './play.ts'

/** All of them with `npm run cheats`; otherwise what went furthest when it was found. */
const FEW = ['tools that end with 3', 'refused once after a pause, then served']
const all = process.env.KILP_CHEATS === 'all'
const AT_ONCE = 4

const idle: Player = { name: 'does nothing' }
const honest: Player = { name: 'mends all', mends: true }

const chosen = CHEATS.filter(({ name }) => all || FEW.includes(name))

async function playAll(): Promise<readonly Row[]> {
  const players = [idle, honest, ...chosen]
  const rows: Row[] = []
  for (let n = 0; n < players.length; n += AT_ONCE) rows.push(...(await play(players.slice(n, n + AT_ONCE))))
  return rows
}

test('cheating without mending earns at most what doing nothing earns', { timeout: 1_800_000 }, async () => {
  const rows = await playAll()
  const share = ({ points, possible }: Row) => (possible > 0 ? points / possible : 0)
  process.stdout.write(
    [
      '',
      '| team | landed | defended | outage | void | defence and recovery |',
      '|---|---|---|---|---|---|',
      ...rows.map(
        (row) =>
          `| ${row.name} | ${row.landed} | ${row.defended} | ${row.outage} | ${row.void} | ${Math.round(row.points)} of ${Math.round(row.possible)} |`,
      ),
      '',
    ].join('\n'),
  )
  const [nothing, mended, ...cheats] = rows
  if (!nothing || !mended) throw new Error('nobody played')
  expect(nothing).toMatchObject({ defended: 0, void: 0 })
  expect(share(mended)).toBe(1)
  for (const cheat of cheats) {
    expect([cheat.name, share(cheat) <= share(nothing)]).toEqual([cheat.name, true])
    expect([cheat.name, cheat.void]).toEqual([cheat.name, 0])
  }
})
