import type { ReactNode } from 'react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { BOARDS, shownBoard, useRoute } from '../app/route.ts'
import { FrozenNote } from '../control/frozen-note.tsx'
import { useSectors } from '../feed/use-points.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { BoardViews } from '../kit/board-views.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { Matrix } from '../kit/matrix.tsx'
import { SectorTable } from './sectors/sector-table.tsx'
import { nextText, sinceText } from './sectors/sector-words.ts'

/** The main view: sector times, or the services of each team. Which of them is in the URL. */
export function Board(props: {
  readonly view: ExerciseView
  readonly picked: string | null
  readonly onPick: (team: string) => void
  readonly children?: ReactNode
}) {
  const say = useSay()
  const route = useRoute()
  const { big, embed } = route
  const shown = shownBoard(route, BOARDS)
  return (
    <section className={`board-main board-${shown} card`} aria-labelledby="board">
      <div className="board-head">
        <h2 id="board" className={big || embed ? undefined : 'hidden'}>
          {say(shown === 'sectors' ? 'sectors.title' : 'matrix.title')}
        </h2>
        {!big && !embed && (
          <BoardViews
            label={say('board.views')}
            boards={BOARDS}
            nameOf={(board) => say(board === 'sectors' ? 'sectors.title' : 'sectors.services')}
          />
        )}
        {shown === 'sectors' && <Facts />}
      </div>
      {big && <FrozenNote view={props.view} />}
      {shown === 'sectors' ? (
        <Sectors {...props} still={big || embed} big={big} />
      ) : (
        <Matrix view={props.view} />
      )}
    </section>
  )
}

function Sectors(props: {
  readonly picked: string | null
  readonly onPick: (team: string) => void
  readonly still: boolean
  readonly big: boolean
}) {
  const say = useSay()
  const view = useSectors()
  const { services } = useExerciseState().scenario
  const titleOf = (id: string) => {
    const service = services.find((known) => known.id === id)
    return service ? say.text(service.title) : id
  }
  if (!view || view.rows.length === 0) return <p className="soft">{say('sectors.noTeams')}</p>
  return (
    <SectorTable
      view={view}
      titleOf={titleOf}
      big={props.big}
      picked={props.picked}
      onPick={props.still ? null : props.onPick}
    />
  )
}

/** What comes next, and what places are compared with. */
function Facts() {
  const say = useSay()
  const view = useSectors()
  if (!view || view.rows.length === 0) return null
  return (
    <p className="board-facts">
      {view.next && <b>{nextText(say, view.next)}</b>} <span className="soft">{sinceText(say, view)}</span>
    </p>
  )
}
