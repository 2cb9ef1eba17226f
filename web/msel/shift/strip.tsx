import { useLayoutEffect, useRef } from 'react'
import { useSay } from '../../kit/i18n/use-say.ts'
import { placeOn, type Whom } from './axis.ts'
import { toText } from './shift-text.ts'
import './strip.css'
import type { Shift } from './use-shift.ts'

/** A moment on an entry's strip. */
export interface Mark {
  /** 0 to 1. */
  readonly place: number
  readonly whom: Whom
}

/** When an entry comes, on the axis of the next hour: a mark for each moment, to be dragged. While it moves, its new time stands above the hand. */
export function Strip({
  marks,
  shift,
  entry,
}: {
  readonly marks: readonly Mark[]
  readonly shift: Shift | null
  readonly entry: string
}) {
  return (
    <span className="msel-strip">
      {marks.map(({ place, whom }) => (
        <span
          key={whom.join()}
          aria-hidden="true"
          className="msel-handle"
          data-mark={JSON.stringify(whom)}
          style={{ '--place': place }}
        />
      ))}
      {shift && <Moving shift={shift} entry={entry} />}
    </span>
  )
}

const KEYS_SHOWN = '← → PgUp PgDn · Enter · Esc'

/** The new time: a slider, so that who does not see it is told each step. */
function Moving({ shift, entry }: { readonly shift: Shift; readonly entry: string }) {
  const say = useSay()
  const { axis, toMs, by } = shift
  const text = toText(say, shift)
  const thumb = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    if (by === 'keys') thumb.current?.focus()
  }, [by])
  return (
    <>
      <span
        ref={thumb}
        role="slider"
        tabIndex={0}
        className="msel-thumb"
        aria-label={say('msel.shift.slider', { entry })}
        aria-valuemin={axis.firstMs}
        aria-valuemax={axis.lastMs}
        aria-valuenow={toMs}
        aria-valuetext={text}
        aria-keyshortcuts="Enter Escape"
        style={{ '--place': placeOn(axis, toMs) }}
      />
      <span className="msel-bubble" aria-hidden="true" style={{ '--place': placeOn(axis, toMs) }}>
        <b className="num">{text}</b>
        {by === 'keys' && <span className="small">{KEYS_SHOWN}</span>}
      </span>
    </>
  )
}
