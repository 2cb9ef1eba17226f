import type { Change } from '#exercise/fold/entry-state.ts'
import type { State } from '#exercise/fold/state.ts'
import type { TimelineRow, TimelineView } from '#exercise/views/timeline-view.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { cellText, LOOKS } from './cell-text.ts'
import { shortName, whoName } from './names.ts'
import { whyText } from './why-text.ts'

/** All about the entry with the focus: how it stands for each team that is meant, why it has not come, and what was changed. `team` null: for all. */
export function Detail(props: {
  readonly state: State
  readonly view: TimelineView
  readonly row: TimelineRow
  readonly team: string | null
}) {
  const say = useSay()
  const { state, view, row, team } = props
  const cells = row.cells.filter((cell) => team === null || cell.team === null || cell.team === team)
  // Teams of which the same is to be said share a line.
  const groups = Object.entries(
    Object.groupBy(cells, (cell) => {
      const { atMs } = view
      return JSON.stringify([cellText(say, cell, atMs), LOOKS[cell.state].mark, notes(say, state, cell)])
    }),
  )
  const inject = row.kind === 'inject' ? state.scenario.injects.find(({ id }) => id === row.id) : undefined
  return (
    <div className="msel-detail">
      <h2>
        <span className="soft num">{shortName(row)}</span> {say.text(row.title)}
      </h2>
      <p className="soft small">
        {say(`msel.kind.${row.kind}`)}
        {row.added && ` · ${say('msel.added')}`}
        {(row.added || row.some) && ` · ${say(row.counts ? 'msel.counts' : 'msel.countsNot')}`}
      </p>
      {row.some && <p className="small">{say('msel.some.means')}</p>}
      <dl className="msel-stand">
        {groups.map(([key, group = []]) => {
          const [text, mark, said] = JSON.parse(key) as [string, string, readonly string[]]
          return (
            <div key={key}>
              <dt>
                {teamNames(
                  say,
                  state,
                  group.map((cell) => cell.team),
                )}
              </dt>
              <dd>
                <b>
                  <span aria-hidden="true">{mark}</span> {text}
                </b>
                {said.map((line) => (
                  <span key={line} className="small">
                    {line}
                  </span>
                ))}
              </dd>
            </div>
          )
        })}
      </dl>
      {inject && (
        <>
          <p className="soft small">
            {say.text(inject.from)} · {say(`inbox.channel.${inject.channel}`)}
          </p>
          <p className="msel-words">{say.text(inject.text)}</p>
          {inject.note && <p className="soft small msel-words">{say.text(inject.note)}</p>}
        </>
      )}
      {row.changes.length > 0 && (
        <>
          <h3>{say('msel.changes')}</h3>
          <ol className="msel-changes small">
            {row.changes.toReversed().map((change, index) => (
              <li key={index}>
                {say('msel.changed', {
                  time: say.clock(change.atMs),
                  name: whoName(say, change.by),
                  what: didText(say, change),
                  team: teamNames(say, state, [change.team]),
                })}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}

function notes(say: Say, state: State, cell: TimelineRow['cells'][number]): readonly string[] {
  const { why, held, cancelled, byMs, atMs, came } = cell
  const span = say.span(Math.abs(byMs))
  return [
    ...(atMs !== null ? [say('msel.at', { time: say.clock(atMs) })] : []),
    ...(byMs !== 0 && !came ? [say(byMs > 0 ? 'msel.later' : 'msel.sooner', { span })] : []),
    ...(held && !came
      ? [say('msel.heldBy', { name: whoName(say, held.by), time: say.clock(held.atMs) })]
      : []),
    ...(cancelled && !came
      ? [say('msel.cancelledBy', { name: whoName(say, cancelled.by), time: say.clock(cancelled.atMs) })]
      : []),
    ...(why && why.code !== 'held' && why.code !== 'cancelled' ? [whyText(say, state, why)] : []),
  ]
}

/** All of them are `all teams`. */
export function teamNames(say: Say, state: State, teams: readonly (string | null)[]): string {
  if (teams.includes(null) || (teams.length > 1 && teams.length === state.teams.length))
    return say('msel.all')
  return say.list(teams.map((id) => teamName(say, state, id)))
}

const teamName = (say: Say, state: State, id: string | null): string => {
  const team = state.teams.find((one) => one.id === id)
  return team ? say.text(team.name) : (id ?? '')
}

export function didText(say: Say, { what }: Pick<Change, 'what'>): string {
  if (what.kind !== 'move') return say(`msel.did.${what.kind}`)
  return say(what.byMs > 0 ? 'msel.did.move' : 'msel.did.moveBack', { span: say.span(Math.abs(what.byMs)) })
}
