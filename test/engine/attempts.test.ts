import { describe, expect, test } from 'vitest'
import { attemptAttack, attemptFoothold, type Target } from '../../server/engine/attempts.ts'
import type { RunResult } from '../../server/engine/ports/ports.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'

type Came = Pick<RunResult, 'outcome' | 'verdict' | 'refused'>

const LANDS: Came = { outcome: 'pass', verdict: 'up', refused: null }
const TOLD_NO: Came = { outcome: 'fail', verdict: 'broken', refused: true }
/** Answered, and who is entitled did not get it either. */
const NO_WITNESS: Came = { outcome: 'fail', verdict: 'broken', refused: false }
const SILENCE: Came = { outcome: 'fail', verdict: 'down', refused: false }
const FAULT: Came = { outcome: 'fault', verdict: 'unknown', refused: null }

const target: Target = { team: 'red', service: 'tax', weakness: 'tax/other-person', loot: {} }

/** What comes of an attack whose tries come out so, one after the other; the last one for ever. `waits`: wall time between the tries, ms. */
async function attacked(tries: readonly Came[], attempt = attemptAttack) {
  const { clock, pass } = openFakeClock()
  const { range, answers, down } = openFakeRange()
  const asked: number[] = []
  const pauses: number[] = []
  const [last] = tries.slice(-1)
  if (!last) throw new Error('no tries')
  answers.set(`red!${target.weakness}`, [...tries, ...Array<Came>(100).fill(last)])
  const counted: typeof range = {
    ...range,
    runExploit: (...to) => {
      asked.push(clock.now())
      pauses.push(to[3] ?? 0)
      return range.runExploit(...to)
    },
  }
  let done: Awaited<ReturnType<typeof attemptAttack>> | null = null
  void attempt(counted, clock, smallScenario, target).then((found) => {
    done = found
  })
  for (let s = 0; s < 100 && !done; s += 1) await pass(1_000)
  if (!done) throw new Error('the attack goes on for ever')
  const { result, alive } = done as Awaited<ReturnType<typeof attemptAttack>>
  return { came: `${result}${alive ? ' alive' : ''}`, asked, pauses, down }
}

describe('an attack', () => {
  test.each([
    ['lands where the attacker has it', [LANDS], 'landed alive', 1],
    ['is defended where the attacker is told no and the witness is served', [TOLD_NO], 'failed alive', 1],
    ['is no defence where nobody answers', [SILENCE], 'failed', 8],
    ['is no defence where the witness is not served', [NO_WITNESS], 'failed', 8],
    ['lands after the thaw', [SILENCE, SILENCE, SILENCE, LANDS], 'landed alive', 4],
    ['is defended after a restart', [SILENCE, SILENCE, TOLD_NO], 'failed alive', 3],
    ['is nobody’s where the probe fails', [FAULT], 'fault', 2],
  ] as const)('%s', async (_, tries, came, most) => {
    const found = await attacked(tries)
    expect(found.came).toBe(came)
    expect(found.asked.length).toBeGreaterThanOrEqual(Math.min(most, tries.length))
    expect(found.asked.length).toBeLessThanOrEqual(most + 30)
  })

  test('comes back for 45 seconds, at moments that differ each time', async () => {
    const [one, other] = [await attacked([SILENCE]), await attacked([SILENCE])]
    const gaps = ({ asked }: typeof one) => asked.map((at, n) => at - (asked[n - 1] ?? at)).filter(Boolean)
    for (const found of [one, other]) {
      const lasted = (found.asked.at(-1) ?? 0) - (found.asked[0] ?? 0)
      expect(lasted).toBeGreaterThan(30_000)
      expect(lasted).toBeLessThanOrEqual(46_000)
    }
    expect(gaps(one)).not.toEqual(gaps(other))
  })

  test('comes some seconds after its own scene, as many as nobody can foresee', async () => {
    const { pauses } = await attacked([SILENCE])
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_000)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(8_000)
    expect(new Set(pauses).size).toBeGreaterThan(pauses.length / 2)
  })

  test('without a witness is judged by the answer alone', async () => {
    expect((await attacked([{ ...TOLD_NO, refused: null }])).came).toBe('failed alive')
    expect((await attacked([{ ...SILENCE, refused: null }])).came).toBe('failed')
  })
})

describe('a foothold', () => {
  test.each([
    ['holds while the exploit works', [LANDS], 'landed'],
    ['is closed where the attacker is told no', [TOLD_NO], 'failed'],
    ['is not closed by silence', [SILENCE], 'failed'],
  ] as const)('%s', async (_, tries, result) => {
    const { range, answers } = openFakeRange()
    answers.set(`red!${target.weakness}`, [...tries, ...tries])
    const found = await attemptFoothold(range, smallScenario, target)
    expect(found.result).toBe(result)
    expect(found.alive).toBe(result === 'landed' || tries[0] === TOLD_NO)
  })

  test.each([
    ['is asked for once where an attack waits for it', true, 1],
    ['is asked for again where nobody waits', false, 2],
  ] as const)('that does not answer %s', async (_, waits, times) => {
    const { range, answers, runs } = openFakeRange()
    answers.set(`red!${target.weakness}`, [SILENCE, SILENCE])
    await attemptFoothold(range, smallScenario, target, () => waits)
    expect(runs.filter((run) => run.startsWith('red!'))).toHaveLength(times)
  })
})
