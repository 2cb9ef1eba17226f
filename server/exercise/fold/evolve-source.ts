import type { RecordedOf } from '../ledger/events.ts'
import type { SourcePayloads } from '../ledger/source-events.ts'
import { type Draft, pushBounded, serviceIn, type TeamDraft, teamIn } from './draft.ts'
import { tellTeam } from './story.ts'
import type { OwnEdit } from './team-acts.ts'

/** As many marks of its own as a team's strips show at most. */
const EDITS_KEPT = 120

const edited = (
  draft: Draft,
  team: TeamDraft,
  { at: atMs, position, data }: RecordedOf<'source.saved' | 'app.restarted'>,
  what: Pick<OwnEdit, 'kind' | 'file'>,
) => {
  const edit = { service: data.service, ...what, by: data.by, atMs, position }
  team.edits = pushBounded(draft, team.edits, edit, EDITS_KEPT)
}

/** Sources of teams, as they are changed in the editor. */
export const sourceHandlers: {
  readonly [T in keyof SourcePayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'source.saved': (draft, event) => {
    const { team: id, file, gone } = event.data
    const team = teamIn(draft, id)
    if (team) edited(draft, team, event, { kind: gone ? 'deleted' : 'saved', file })
  },
  'app.restarted': (draft, event) => {
    const { team: id, service: of, ok } = event.data
    const team = teamIn(draft, id)
    const service = team && serviceIn(draft, team, of)
    if (!team || !service) return
    service.asked = { position: event.position, atMs: event.at }
    edited(draft, team, event, { kind: ok ? 'restarted' : 'restart-failed', file: '' })
    tellTeam(draft, team, event, ok ? 'neutral' : 'bad', ok ? 'app.restarted' : 'app.restart-failed', {
      service: of,
    })
  },
  'changes.kept': (draft, event) => {
    const { team: id, ...changes } = event.data
    const team = teamIn(draft, id)
    if (team) team.changes = { ...team.changes, [changes.service]: { ...changes, atMs: event.at } }
  },
  'fixes.kept': (draft, { data }) => {
    draft.root.fixes = data.fixes
  },
}
