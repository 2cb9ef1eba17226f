import type { ReactNode } from 'react'
import { useSay } from '../kit/i18n/use-say.ts'

/** A second digit that makes more than there is to give takes the place of the first. */
const typed = (value: string, max: number): string =>
  /^\d\d$/.test(value) && Number(value) > max ? value.slice(1) : value

/** Points for one thing, 0 to `max`. */
export function PointsField(props: {
  readonly label: string
  readonly note?: ReactNode
  readonly max: number
  readonly value: string
  readonly first: boolean
  readonly onChange: (value: string) => void
}) {
  return (
    <label className="field">
      {props.label}
      {props.note && <span className="soft">{props.note}</span>}
      <input
        type="number"
        min={0}
        max={props.max}
        step="any"
        required
        {...(props.first && { 'data-first': true })}
        value={props.value}
        // Whoever types another number means that one.
        onFocus={(event) => event.target.select()}
        onChange={(event) => props.onChange(typed(event.target.value, props.max))}
      />
    </label>
  )
}

export function CommentField(props: {
  readonly comment: string
  readonly final: boolean
  readonly onComment: (text: string) => void
  readonly onFinal: (final: boolean) => void
}) {
  const say = useSay()
  return (
    <>
      <label className="field">
        {say('grading.comment')}
        <textarea
          rows={3}
          maxLength={2_000}
          value={props.comment}
          onChange={(event) => props.onComment(event.target.value)}
        />
      </label>
      <label className="grading-final">
        <input
          type="checkbox"
          checked={props.final}
          onChange={(event) => props.onFinal(event.target.checked)}
        />
        {say('grading.final')}
      </label>
    </>
  )
}
