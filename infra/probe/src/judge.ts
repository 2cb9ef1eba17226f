import type { Course, RunRequest } from './course.ts'
import { type Failed, lull, part } from './parts.ts'
import type { Evidence, Step } from './steps.ts'
import { turnsOf } from './turns.ts'

export type Judged =
  | { readonly kind: 'landed' }
  | { readonly kind: 'fault'; readonly failed: Failed }
  /** The attacker was told no each time, and the witness served each time; or somebody was not answered as they should be. */
  | {
      readonly kind: 'refused' | 'unserved'
      readonly verdict: 'broken' | 'down'
      readonly evidence: Evidence
    }

/** Attacker and witness ask in turns: it is refused when every attacker is told no and every witness is served. */
export async function judge(witness: readonly Step[], course: Course, request: RunRequest): Promise<Judged> {
  const { script, seed, pauseMs } = request
  const beginAnew = course.mark()
  const turns = turnsOf(seed, {
    unhurried: pauseMs !== undefined,
    witnessFirst: !needsCaptures(witness, script.steps),
    once: script.once,
  })
  let refused: Failed | null = null
  let unserved: Failed | null = null
  for (const { who, waitMs } of turns) {
    const stopped = waitMs > 0 ? await part([lull(waitMs)], 'pause', course, { deadlineMs: waitMs }) : null
    if (stopped) return { kind: 'fault', failed: stopped }
    if (who === 'witness') {
      const failed = await part(witness, 'witness', course, script)
      if (failed?.kind === 'fault') return { kind: 'fault', failed }
      unserved ??= failed
    } else {
      beginAnew()
      const failed = await part(script.steps, 'steps', course, script)
      if (!failed) return { kind: 'landed' }
      if (failed.kind === 'fault') return { kind: 'fault', failed }
      if (!failed.answered) return { kind: 'unserved', verdict: 'down', evidence: failed.evidence }
      refused ??= failed
    }
    // Who was not served before anybody attacked: the attacker asks all the same.
    if (unserved && refused)
      return { kind: 'unserved', verdict: served(unserved), evidence: unserved.evidence }
  }
  if (!refused) throw new Error('nobody attacked')
  return { kind: 'refused', verdict: 'broken', evidence: refused.evidence }
}

const served = ({ kind }: Failed): 'broken' | 'down' => (kind === 'down' ? 'down' : 'broken')

/** Whether the witness uses what the attacker's steps bring. */
function needsCaptures(witness: readonly Step[], steps: readonly Step[]): boolean {
  const said = JSON.stringify(witness)
  return steps.some((step) => Object.keys(step.capture ?? {}).some((name) => said.includes(`{{${name}`)))
}
