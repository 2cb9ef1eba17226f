import { refused } from '../engine/attempts.ts'
import type { RunResult } from '../engine/ports/ports.ts'
import { told } from './prove-bench.ts'

/** One row of the proof matrix: a state of the source and what the exploit and the journeys then did. */
export interface ProofRow {
  readonly weakness: string
  /**
   * `witness`, `stands-still`: as planted, with nobody attacking, and with a service that answers nobody. `hole-patched`, `cleaned-up`: of a weakness with a
   * foothold of its own, after the exploit landed and with the reference fix in. `other-fix`: a correct one that is not the reference.
   */
  readonly source:
    | 'planted'
    | 'witness'
    | 'stands-still'
    | 'reference-fix'
    | 'hole-patched'
    | 'cleaned-up'
    | 'wrong-fix'
    | 'other-fix'
    | 'all-fixed'
  readonly name: string
  /**
   * Of the exploit: `blocked` where the attacker was answered and the witness served, `unanswered` where not; `holds` and `gone` of the foothold; `served` and
   * `unserved` of the witness.
   */
  readonly exploit: 'lands' | 'blocked' | 'unanswered' | 'holds' | 'gone' | 'served' | 'unserved' | 'fault'
  /** Journeys that failed, `<service>/<journey>`; empty when all passed, null when none was asked because the exploit said enough. */
  readonly broken: readonly string[] | null
  readonly ok: boolean
  /** What the row should have been, or what was seen, when it is not ok. */
  readonly why: string
  readonly ms: number
}

export type RowKey = Pick<ProofRow, 'weakness' | 'source' | 'name'>

/** What an exploit came to, as in play. */
export function cameOut(run: RunResult): 'lands' | 'blocked' | 'unanswered' | 'fault' {
  if (run.outcome === 'pass') return 'lands'
  if (run.outcome === 'fault') return 'fault'
  return refused(run) ? 'blocked' : 'unanswered'
}

/** Whoever mends it is to be judged so, by whichever way. */
const MENDED: readonly ProofRow['source'][] = ['reference-fix', 'other-fix', 'all-fixed']

/** What was seen in one state of the source, against what this kind of row must show. `trouble`: what went wrong on the way there, or ''. */
export function judge(
  of: RowKey,
  run: RunResult,
  broken: readonly string[] | null,
  trouble: string,
  ms: number,
): ProofRow {
  const exploit = cameOut(run)
  const seen = told(run)
  const whys: string[] = trouble ? [trouble] : []
  if (of.source === 'planted' && exploit !== 'lands') whys.push(`exploit does not land: ${seen}`)
  if (MENDED.includes(of.source) && exploit !== 'blocked')
    whys.push(`exploit is not blocked: ${exploit} ${seen}`)
  if (of.source !== 'wrong-fix' && broken?.length) whys.push(`journeys fail: ${broken.join(', ')}`)
  // A wrong fix that breaks the service so far that nothing can be prepared is still shown wrong by its journeys.
  if (of.source === 'wrong-fix' && exploit !== 'lands' && exploit !== 'unanswered' && !broken?.length)
    whys.push(`neither the exploit lands nor a journey fails: this fix is not wrong (${seen})`)
  return { ...of, exploit, broken, ok: whys.length === 0, why: whys.join('; '), ms }
}
