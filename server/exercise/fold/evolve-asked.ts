import { nameIn } from '../ledger/actor.ts'
import type { EventType, RecordedOf } from '../ledger/events.ts'
import { handleOf } from '../scenario/weaknesses.ts'
import { type Draft, ownList, pushBounded, teamIn } from './draft.ts'
import { tell, tellWhite } from './story.ts'

const NOTES_KEPT = 200

type Asked = Extract<EventType, 'hint.taken' | `seat.${string}` | 'score.adjusted' | 'note.added'>

/** What people ask for. */
export const askedHandlers: { readonly [T in Asked]: (draft: Draft, event: RecordedOf<T>) => void } = {
  'hint.taken': (draft, event) => {
    const { data } = event
    const team = teamIn(draft, data.team)
    if (!team) return
    const { weaknesses } = draft.root.scenario
    const text = data.text ?? weaknesses.find((w) => w.id === data.weakness)?.hints[data.level - 1] ?? null
    const weakness = data.handle ?? handleOf(weaknesses, data.weakness)
    const by = nameIn(data.by)
    const hint = { weakness, level: data.level, text, ...by, atMs: event.at, position: event.position }
    team.hints = [...team.hints, hint]
    tell(draft, event, 'neutral', 'hint.taken', { team: team.id, params: { level: data.level } })
  },
  'seat.issued': (draft, event) => {
    const { seatId, seat, team, label } = event.data
    const seats = ownList(draft, draft.root.seats)
    seats.push({ seatId, seat, team, label, revoked: false })
    draft.root.seats = seats
  },
  'seat.revoked': (draft, event) => {
    draft.root.seats = draft.root.seats.map((seat) =>
      seat.seatId === event.data.seatId ? { ...seat, revoked: true } : seat,
    )
    tellWhite(draft, event, 'warning', 'seat.revoked')
  },
  'score.adjusted': (draft, event) => {
    const { team: id, ...adjustment } = event.data
    const team = teamIn(draft, id)
    if (!team) return
    team.adjustments = [...team.adjustments, { ...adjustment, atMs: event.at, position: event.position }]
    tell(draft, event, adjustment.points < 0 ? 'bad' : 'good', 'score.adjusted', {
      team: team.id,
      params: {
        category: adjustment.category,
        points: adjustment.points,
        reason: adjustment.reason,
      },
    })
  },
  'note.added': (draft, event) => {
    const note = { ...event.data, atMs: event.at, position: event.position }
    draft.root.notes = pushBounded(draft, draft.root.notes, note, NOTES_KEPT)
    tellWhite(draft, event, 'neutral', 'note', { params: { text: event.data.text } })
  },
}
