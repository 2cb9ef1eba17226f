import { Eye } from 'lucide-react'
import { isColleague } from '#exercise/fold/team-acts.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './follow.css'

/** Beside the way to a team's terminals: an instructor follows one of them, whoever opened it. */
export function FollowedMark({ team }: { readonly team: string }) {
  const say = useSay()
  const terminals = useExerciseState().teams.find(({ id }) => id === team)?.terminals ?? []
  if (!terminals.some(({ followers }) => followers.some((one) => !isColleague(one)))) return null
  return (
    <span className="followed-mark" title={say('follow.mark')}>
      <Eye aria-hidden="true" size="1em" />
      <span className="hidden">{say('follow.mark')}</span>
    </span>
  )
}
