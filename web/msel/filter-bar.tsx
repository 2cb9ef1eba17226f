import type { State } from '#exercise/fold/state.ts'
import { ENTRY_KINDS } from '#exercise/scenario/trigger.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { type Filters, STANDINGS } from './filters.ts'

/** By kind, team, state and who holds it. */
export function FilterBar(props: {
  readonly state: State
  readonly filters: Filters
  readonly owners: readonly string[]
  readonly onChange: (filters: Filters) => void
}) {
  const say = useSay()
  const { state, filters, onChange } = props
  const choice = (
    label: string,
    value: string | null,
    options: readonly (readonly [string, string])[],
    set: (value: string | null) => void,
  ) => (
    <label className="field">
      <span className="soft small">{label}</span>
      <select value={value ?? ''} onChange={(event) => set(event.target.value || null)}>
        <option value="">{say('msel.filter.any')}</option>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="msel-filters">
      {choice(
        say('msel.filter.kind'),
        filters.kind,
        ENTRY_KINDS.map((kind) => [kind, say(`msel.kind.${kind}`)]),
        (value) => onChange({ ...filters, kind: ENTRY_KINDS.find((kind) => kind === value) ?? null }),
      )}
      {choice(
        say('msel.filter.team'),
        filters.team,
        state.teams.map(({ id, name }) => [id, say.text(name)]),
        (team) => onChange({ ...filters, team }),
      )}
      {choice(
        say('msel.filter.state'),
        filters.standing,
        STANDINGS.map((standing) => [standing, say(`msel.filter.${standing}`)]),
        (value) => onChange({ ...filters, standing: STANDINGS.find((one) => one === value) ?? null }),
      )}
      {choice(
        say('msel.filter.owner'),
        filters.owner,
        props.owners.map((name) => [name, name]),
        (owner) => onChange({ ...filters, owner }),
      )}
      <label className="field">
        <span className="soft small">{say('msel.window')}</span>
        <select
          value={filters.hour ? 'hour' : 'all'}
          onChange={(event) => onChange({ ...filters, hour: event.target.value === 'hour' })}
        >
          <option value="hour">{say('msel.window.hour')}</option>
          <option value="all">{say('msel.window.all')}</option>
        </select>
      </label>
    </div>
  )
}
