import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { seriesAt, seriesOf } from '#exercise/views/series.ts'
import { type Folded, foldBatch, foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { packFolded, unpackFolded } from '#exercise/wire/snapshot.ts'
import { randomExercise } from './random-exercise.ts'

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
