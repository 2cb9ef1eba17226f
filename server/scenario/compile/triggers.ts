import type {
  After,
  Condition,
  MessageOutcome,
  Outcome,
  Trigger,
  WorldOutcome,
} from '../../exercise/scenario/trigger.ts'
import type { ScenarioFile } from '../schema/schema.ts'
import type { ConditionFile, TriggerFile } from '../schema/trigger-schema.ts'

type Timeline = ScenarioFile['timeline']

/** What an author wrote, as one trigger. */
export function entryTrigger(
  { at, after, when, for: forMs, once, manual }: TriggerFile,
  timeline: Timeline,
): Trigger {
  if (manual) return { kind: 'manual' }
  if (after)
    return { kind: 'after', after: afterOf(after.entry, after.outcome, timeline), delayMs: after.delay }
  if (when) return { kind: 'when', when: conditionOf(when, timeline), forMs, once }
  return { kind: 'at', atMs: at ?? 0 }
}

/** How far its moment is moved when an exercise is created, where it is; to be spread into an entry. */
export const jitterOf = ({ jitter }: TriggerFile): { readonly jitterMs?: number } =>
  jitter > 0 ? { jitterMs: jitter } : {}

/** `kilp check` has seen that the outcome is one of the kind's. */
function afterOf(id: string, outcome: string, { attacks, entries, tutor }: Timeline): After {
  const kind =
    entries.find((entry) => entry.id === id)?.kind ??
    (!attacks.some((attack) => attack.id === id) && tutor.some((note) => note.id === id) ? 'note' : 'attack')
  switch (kind) {
    case 'attack':
      return { kind, id, outcome: outcome as Outcome }
    case 'inject':
      return { kind, id, outcome: outcome as MessageOutcome }
    case 'note':
      return { kind, id, outcome: 'said' }
    case 'world':
      return { kind, id, outcome: outcome as WorldOutcome }
  }
}

function conditionOf(written: ConditionFile, timeline: Timeline): Condition {
  if ('and' in written) return { kind: 'and', of: written.and.map((one) => conditionOf(one, timeline)) }
  if ('or' in written) return { kind: 'or', of: written.or.map((one) => conditionOf(one, timeline)) }
  if ('not' in written) return { kind: 'not', of: conditionOf(written.not, timeline) }
  if ('verdict' in written) {
    const [service = '', journey] = written.verdict.split('/')
    return { kind: 'verdict', service, is: written.is, ...(journey !== undefined && { journey }) }
  }
  if ('foothold' in written)
    return { kind: 'foothold', ...(written.foothold !== 'any' && { attack: written.foothold }) }
  if ('report' in written) return { kind: 'report', ...(written.report !== 'any' && written.report) }
  if ('scoreBelow' in written) return { kind: 'score', below: written.scoreBelow }
  if ('phase' in written) return { kind: 'phase', phase: written.phase }
  return { kind: 'came-out', after: afterOf(written.entry, written.outcome, timeline) }
}
