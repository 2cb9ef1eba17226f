import { useState } from 'react'
import { type Comparison, unitKey } from '#exercise/views/comparison/comparison.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { SelectOne } from '../kit/select-one.tsx'

export type Joined = readonly [name: string, unit: string]

/** Which names belong to one unit. Kept in this browser. */
export function JoinUnits(props: {
  readonly units: Comparison['units']
  readonly joined: readonly Joined[]
  readonly onJoined: (to: readonly Joined[]) => void
}) {
  const { units, joined, onJoined } = props
  const say = useSay()
  const [name, setName] = useState('')
  const [to, setTo] = useState('')
  const names = units.map(({ unit }) => [unit, unit] as const)
  return (
    <section className="card compare-unit" aria-labelledby="compare-join">
      <h2 id="compare-join">{say('compare.join')}</h2>
      <form
        className="compare-choice"
        onSubmit={(event) => {
          event.preventDefault()
          // What belonged to the one that is joined goes with it.
          const moved = joined.map(
            ([one, unit]): Joined => [one, unitKey(unit) === unitKey(name) ? to : unit],
          )
          onJoined([...moved, [name, to]])
          setName('')
          setTo('')
        }}
      >
        <SelectOne
          label={say('compare.joinName')}
          none={say('compare.joinChoose')}
          value={name}
          onChange={setName}
          options={names}
        />
        <SelectOne
          label={say('compare.joinTo')}
          none={say('compare.joinChoose')}
          value={to}
          onChange={setTo}
          options={names.filter(([one]) => one !== name)}
        />
        <button type="submit" className="button" disabled={name === '' || to === '' || name === to}>
          {say('compare.joinDo')}
        </button>
      </form>
      <ul>
        {joined.map(([one, unit]) => (
          <li key={one} className="compare-joined">
            <span>{say('compare.joined', { name: one, unit })}</span>
            <button
              type="button"
              className="button"
              aria-label={say('compare.apartOf', { name: one })}
              onClick={() => onJoined(joined.filter(([other]) => other !== one))}
            >
              {say('compare.apart')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
