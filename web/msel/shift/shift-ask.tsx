import { useState } from 'react'
import { entryKey } from '#exercise/fold/changes.ts'
import type { State } from '#exercise/fold/state.ts'
import type { TimelineRow, TimelineView } from '#exercise/views/timeline-view.ts'
import { type Say, useSay } from '../../kit/i18n/use-say.ts'
import { RefusalText } from '../../kit/refusal.tsx'
import { Sheet, SheetButtons } from '../../kit/sheet.tsx'
import type { Target } from '../acts.ts'
import { teamNames } from '../detail.tsx'
import { longName } from '../names.ts'
import type { Acts } from '../use-acts.ts'
import { cellsOf, comesFirst, moves, type Whom } from './axis.ts'
import { toText } from './shift-text.ts'
import type { Shift, Shifting } from './use-shift.ts'

/** Whether an entry is to come at the time to which it was moved, and to whom. It says what then is so as the exercise stands now, not as it stood when it was taken. */
export function ShiftAsk(props: {
  readonly state: State
  /** As the exercise stands now. */
  readonly view: TimelineView
  readonly shift: Shift
  readonly shifting: Shifting
  readonly acts: Acts
  readonly onDone: (news: string) => void
}) {
  const say = useSay()
  const { state, view, shift, shifting, acts } = props
  const [whom, setWhom] = useState<Whom>(shift.whom)
  const row = view.rows.find((one) => entryKey(one) === shift.row)
  const wasMs = row ? comesFirst(row, whom) : null
  if (!row) return null
  const entry = longName(say, row)
  const byMs = wasMs === null ? 0 : shift.toMs - wasMs
  const choices = choicesOf(row, shift.whom)
  const move = () => {
    const targets = whom.map((team): Target => ({ kind: row.kind, id: row.id, team }))
    void acts.move(targets, byMs).then((count) => {
      if (count === 0) return
      const time = say.clock(shift.toMs)
      props.onDone(say('msel.shift.done', { time, entry, team: teamNames(say, state, whom) }))
      shifting.stop()
    })
  }
  return (
    <Sheet title={entry} onClose={shifting.stop}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          move()
        }}
      >
        <p role="status">
          <b className="num">{wasMs === null ? say('msel.shift.gone') : toText(say, { ...shift, wasMs })}</b>
        </p>
        <div className="msel-acts">
          {([-1, 1] as const).map((steps) => (
            <button key={steps} type="button" className="button" onClick={() => shifting.step(steps)}>
              {say(steps < 0 ? 'msel.shift.less' : 'msel.shift.more', { span: say.span(shift.axis.stepMs) })}
            </button>
          ))}
        </div>
        {choices.length > 1 && (
          <label className="field">
            {say('msel.shift.whom')}
            <select
              value={JSON.stringify(whom)}
              onChange={(event) => setWhom(JSON.parse(event.target.value) as Whom)}
            >
              {choices.map((one) => (
                <option key={JSON.stringify(one)} value={JSON.stringify(one)}>
                  {teamNames(say, state, one)}
                </option>
              ))}
            </select>
          </label>
        )}
        {wasMs !== null && byMs !== 0 && <Lines state={state} row={row} whom={whom} byMs={byMs} />}
        {wasMs !== null && shift.toMs <= view.atMs && <p>{say('msel.shift.atOnce')}</p>}
        <RefusalText refusal={acts.refusal} />
        <SheetButtons
          yes={say('msel.shift.yes')}
          busy={acts.busy || byMs === 0}
          asks
          onClose={shifting.stop}
        />
      </form>
    </Sheet>
  )
}

/** All, those whose mark was taken, and each of those for whom it can be moved. */
function choicesOf(row: TimelineRow, taken: Whom): readonly Whom[] {
  const teams = row.cells.flatMap((cell) => (cell.team !== null && moves(cell) ? [cell.team] : []))
  const all: readonly Whom[] = [[null], taken, ...teams.map((team) => [team])]
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}

/** What it is for each team before and after; for those of whom nobody knows yet when it comes, by how much it changes. */
function Lines(props: {
  readonly state: State
  readonly row: TimelineRow
  readonly whom: Whom
  readonly byMs: number
}) {
  const say = useSay()
  const { state, row, whom, byMs } = props
  const open = cellsOf(row, whom).filter(
    ({ came, state: now }) => !came && now !== 'not-for' && now !== 'never',
  )
  const groups = Map.groupBy(open, (cell) => lineOf(say, moves(cell) ? cell.atMs : null, cell.byMs, byMs))
  return (
    <dl className="msel-stand">
      {[...groups].map(([line, cells]) => (
        <div key={line}>
          <dt>
            {teamNames(
              say,
              state,
              cells.map(({ team }) => team),
            )}
          </dt>
          <dd className="num">{line}</dd>
        </div>
      ))}
    </dl>
  )
}

function lineOf(say: Say, atMs: number | null, moved: number, byMs: number): string {
  if (atMs !== null) return `${say.clock(atMs)} → ${say.clock(atMs + byMs)}`
  const inAll = moved + byMs
  return say(inAll < 0 ? 'msel.sooner' : 'msel.later', { span: say.span(Math.abs(inAll)) })
}
