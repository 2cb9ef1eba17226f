import { useMemo, useState } from 'react'
import { entryKey } from '#exercise/fold/changes.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useTimeline } from '../feed/use-white.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { awayText } from '../kit/left-text.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { ACT_NAMES, ACTS, type Act, KEYS, type Target } from './acts.ts'
import { Detail, teamNames } from './detail.tsx'
import { EditForm, editable } from './edit-form.tsx'
import { EntryForm } from './entry-form.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Filters, filtered, NO_FILTERS, ownersOf } from './filters.ts'
import { FireAsk } from './fire-ask.tsx'
import { Grid, type Place, placeKey } from './grid.tsx'
import { HelpSheet } from './help-sheet.tsx'
import './msel.css'
import { longName } from './names.ts'
import { ShiftAsk } from './shift/shift-ask.tsx'
import { useShift } from './shift/use-shift.ts'
import { useActs } from './use-acts.ts'

type Open = 'fire' | 'edit' | 'clone' | 'add' | 'help' | null

/** The timeline in the instructor's hands: entries by team, what comes next and why not yet, and everything that can be done to it. */
export function Msel() {
  const say = useSay()
  const state = useExerciseState()
  const view = useTimeline()
  const acts = useActs()
  const [filters, setFilters] = useState<Filters>(NO_FILTERS)
  const [focus, setFocus] = useState<Place>({ row: '', column: 0 })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<Open>(null)
  const [news, setNews] = useState('')

  const shifting = useShift(view)
  const { shift } = shifting
  // Nothing moves under the hand: what is shown stands still while an entry is moved.
  const shown = shift?.view ?? view
  const rows = filtered(shown.rows, filters, say, shown.atMs)
  const teams = useMemo(
    () =>
      state.teams.flatMap(({ id, name }, place) =>
        filters.team === null || filters.team === id ? [{ id, name: say.text(name), place }] : [],
      ),
    [state.teams, filters.team, say],
  )
  const first = rows.find(({ atMs }) => atMs !== null && atMs > view.atMs) ?? rows.at(-1)
  const row = rows.find((one) => entryKey(one) === focus.row) ?? first
  const nameOf = (one: { readonly kind: string; readonly id: string }) => {
    const found = view.rows.find(({ kind, id }) => kind === one.kind && id === one.id)
    return found ? longName(say, found) : one.id
  }
  const targetAt = ({ row: key, column }: Place): Target | null => {
    const at = view.rows.find((one) => entryKey(one) === key)
    if (!at) return null
    // With a filter for one team the first column is that team's too: what is not seen is not touched.
    const only = filters.team !== null ? filters.team : null
    const team = at.kind === 'phase' ? null : column === 0 ? only : (teams[column - 1]?.id ?? null)
    return { kind: at.kind, id: at.id, team }
  }
  const here: Place = { row: row ? entryKey(row) : '', column: focus.column }
  const targets = (selected.size > 0 ? [...selected].map(placeOf) : [here]).flatMap(
    (place) => targetAt(place) ?? [],
  )
  const team = targetAt(here)?.team ?? null

  const act = (name: Act) => {
    setOpen(null)
    void acts.act(name, targets).then((count) => {
      if (count === 0) return
      setSelected(new Set())
      const [first] = targets
      if (!first) return
      const whom = teamNames(say, state, [...new Set(targets.map((one) => one.team))])
      const entry = targets.length > 1 ? say('msel.selected', { count: targets.length }) : nameOf(first)
      setNews(say('msel.done', { what: say(`msel.act.${name}`), entry, team: whom }))
    })
  }
  const undo = () =>
    void acts.undo().then((done) => {
      if (done === null) return setNews(say('msel.undo.none'))
      if (done === 'fired') return setNews(say('msel.undo.fired'))
      if (done === 'refused') return setNews('')
      setNews(say('msel.undone', { what: say.code(`msel.act.${done.name}`) }))
    })
  const choose = (name: Act) => (name === 'fire' ? setOpen('fire') : act(name))
  const toggle = () => {
    const key = placeKey(here)
    const next = new Set(selected)
    if (!next.delete(key)) next.add(key)
    setSelected(next)
  }
  const onKey = (key: string): boolean => {
    const name = ACT_NAMES.find((one) => ACTS[one].key === key)
    const meant: Readonly<Record<string, () => void>> = {
      ' ': toggle,
      [KEYS.clear]: () => setSelected(new Set()),
      [KEYS.shift]: () => {
        const taken = row && shifting.take(entryKey(row), [team], 'keys')
        if (!taken) setNews(say('msel.shift.none'))
      },
      [KEYS.edit]: () => row && editable(row) && setOpen('edit'),
      [KEYS.clone]: () => row && (row.kind === 'inject' || row.kind === 'attack') && setOpen('clone'),
      [KEYS.add]: () => setOpen('add'),
      [KEYS.undo]: undo,
      [KEYS.help]: () => setOpen('help'),
    }
    const deed = name ? () => choose(name) : meant[key]
    deed?.()
    return deed !== undefined
  }
  const onFocus = (place: Place, extend: boolean) => {
    if (extend) setSelected(new Set([...selected, placeKey(here), placeKey(place)]))
    setFocus(place)
  }
  const wanted = [...new Set(targets.flatMap((one) => one.team ?? []))]
  const close = () => setOpen(null)
  return (
    <div className="msel">
      <div className="msel-head">
        <NextLine view={view} nameOf={nameOf} />
        <FilterBar state={state} filters={filters} owners={ownersOf(say, view.rows)} onChange={setFilters} />
      </div>
      <section className="msel-table card" aria-label={say('msel.title')}>
        <Grid
          view={shown}
          nowMs={view.atMs}
          shifting={shifting}
          rows={rows}
          teams={teams}
          focus={here}
          selected={selected}
          onFocus={onFocus}
          onKey={onKey}
        />
      </section>
      <section className="msel-side card" aria-label={row ? nameOf(row) : say('msel.title')}>
        <div className="msel-acts">
          {ACT_NAMES.map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              disabled={acts.busy || !row}
              onClick={() => choose(name)}
            >
              {say(`msel.act.${name}`)} <kbd>{ACTS[name].key}</kbd>
            </button>
          ))}
          {(['shift', 'edit', 'clone', 'add', 'undo', 'help'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="button"
              disabled={acts.busy}
              onClick={() => onKey(KEYS[name])}
            >
              {say(`msel.act.${name}`)} <kbd>{KEYS[name]}</kbd>
            </button>
          ))}
        </div>
        {selected.size > 0 && <p className="small">{say('msel.selected', { count: selected.size })}</p>}
        <p role="status" className="small msel-news">
          {news}
        </p>
        <RefusalText refusal={open === null && !shift ? acts.refusal : null} />
        {row && <Detail state={state} view={view} row={row} team={team} />}
      </section>
      {shift?.asked && (
        <ShiftAsk state={state} view={view} shift={shift} shifting={shifting} acts={acts} onDone={setNews} />
      )}
      {open === 'fire' && targets[0] && (
        <FireAsk
          entry={targets.length > 1 ? say('msel.selected', { count: targets.length }) : nameOf(targets[0])}
          some={targets.some((one) => one.team === null) ? null : teamNames(say, state, wanted)}
          onYes={() => act('fire')}
          onClose={close}
        />
      )}
      {open === 'edit' && row && <EditForm state={state} row={row} acts={acts} onClose={close} />}
      {(open === 'add' || (open === 'clone' && row)) && (
        <EntryForm
          state={state}
          atMs={view.atMs}
          of={open === 'clone' ? (row ?? null) : null}
          teams={wanted}
          acts={acts}
          onClose={close}
        />
      )}
      {open === 'help' && <HelpSheet onClose={close} />}
    </div>
  )
}

function placeOf(key: string): Place {
  const cut = key.lastIndexOf('|')
  return { row: key.slice(0, cut), column: Number(key.slice(cut + 1)) }
}

/** What comes next, and in what time. */
function NextLine({
  view: { next, atMs },
  nameOf,
}: {
  readonly view: ReturnType<typeof useTimeline>
  readonly nameOf: (ref: { readonly kind: string; readonly id: string }) => string
}) {
  const say = useSay()
  if (!next) return <p className="msel-next">{say('msel.next.none')}</p>
  const names = [...new Set(next.entries.map(nameOf))]
  const [first = '', ...more] = names
  const what = more.length > 0 ? say('msel.next.more', { what: first, n: more.length }) : first
  return <p className="msel-next">{say('msel.next', { span: awayText(say, next.atMs - atMs), what })}</p>
}
