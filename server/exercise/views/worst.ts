import { worse } from '../fold/verdicts.ts'
import { VERDICTS, type Verdict } from '../scenario/words.ts'
import type { Span } from './views.ts'

/** The worst of several histories at each moment, as one history. Each is in order and without gaps. */
export function worstOf(histories: readonly (readonly Span[])[]): readonly Span[] {
  const turns = histories
    .flatMap((spans, team) => spans.map(({ fromMs, verdict }) => ({ fromMs, verdict, team })))
    .toSorted((a, b) => a.fromMs - b.fromMs)
  const toMs = Math.max(0, ...histories.map((spans) => spans.at(-1)?.toMs ?? 0))
  const now: (Verdict | undefined)[] = histories.map(() => undefined)
  const count = Object.fromEntries(VERDICTS.map((v) => [v, 0])) as Record<Verdict, number>
  const starts: { fromMs: number; verdict: Verdict }[] = []
  for (const [index, turn] of turns.entries()) {
    const before = now[turn.team]
    if (before) count[before] -= 1
    count[turn.verdict] += 1
    now[turn.team] = turn.verdict
    if (turns[index + 1]?.fromMs === turn.fromMs) continue
    const verdict = VERDICTS.filter((v) => count[v] > 0).reduce(worse, 'up')
    if (starts.at(-1)?.verdict !== verdict) starts.push({ fromMs: turn.fromMs, verdict })
  }
  return starts.map((start, index) => ({
    fromMs: start.fromMs,
    toMs: starts[index + 1]?.fromMs ?? toMs,
    verdict: start.verdict,
  }))
}
