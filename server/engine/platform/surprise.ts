import { createHash } from 'node:crypto'
import type { Inject } from '../../exercise/scenario/inject.ts'
import type { Scenario } from '../../exercise/scenario/model.ts'
import { byMoment, type Trigger } from '../../exercise/scenario/trigger.ts'
import { questionDigest } from '../question-digest.ts'

/**
 * The scenario with every entry of its timeline moved within its jitter, the same for all teams, as the exercise's secret seed decides: who has the scenario, and even the
 * moments of other exercises or of the attacks before, knows none to come. Only white's ledger has them; and not even that has the answers to questions.
 */
export const surprised = (scenario: Scenario, seed: string): Scenario => ({
  ...scenario,
  attacks: scenario.attacks.map((attack) => moved(attack, seed)).toSorted(byMoment),
  injects: scenario.injects.map((inject) => sealed(moved(inject, seed), seed)),
  tutor: scenario.tutor.map((note) => moved(note, seed)),
  world: scenario.world.map((event) => moved(event, seed)),
})

/** A question with digests in place of its answers: the ledger can compare, and can not tell. */
function sealed(inject: Inject, seed: string): Inject {
  if (inject.expects?.kind !== 'question') return inject
  const { answers = [], ...expects } = inject.expects
  const digests = answers.map((answer) => questionDigest(seed, inject.id, answer))
  return { ...inject, expects: { ...expects, digests } }
}

interface Moved {
  readonly id: string
  readonly trigger: Trigger
  readonly jitterMs?: number
}

function moved<E extends Moved>(entry: E, seed: string): E {
  const { id, trigger, jitterMs = 0 } = entry
  const share = createHash('sha256').update(`${seed}\0${id}`).digest().readUInt32BE(0) / 0xffffffff
  const by = Math.round((share * 2 - 1) * jitterMs)
  if (trigger.kind === 'at') return { ...entry, trigger: { ...trigger, atMs: trigger.atMs + by } }
  if (trigger.kind !== 'after') return entry
  return { ...entry, trigger: { ...trigger, delayMs: Math.max(0, trigger.delayMs + by) } }
}
