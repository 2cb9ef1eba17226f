import type { ReferenceLook } from '../../engine/ports/range-news.ts'
import type { Script } from '../../engine/ports/script.ts'
import { REFERENCE } from '../labels.ts'
import type { ProbeLink } from './probe-link.ts'
import { type RunContext, runScript } from './run.ts'

const DEADLINE_MS = 10_000
const WORDS = { processors: 'cpu', memory: 'memory', disk: 'io' } as const

const LOOK: Script = {
  setup: [],
  steps: [
    {
      http: { method: 'GET', url: `http://${REFERENCE}/` },
      redirects: 0,
      deadlineMs: DEADLINE_MS,
      expect: { status: [200] },
      capture: Object.fromEntries(Object.values(WORDS).map((word) => [word, { json: `$.${word}` }])),
      remember: Object.values(WORDS),
    },
  ],
  slowAfterMs: DEADLINE_MS,
  deadlineMs: DEADLINE_MS,
}

/** One look at the reference through its own probe, as a journey of a team's service goes; `probes`: those of the teams. Never rejects. */
export async function lookAtReference(
  context: RunContext,
  probes: readonly ProbeLink[],
): Promise<ReferenceLook> {
  const since = performance.now()
  const { outcome, remember } = await runScript(context, LOOK, {})
  const percent = (word: string) => (remember[word] ? Number(remember[word]) : null)
  return {
    ms: Math.round(performance.now() - since),
    answered: outcome === 'pass',
    probesMs: Math.round(lowerHalf(probes.flatMap(({ delayMs }) => delayMs ?? []))),
    pressure: {
      processors: percent(WORDS.processors),
      memory: percent(WORDS.memory),
      disk: percent(WORDS.disk),
    },
  }
}

/** Pure: the largest of the lower half; 0 of fewer than three, of whom one team's own would be it. */
export const lowerHalf = (times: readonly number[]): number =>
  times.length < 3 ? 0 : (times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? 0)
