import type { RecordedOf } from '../ledger/events.ts'
import type { Draft } from './draft.ts'
import { changeInject } from './evolve-inject.ts'
import { tellTeam } from './story.ts'

export function questionTried(draft: Draft, event: RecordedOf<'question.tried'>) {
  const { inject, right, last, text, by } = event.data
  const tried = { right, last, text, by, atMs: event.at, position: event.position }
  const team = changeInject(draft, event.data, (sent) => ({ ...sent, tries: [...sent.tries, tried] }))
  if (team)
    tellTeam(draft, team, event, right ? 'good' : 'warning', right ? 'question.right' : 'question.wrong', {
      params: { inject },
    })
}

export function questionHintTaken(draft: Draft, event: RecordedOf<'question.hint-taken'>) {
  const { inject, level, text = null } = event.data
  const hint = { level, text, atMs: event.at, position: event.position }
  const team = changeInject(draft, event.data, (sent) => ({ ...sent, hints: [...sent.hints, hint] }))
  if (team) tellTeam(draft, team, event, 'neutral', 'question.hint-taken', { params: { inject, level } })
}
