import { memo } from 'react'
import type { Verdict } from '#exercise/scenario/words.ts'
import { Bars } from './history-strip.tsx'
import { BreachMark, StateMark } from './state-mark.tsx'

interface Props {
  readonly verdict: Verdict
  readonly word: string
  /** Where attackers are inside. */
  readonly breached: string | null
  /** All of it in one line, and of which team and service it is. */
  readonly said: string
  readonly of: string
  readonly words: boolean
  /** null: without a strip. */
  readonly bars: string | null
  /** Where it stands, for who may open it; null for others. */
  readonly at: string | null
  /** Whether the key Tab leads to it. */
  readonly first: boolean
}

/**
 * A service of a team. Its words come from above, and it is drawn again only when one of them changes: with hundreds of cells each look into the
 * dictionary counts, and so does each element.
 */
export const MatrixCell = memo((props: Props) => {
  const { verdict, word, breached, said, of, words, bars, at } = props
  const inner = (
    <>
      {words && at !== null && <span className="hidden">{of}</span>}
      <StateMark verdict={verdict} />
      {words && <span className="cell-word">{word}</span>}
      {breached && (words ? <Breach word={breached} /> : <BreachMark />)}
      {bars !== null && <Bars of={bars} />}
    </>
  )
  const className = `cell cell-${verdict}${breached ? ' cell-breached' : ''}`
  if (at === null)
    return words ? (
      <div className={className}>{inner}</div>
    ) : (
      <div className={className} role="img" aria-label={of + said} title={of + said}>
        {inner}
      </div>
    )
  return (
    <button
      type="button"
      className={className}
      data-at={at}
      tabIndex={props.first ? 0 : -1}
      aria-haspopup="dialog"
      // Where it has words, it is called by what is seen.
      aria-label={words ? undefined : of + said}
      title={words ? undefined : of + said}
    >
      {inner}
    </button>
  )
})

const Breach = ({ word }: { readonly word: string }) => (
  <span className="cell-breach">
    <BreachMark />
    <span>{word}</span>
  </span>
)
