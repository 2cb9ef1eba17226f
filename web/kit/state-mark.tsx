import type { Verdict } from '#exercise/scenario/words.ts'
import './state.css'
import { useSay } from './i18n/use-say.ts'

/** Who reads decides the word: guests hear `not available` for both ways of failing. */
export type Wording = 'plain' | 'exact'

/** Ring and tick, triangle, square with x, dashed diamond: the state without its colour. */
export function StateMark({ verdict }: { readonly verdict: Verdict }) {
  return (
    <svg className={`mark mark-${verdict}`} viewBox="0 0 24 24" aria-hidden="true">
      {SHAPES[verdict]}
    </svg>
  )
}

export function StateChip({
  verdict,
  wording = 'plain',
}: {
  readonly verdict: Verdict
  readonly wording?: Wording
}) {
  const say = useSay()
  return (
    <span className={`chip chip-${verdict} eased`}>
      <StateMark verdict={verdict} />
      {say(`state.${wording}.${verdict}`)}
    </span>
  )
}

const cross = (
  <path
    fillRule="evenodd"
    fill="currentColor"
    d="M5 2h14a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3zm3.6 4.5L6.5 8.6 9.9 12l-3.4 3.4 2.1 2.1 3.4-3.4 3.4 3.4 2.1-2.1-3.4-3.4 3.4-3.4-2.1-2.1L12 9.9z"
  />
)
const SHAPES = {
  up: (
    <g fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="12" cy="12" r="9.5" />
      <path d="m8 12.3 2.8 2.8L16.2 9.5" />
    </g>
  ),
  slow: (
    <path
      fillRule="evenodd"
      fill="currentColor"
      d="M10.3 3.2 1.4 19a2 2 0 0 0 1.7 3h17.8a2 2 0 0 0 1.7-3L13.7 3.2a2 2 0 0 0-3.4 0zM10.8 9h2.4v6.2h-2.4zm0 8h2.4v2.4h-2.4z"
    />
  ),
  broken: cross,
  down: cross,
  unknown: (
    <g fill="none" stroke="currentColor" strokeWidth="2.2">
      <path strokeDasharray="3.5 2.6" d="M12 1.8 22.2 12 12 22.2 1.8 12z" />
      <circle cx="12" cy="12" r="2" fill="currentColor" strokeWidth="0" />
    </g>
  ),
} as const
