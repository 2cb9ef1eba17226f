import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { random } from '#exercise/random.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { type Folded, foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { openPlayer } from '#exercise/wire/player.ts'
import { packFolded } from '#exercise/wire/snapshot.ts'
import { madeLedger } from '../bench/large-ledger.ts'
import { goldenLedger } from './golden-views.ts'

const AUDIENCES = (team: string): readonly Audience[] => [
  { seat: 'white' },
  { seat: 'observer' },
  { seat: 'guest' },
  { seat: 'blue', team },
]
const views = (folded: Folded, atMs: number, audience: Audience) =>
  JSON.stringify([exerciseView(folded.state, atMs, audience), nationalView(folded.state, atMs)])

/** What a page that was open all the time knew and showed, when so many of its events had come. */
function* live(events: readonly Recorded[], stops: readonly number[]) {
  let folded = nothingFolded
  let known = 0
  for (const stop of stops) {
    // As they came: one by one.
    for (; known < stop; known += 1)
      folded = foldOn(folded, events.slice(known, known + 1), events[known]?.position ?? 0)
    yield { count: stop, folded }
  }
}

/** A thousand moments in all, a fourth for each audience, in no order; views are compared at each `viewsEach`th. */
function replayed(ledger: readonly Recorded[], viewsEach = 1, moments = 250) {
  const [created] = ledger
  const team = created?.type === 'exercise.created' ? (created.data.teams[0]?.id ?? '') : ''
  for (const audience of AUDIENCES(team)) {
    const events = ledger.flatMap((event) => redact(event, audience) ?? [])
    const player = openPlayer(events, events.at(-1)?.position ?? 0)
    const draw = random(`replay ${audience.seat}`)
    const stops = Array.from({ length: moments }, () => Math.floor(draw() * events.length))
    const asked = new Map(stops.map((count) => [count, player.folded(count)]))
    for (const { count, folded } of live(
      events,
      [...asked.keys()].sort((a, b) => a - b),
    )) {
      const again = asked.get(count) ?? nothingFolded
      expect(packFolded(again) === packFolded(folded), `${audience.seat} ${count}`).toBe(true)
      if (count % viewsEach !== 0) continue
      const atMs = (events[count]?.at ?? player.endMs) * draw()
      expect(
        views(again, atMs, audience) === views(folded, atMs, audience),
        `${audience.seat} ${count}`,
      ).toBe(true)
    }
  }
}

describe('a replay of any audience at any moment is, byte for byte, what was live then', () => {
  test.each(['first-light', 'ground', 'witness', 'own-means', 'exercise-day'] as const)('%s', (name) => {
    const ledger = goldenLedger(name)
    replayed(ledger)
  })
  test('24 teams, eight hours', { timeout: 300_000 }, () => {
    replayed(madeLedger(3_000), 25)
  })
})

test('a moment has all that happened up to and at it', () => {
  const ledger = goldenLedger('exercise-day')
  const player = openPlayer(ledger, ledger.length)
  for (const atMs of [-1, 0, 1, 90_000, 300_000.5, player.endMs, player.endMs + 1]) {
    const count = player.countAt(atMs)
    expect(ledger.slice(0, count).every(({ at }) => at <= atMs)).toBe(true)
    expect(ledger.slice(count).every(({ at }) => at > atMs)).toBe(true)
  }
  // Kept ahead or not, a moment is the same; and there is an end to it.
  const other = openPlayer(ledger, ledger.length)
  for (let n = 0; other.ahead(); n += 1) expect(n).toBeLessThan(ledger.length)
  expect(other.folded(777)).toEqual(player.folded(777))
  expect(player.folded(-5)).toBe(nothingFolded)
  expect(player.folded(1e9).cursor).toBe(ledger.length)
})
