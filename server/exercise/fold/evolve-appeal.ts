import type { RecordedOf } from '../ledger/events.ts'
import { type Draft, ownList, teamIn } from './draft.ts'
import { tellTeam } from './story.ts'

export function appealMade(draft: Draft, event: RecordedOf<'appeal.made'>) {
  const { team: id, ...made } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  const appeals = ownList(draft, team.appeals)
  appeals.push({ ...made, atMs: event.at, position: event.position, answer: null })
  team.appeals = appeals
  tellTeam(draft, team, event, 'neutral', 'appeal.made', { params: { appeal: made.appeal } })
}

export function appealAnswered(draft: Draft, event: RecordedOf<'appeal.answered'>) {
  const { team: id, appeal, ...said } = event.data
  const team = teamIn(draft, id)
  const index = team?.appeals.findIndex((one) => one.appeal === appeal) ?? -1
  const before = team?.appeals[index]
  if (!team || !before) return
  const appeals = ownList(draft, team.appeals)
  appeals[index] = { ...before, answer: { ...said, atMs: event.at, position: event.position } }
  team.appeals = appeals
  tellTeam(draft, team, event, 'neutral', 'appeal.answered', { params: { appeal } })
}
