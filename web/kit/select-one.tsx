import type { ReactNode } from 'react'

/** One of some things by its id, or none of them (''), which `none` names. */
export function SelectOne(props: {
  readonly label: ReactNode
  readonly none: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly (readonly [id: string, name: string])[]
}) {
  return (
    <label className="field">
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{props.none}</option>
        {props.options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
