import type { GradingItem } from '#exercise/views/grading-view.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** Whose it is and what, when it was due (an appeal: made), and what those who graded say so far. */
export function Heading({ view, item }: { readonly view: ExerciseView; readonly item: GradingItem }) {
  const say = useSay()
  const known = view.teams.find(({ id }) => id === item.team)
  const team = known ? say.text(known.name) : item.team
  return (
    <span className="grading-heading">
      <b>
        {item.kind === 'inject' && say('grading.of', { team, title: say.text(item.info.title) })}
        {item.kind === 'report' && say('grading.report', { team, report: item.report.report })}
        {item.kind === 'appeal' && say('grading.appeal', { team, appeal: item.appeal.appeal })}
      </b>
      <span className="soft">
        {say(`grading.kind.${item.kind}`)} ·{' '}
        <span className="num">
          {say(item.kind === 'appeal' ? 'grading.made' : 'grading.due', { time: say.clock(item.dueMs) })}
        </span>
        {item.kind !== 'appeal' && item.grades.length > 0 && (
          <> · {say('grading.graders', { count: item.grades.length })}</>
        )}
        {item.kind !== 'appeal' && item.sample && <> · {say('grading.sample')}</>}
      </span>
      {item.kind !== 'appeal' && item.apart && (
        <b className="grading-apart">
          {say('grading.apart', { shares: say.list(item.grades.map(({ share }) => say.percent(share))) })}
        </b>
      )}
    </span>
  )
}
