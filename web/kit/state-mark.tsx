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

/** Attackers are inside: a beetle. One path, as all marks: a page has hundreds of them. */
export function BreachMark() {
  return (
    <svg className="mark mark-breach" viewBox="0 0 24 24" aria-hidden="true">
      <path fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" d={BEETLE} />
    </svg>
  )
}

const BEETLE =
  'M12 20v-9M14 7a4 4 0 0 1 4 4v3a6 6 0 0 1-12 0v-3a4 4 0 0 1 4-4zM14.1 3.9 16 2M21 21a4 4 0 0 0-3.8-4M21 5a4 4 0 0 1-3.6 4M22 13h-4M3 21a4 4 0 0 1 3.8-4M3 5a4 4 0 0 0 3.6 4M6 13H2M8 2l1.9 1.9M9 7.1V6a3 3 0 1 1 6 0v1.1'

const cross = (
  <path
    fillRule="evenodd"
    fill="currentColor"
    d="M5 2h14a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3zm3.6 4.5L6.5 8.6 9.9 12l-3.4 3.4 2.1 2.1 3.4-3.4 3.4 3.4 2.1-2.1-3.4-3.4 3.4-3.4-2.1-2.1L12 9.9z"
  />
)
const SHAPES = {
  up: (
    <path
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      d="M2.5 12a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0-19 0M8 12.3l2.8 2.8L16.2 9.5"
    />
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
    <path
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeDasharray="3.5 2.6"
      d="M12 1.8 22.2 12 12 22.2 1.8 12zM10.3 12h3.4"
    />
  ),
} as const
