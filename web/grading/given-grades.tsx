import { RULES, RULES_VERSION } from '#exercise/ledger/rules.ts'
import { REPORT_CRITERIA } from '#exercise/scenario/report.ts'
import type { ReportToGrade, ToGrade } from '#exercise/views/grading-view.ts'
import { usePerson } from '../feed/person.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/**
 * What was given already, by whom and why. Where a second grader is wanted, they see what others gave only when they have graded themselves: two words say more than
 * one that is repeated.
 */
export function GivenGrades({ item }: { readonly item: ToGrade | ReportToGrade }) {
  const say = useSay()
  const me = usePerson(useFeedState(({ exercise }) => exercise?.id ?? null))?.name
  const criteria = useCriteria(item)
  const mine = ({ by }: (typeof item.grades)[number]) => by?.kind === 'seat' && (by.name ?? undefined) === me
  const shown = item.second && !item.grades.some(mine) ? [] : item.grades
  if (shown.length === 0) return null
  return (
    <section className="message-grade" aria-label={say('grading.given')}>
      <h4>{say('grading.given')}</h4>
      {shown.map((grade) => (
        <div key={grade.position}>
          <p className="num">
            {say.clock(grade.atMs)} <b>{actorName(say, grade.by)}</b>
            {say.head('')}
            {say.percent(grade.share)}
          </p>
          <ul className="rubric">
            {criteria
              .filter(({ id }) => Object.hasOwn(grade.criteria, id))
              .map(({ id, title, points }) => (
                <li key={id}>
                  {say.head(title)}
                  <span className="num">
                    {say('inbox.points', {
                      n: say.given((grade.criteria as Readonly<Record<string, number>>)[id] ?? 0),
                      total: say.given(points),
                    })}
                  </span>
                </li>
              ))}
          </ul>
          {grade.comment && <p className="written">{grade.comment}</p>}
        </div>
      ))}
    </section>
  )
}

function useCriteria(item: ToGrade | ReportToGrade) {
  const say = useSay()
  const { rulesVersion } = useExerciseState()
  if (item.kind === 'inject')
    return item.info.rubric.map(({ id, title, points }) => ({ id, title: say.text(title), points }))
  const points = (RULES[rulesVersion] ?? RULES[RULES_VERSION])?.reports?.points
  return REPORT_CRITERIA.map((id) => ({
    id,
    title: say(`report.criterion.${id}`),
    points: points?.[id] ?? 0,
  }))
}
