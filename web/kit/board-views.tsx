import { type Board, go, hrefOf, shownBoard, useRoute } from '../app/route.ts'
import './board-views.css'

/** More than these have no place one beside the other. */
const SIDE_BY_SIDE = 3

/** Main views of a page, one beside the other, or many of them in a list to choose from; which of them is shown is in the URL. */
export function BoardViews<B extends Board>({
  boards,
  nameOf,
  label,
}: {
  readonly boards: readonly [B, ...B[]]
  readonly nameOf: (board: B) => string
  readonly label: string
}) {
  const route = useRoute()
  const shown = shownBoard(route, boards)
  if (boards.length > SIDE_BY_SIDE)
    return (
      <label className="picker">
        <span className="hidden">{label}</span>
        <select
          value={shown}
          onChange={(event) => {
            const board = boards.find((one) => one === event.target.value)
            if (board) go(hrefOf({ ...route, board }))
          }}
        >
          {boards.map((board) => (
            <option key={board} value={board}>
              {nameOf(board)}
            </option>
          ))}
        </select>
      </label>
    )
  return (
    <nav className="board-views" aria-label={label}>
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
