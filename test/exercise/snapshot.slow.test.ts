import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { seriesAt, seriesOf } from '#exercise/views/series.ts'
import { type Folded, foldBatch, foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { packFolded, unpackFolded } from '#exercise/wire/snapshot.ts'
import { inject, madeTeams, peopledScenario, text } from './made-scenario.ts'
import { randomExercise } from './random-exercise.ts'
import { runningRun } from './run.ts'

const AUDIENCES: readonly Audience[] = [
  { seat: 'white' },
  { seat: 'observer' },
  { seat: 'guest' },
  { seat: 'blue', team: 'meremaa' },
  { seat: 'blue', team: 'laanemets' },
]

const streamFor = (ledger: readonly Recorded[], audience: Audience) =>
  ledger.flatMap((event) => redact(event, audience) ?? [])

const throughText = (folded: Folded): Folded => unpackFolded(packFolded(folded))

const QUESTION = text('What all teams are asked')

/** One message to each team, as it comes from a store: what it says is another object in every event. */
function askedLedger(): readonly Recorded[] {
  const run = runningRun({ ...peopledScenario, injects: [inject('all', 10_000, { text: QUESTION })] })
  for (const { id } of madeTeams) run.give('send-inject', { team: id, inject: 'all' }, 10_000)
  return JSON.parse(JSON.stringify(run.ledger)) as Recorded[]
}

/** Cuts a ledger at the given shares of its length. */
function cut(ledger: readonly Recorded[], shares: readonly number[]): readonly (readonly Recorded[])[] {
  const at = [0, ...shares.map((share) => Math.round(share * ledger.length)), ledger.length].toSorted(
    (a, b) => a - b,
  )
  return at.slice(1).map((to, index) => ledger.slice(at[index], to))
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 })

describe('snapshots', { timeout: 60_000 }, () => {
  test("a state restored from an audience's snapshots, with what came later, is the fold of its whole stream", () => {
    fc.assert(
      fc.property(randomExercise, shares, (run, at) => {
        for (const audience of AUDIENCES) {
          const whole = foldOn(nothingFolded, streamFor(run.ledger, audience), run.ledger.length)
          let restored = nothingFolded
          for (const part of cut(run.ledger, at)) {
            const cursor = part.at(-1)?.position ?? restored.cursor
            restored = throughText(foldOn(restored, streamFor(part, audience), cursor))
          }
          expect(restored).toStrictEqual(whole)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('what a message says to all teams is written once, and is one thing again when it is read', () => {
    const ledger = askedLedger()
    const whole = { ...foldOn(nothingFolded, ledger, ledger.length), tail: [] }
    // In English once in the scenario, and once for all to whom it came.
    expect(packFolded(whole).split(JSON.stringify(QUESTION.en)).length - 1).toBe(2)
    expect(throughText(whole)).toStrictEqual(whole)
    for (const { state } of [whole, throughText(whole)]) {
      const infos = state.teams.map(({ injects }) => injects[0]?.info)
      expect(infos.map((info) => info?.text)).toEqual(madeTeams.map(() => QUESTION))
      expect(new Set(infos).size).toBe(1)
    }
  })

  test('what was edited before it came to one team is that team’s own', () => {
    const ledger = askedLedger()
    const edited = ledger.map((event, at) =>
      event.type === 'inject.sent' && at === ledger.length - 1
        ? { ...event, data: { ...event.data, info: { ...event.data.info, text: text('Another one') } } }
        : event,
    )
    const { state } = throughText(foldOn(nothingFolded, edited, edited.length))
    const texts = state.teams.map(({ injects }) => injects[0]?.info.text)
    expect(texts).toEqual([QUESTION, QUESTION, text('Another one')])
  })

  test('what an attack is, is written once for all teams, and is one thing again when it is read', () => {
    const run = runningRun(peopledScenario)
    for (const { id } of madeTeams) run.give('launch-attack', { team: id, attack: 'wave-1' }, 60_000)
    const ledger = JSON.parse(JSON.stringify(run.ledger)) as Recorded[]
    const whole = { ...foldOn(nothingFolded, ledger, ledger.length), tail: [] }
    const infosOf = ({ state }: Folded) => state.teams.map(({ attacks }) => attacks[0]?.info)
    expect(infosOf(whole)).toEqual(madeTeams.map(() => expect.objectContaining({ weight: 1 })))
    expect(packFolded(whole).split(JSON.stringify(infosOf(whole)[0])).length - 1).toBe(1)
    expect(throughText(whole)).toStrictEqual(whole)
    expect(new Set(infosOf(throughText(whole))).size).toBe(1)
  })

  test('its points over time are those of the whole ledger, wherever they were sampled', () => {
    fc.assert(
      fc.property(randomExercise, shares, fc.nat(60_000), (run, at, laterMs) => {
        let whole = nothingFolded
        for (const part of cut(run.ledger, at))
          whole = throughText(foldOn(whole, part, part.at(-1)?.position ?? whole.cursor))
        const { losses, state } = whole
        if (!losses) throw new Error('an exercise without points')
        const end = state.atMs + laterMs
        expect(seriesAt(losses, state, end)).toEqual(seriesOf(run.ledger, losses.stepMs, end))
      }),
      { numRuns: 15 },
    )
  })

  test('a batch after a gap is not folded, and one that is known already changes nothing', () => {
    fc.assert(
      fc.property(randomExercise, (run) => {
        const { ledger } = run
        const half = ledger.length >> 1
        const folded = foldOn(nothingFolded, ledger.slice(0, half), half)
        const batch = (after: number, cursor: number) => ({
          after,
          cursor,
          events: ledger.slice(after, cursor),
        })
        expect(foldBatch(folded, batch(half + 1, ledger.length))).toBeNull()
        expect(foldBatch(folded, batch(0, half))).toBe(folded)
        expect(foldBatch(folded, batch(half - 5, ledger.length))).toStrictEqual(
          foldOn(nothingFolded, ledger, ledger.length),
        )
      }),
      { numRuns: 5 },
    )
  })
})
