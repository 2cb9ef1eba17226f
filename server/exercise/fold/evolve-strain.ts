import type { RecordedOf } from '../ledger/events.ts'
import { type Draft, teamIn } from './draft.ts'
import { usabilityKnown } from './people.ts'
import { tell } from './story.ts'

/** While measurements are late citizens' time is not known; services keep what was seen of them before. [SC19] */
export function strainChanged(draft: Draft, event: RecordedOf<'strain.changed'>) {
  const { late, stretch, cause } = event.data
  const before = draft.root.strain
  const turned = late !== before.late
  const lateMs = late || before.late ? event.at : before.lateMs
  draft.root.strain = { late, stretch, cause, sinceMs: turned ? event.at : before.sinceMs, lateMs }
  if (!turned) return
  for (const { id } of draft.root.teams) {
    const team = teamIn(draft, id)
    if (team) usabilityKnown(draft, team, event.at)
  }
  if (late) tell(draft, event, 'warning', 'strain.late', { params: { cause } })
  else tell(draft, event, 'good', 'strain.over')
}
