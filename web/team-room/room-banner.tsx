import type { InboxItem } from '#exercise/views/inbox-view.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { FrozenNote } from '../control/frozen-note.tsx'
import { Outcome } from '../kit/outcome.tsx'
import { InboxLine } from './inbox-line.tsx'
import { NextSteps } from './next-steps.tsx'
import { Preparation } from './preparation.tsx'
import { TakeOver } from './take-over.tsx'

/** What stands over the whole room: messages that wait, how it ended, who plays, what is prepared. */
export function RoomBanner(props: {
  readonly team: TeamView
  readonly view: ExerciseView
  /** Null: they are before everybody's eyes. */
  readonly waiting: readonly InboxItem[] | null
  readonly onGo: (tab: string) => void
}) {
  const { team, view, waiting, onGo } = props
  return (
    <div className="room-banner">
      {waiting && <InboxLine waiting={waiting} onGo={() => onGo('inbox')} />}
      {view.phase === 'ended' && view.frozenMs === undefined ? (
        <Outcome view={view}>
          <NextSteps team={team.id} onGo={onGo} />
        </Outcome>
      ) : (
        <TakeOver team={team} />
      )}
      <Preparation />
      <FrozenNote view={view} />
    </div>
  )
}
