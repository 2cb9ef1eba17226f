import { ChevronDown } from 'lucide-react'
import { Fragment, memo, useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { Recorded } from '#exercise/ledger/events.ts'
import { kept } from '#exercise/scoring/kept.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { keyInExercise } from '../app/route.ts'
import { useExerciseState, useLedgerTail } from '../feed/use-view.ts'
import { fewNames } from '../kit/few-names.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { keep, kept as keptText } from '../kit/kept-text.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { SelectOne } from '../kit/select-one.tsx'
import './control.css'
import { eventText, kindOf, LEDGER_KINDS } from './event-names.ts'
import { groupsOf } from './ledger-groups.ts'
import { useOlder } from './use-older.ts'
import { useSeen } from './use-seen.ts'

/** Lines at once: what is further down is found by the filters. */
const SHOWN = 200
/** Those that are there with the page; the others follow when all around them stands. */
const FIRST = 30

/** With more teams than these a line holds what happened to all of them at once, and the ledger is folded until somebody asks for it. */
const MANY = 8
/** Events that are put into lines at once. */
const LOOKED_AT = 2_000
const NAMED = 2
const keyOf = () => keyInExercise('kilp.ledger')

/** The ledger for white, newest first: by team, kind and words, with names in place of ids, and back to its beginning. What comes in a burst is one line. */
export function LedgerPanel({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { scenario } = useExerciseState()
  const tail = useSeen(useLedgerTail())
  const older = useOlder()
  const [held, setHeld] = useState<readonly Recorded[] | null>(null)
  const [team, setTeam] = useState('')
  const [kind, setKind] = useState('')
  const [text, setText] = useState('')
  const known = useMemo(() => {
    const latest = held ?? tail
    const first = latest[0]?.position ?? 0
    return [...older.events.filter(({ position }) => position < first), ...latest]
  }, [held, tail, older.events])
  const words = text.trim().toLowerCase()
  const asked = known
    .filter((event) => team === '' || ('team' in event.data && event.data.team === team))
    .filter((event) => kind === '' || kindOf(event.type) === kind)
  const shown = useDeferredValue(SHOWN, FIRST)
  // Putting an event into words takes its time: once for each, and without a search only for those that are shown.
  const said = useMemo(() => new WeakMap<Recorded, string>(), [say, scenario])
  const whatOf = (event: Recorded) => kept(said, event, () => eventText(say, scenario, view, event))
  const found = asked.filter(
    (event) => words === '' || `${event.type} ${whatOf(event)}`.toLowerCase().includes(words),
  )
  const many = view.teams.length > MANY
  const [unfolded, setUnfolded] = useState<boolean | null>(() => unfoldedFrom(keptText(keyOf())))
  const isOpen = unfolded ?? !many
  const groups = groupsOf(found.slice(-LOOKED_AT), !many || team !== '')
    .slice(isOpen ? -shown : -1)
    .toReversed()
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const toggle = useCallback((position: number) => {
    setOpened((before) => {
      const after = new Set(before)
      if (!after.delete(position)) after.add(position)
      return after
    })
  }, [])
  const first = known[0]?.position ?? 1
  const latest = known.at(-1)
  return (
    <section className={isOpen ? 'ledger card' : 'ledger ledger-folded card'} aria-labelledby="ledger">
      <div className="series-head">
        <h2>
          <button
            type="button"
            id="ledger"
            className="ledger-fold"
            aria-expanded={isOpen}
            onClick={() => {
              setUnfolded(!isOpen)
              keep(keyOf(), isOpen ? 'folded' : 'open')
            }}
          >
            <ChevronDown aria-hidden="true" size="1.1em" />
            {say('ledger.title')}
          </button>
        </h2>
        {!isOpen && latest && (
          <p className="ledger-latest soft small">
            <span className="num">{say.clock(latest.at)}</span> {latest.type} {teamsOf([latest])}{' '}
            {whatOf(latest)}
          </p>
        )}
        <button
          type="button"
          className="button"
          aria-pressed={held !== null}
          onClick={() => setHeld(held ? null : tail)}
        >
          {say(held ? 'ledger.goOn' : 'ledger.hold')}
        </button>
      </div>
      {isOpen && (
        <>
          <search className="ledger-ask">
            <SelectOne
              label={say('ledger.filter.team')}
              none={say('ledger.all')}
              value={team}
              onChange={setTeam}
              options={view.teams.map(({ id, name }) => [id, say.text(name)])}
            />
            <SelectOne
              label={say('ledger.filter.kind')}
              none={say('ledger.all')}
              value={kind}
              onChange={setKind}
              options={LEDGER_KINDS.map((one) => [one, say(`ledger.kind.${one}`)])}
            />
            <label className="field">
              {say('ledger.filter.text')}
              <input
                type="search"
                maxLength={200}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </label>
          </search>
          <ScrollRegion className="ledger-scroll" label={say('ledger.title')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">#</th>
                  <th scope="col">{say('ledger.time')}</th>
                  <th scope="col">{say('ledger.event')}</th>
                  <th scope="col">{say('standings.team')}</th>
                  <th scope="col">{say('ledger.what')}</th>
                </tr>
              </thead>
              <tbody>
                {groups.map(({ events }) => {
                  const [head] = events
                  const newest = events.at(-1) ?? head
                  const alone = events.length === 1
                  const isOpened = !alone && opened.has(head.position)
                  return (
                    <Fragment key={head.position}>
                      <Line
                        position={head.position}
                        clock={say.clock(head.at)}
                        type={head.type}
                        count={events.length}
                        team={teamsOf(events)}
                        what={
                          alone
                            ? whatOf(head)
                            : say('ledger.grouped', {
                                n: events.length,
                                span: say.span(Math.max(1000, newest.wall - head.wall)),
                                what: whatOf(newest),
                              })
                        }
                        opened={isOpened}
                        onOpen={toggle}
                      />
                      {isOpened &&
                        events
                          .toReversed()
                          .map((event) => (
                            <Line
                              key={event.position}
                              position={event.position}
                              clock={say.clock(event.at)}
                              type={event.type}
                              count={0}
                              team={teamsOf([event])}
                              what={whatOf(event)}
                              opened={false}
                              onOpen={toggle}
                            />
                          ))}
                    </Fragment>
                  )
                })}
              </tbody>
            </table>
            {groups.length === 0 && <p className="soft">{say('ledger.none')}</p>}
            {older.failed && <p role="alert">{say('ledger.failed')}</p>}
            {first > 1 ? (
              <button
                type="button"
                className="button"
                disabled={older.busy}
                onClick={() => older.load(first)}
              >
                {say('ledger.older')}
              </button>
            ) : (
              <p className="soft small">{say('ledger.whole')}</p>
            )}
          </ScrollRegion>
        </>
      )}
    </section>
  )

  function teamsOf(events: readonly Recorded[]): string {
    const ids = new Set(events.map(({ data }) => ('team' in data ? data.team : null)))
    const names = view.teams.filter(({ id }) => ids.has(id)).map(({ name }) => say.text(name))
    return fewNames(say, names, NAMED, 'names.more.teams')
  }
}

const unfoldedFrom = (text: string | null): boolean | null => (text === null ? null : text === 'open')

interface LineProps {
  readonly position: number
  readonly clock: string
  readonly type: string
  /** Of events in it: 1 stands alone, of more the line opens, 0 is one of an opened line. */
  readonly count: number
  readonly team: string
  readonly what: string
  readonly opened: boolean
  readonly onOpen: (position: number) => void
}

/** An event does not change: its line is drawn once, that of several whenever one is added. */
const Line = memo(({ position, clock, type, count, team, what, opened, onOpen }: LineProps) => (
  <tr className={count === 0 ? 'ledger-part' : undefined}>
    <td className="num">{position}</td>
    <td className="num">{clock}</td>
    <td className="ledger-type">
      {count > 1 ? (
        <button type="button" className="ledger-more" aria-expanded={opened} onClick={() => onOpen(position)}>
          <ChevronDown aria-hidden="true" size="1em" />
          {count} × {type}
        </button>
      ) : (
        type
      )}
    </td>
    <td>{team}</td>
    <td className="ledger-text">{what}</td>
  </tr>
))
