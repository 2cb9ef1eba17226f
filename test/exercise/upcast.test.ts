import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { upcast } from '#exercise/ledger/upcast.ts'
import { VERSIONS } from '#exercise/ledger/versions.ts'
import { goldenFile, goldenLedger } from './golden-views.ts'

const stored = (type: string, data: object, version = 1) => ({
  type,
  version,
  at: 0,
  position: 7,
  wall: 0,
  data,
})
const byOf = (type: string, by: string) => upcast(stored(type, { by })).data

describe('events of older ledgers', () => {
  test('are brought to the versions of today, and those of today are left alone', () => {
    const ledger = goldenLedger('first-light')
    expect(ledger.map(({ type, version }) => [type, version])).toEqual(
      ledger.map(({ type }) => [type, VERSIONS[type]]),
    )
    expect(ledger.map(upcast)).toEqual(ledger)
    expect(ledger.every((event) => upcast(event) === event)).toBe(true)
    const before = readFileSync(goldenFile('first-light.jsonl'), 'utf8')
    expect(before).toContain('"by":"pilot:saareke"')
  })

  test.each([
    ['exercise.ended', 'platform', { kind: 'platform' }],
    ['terminal.opened', 'pilot:meremaa', { kind: 'pilot', team: 'meremaa' }],
    ['score.adjusted', 'w1', { kind: 'seat', seatId: 'w1', seat: 'white' }],
    ['hint.taken', 'b1', { kind: 'seat', seatId: 'b1', seat: 'blue' }],
    // White or blue: the event alone does not say.
    ['pilot.changed', 's1', { kind: 'seat', seatId: 's1' }],
    ['note.added', '', null],
  ])('%s by "%s" has an actor', (type, by, actor) => {
    expect(byOf(type, by)).toEqual({ by: actor })
  })

  test('texts for the public have their name of today, in the scenario and in what is told of an attack, and Kilp’s own services their pictures', () => {
    const [text, title] = [{ en: 'a' }, { en: 'b' }]
    const timeline = { attacks: [], phases: [], tutor: [] }
    const scenario = {
      slug: 's',
      services: [{ id: 'tax', plain: text }],
      weaknesses: [{ id: 'w', plain: title }],
      ...timeline,
    }
    expect(upcast(stored('exercise.created', { rulesVersion: 1, scenario })).data).toEqual({
      rulesVersion: 1,
      scenario: {
        slug: 's',
        services: [{ id: 'tax', publicText: text, icon: 'landmark' }],
        weaknesses: [{ id: 'w', publicText: title }],
        ...timeline,
        injects: [],
        world: [],
        objectives: [],
        scoring: { reportWithinMs: 0 },
      },
    })
    expect(upcast(stored('attack.landed', { attack: 'x', info: { title, plain: text } })).data).toEqual({
      attack: 'x',
      info: { title, publicText: text },
    })
    expect(upcast(stored('attack.blocked', { attack: 'x' })).data).toEqual({ attack: 'x' })
  })

  test('what a newer Kilp wrote is not guessed at, be it another version or another type', () => {
    expect(() => upcast(stored('note.added', {}, 9))).toThrow(
      'Event 7 (note.added) has version 9, this Kilp knows 2: the ledger is newer than this Kilp.',
    )
    expect(() => upcast(stored('dream.dreamt', {}))).toThrow(
      'Event 7 is of a type that this Kilp does not know (dream.dreamt)',
    )
    expect(() => upcast(stored('toString', {}))).toThrow('a type that this Kilp does not know')
  })
})

describe('who acted', () => {
  const mari = { kind: 'seat', seatId: 'b1', seat: 'blue', name: 'Mari' }
  const opened = stored('terminal.opened', { team: 'sea', service: 'tax', terminal: 't', by: mari }, 2)
  const paused = stored('exercise.paused', { reason: 'lunch', by: mari }, 2)
  const seenBy = (event: object, team: string) =>
    redact(event as Recorded, { seat: 'blue', team })?.data ?? null

  test('a team reads it of its own terminals, nobody but white of what white does', () => {
    expect(seenBy(opened, 'sea')).toMatchObject({ by: mari })
    expect(seenBy(opened, 'red')).toBeNull()
    expect(seenBy(paused, 'sea')).toEqual({ reason: 'lunch', by: null })
    expect(redact(paused as unknown as Recorded, { seat: 'white' })?.data).toMatchObject({ by: mari })
  })
})
