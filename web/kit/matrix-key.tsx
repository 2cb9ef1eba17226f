import type { Verdict } from '#exercise/scenario/words.ts'
import { useSay } from './i18n/use-say.ts'
import { BreachMark, StateMark } from './state-mark.tsx'

const SHOWN: readonly Verdict[] = ['up', 'slow', 'broken', 'unknown']

/** What the shapes in the cells mean. Each cell says it itself to who can not see them. */
export function MatrixKey() {
  const say = useSay()
  return (
    <span className="matrix-key soft" aria-hidden="true">
      {SHOWN.map((verdict) => (
        <span key={verdict} className={`cell-${verdict}`}>
          <StateMark verdict={verdict} /> {say(`state.plain.${verdict}`)}
        </span>
      ))}
      <span className="cell-breach">
        <BreachMark /> {say('matrix.breached')}
      </span>
    </span>
  )
}
