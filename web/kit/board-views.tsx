import { type Board, hrefOf, shownBoard, useRoute } from '../app/route.ts'
import './board-views.css'
import { useSay } from './i18n/use-say.ts'

/** Main views of a page, one beside the other; which of them is shown is in the URL. */
export function BoardViews<B extends Board>({
  boards,
  nameOf,
}: {
  readonly boards: readonly [B, ...B[]]
  readonly nameOf: (board: B) => string
}) {
  const say = useSay()
  const route = useRoute()
  const shown = shownBoard(route, boards)
  return (
    <nav className="board-views" aria-label={say('board.views')}>
      {boards.map((board) => (
        <a
          key={board}
          className="button"
          href={hrefOf({ ...route, board })}
          aria-current={board === shown ? 'page' : undefined}
        >
          {nameOf(board)}
        </a>
      ))}
    </nav>
  )
}
