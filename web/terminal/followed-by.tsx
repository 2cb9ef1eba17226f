import { Eye, Keyboard } from 'lucide-react'
import type { Follower } from '#exercise/fold/team-acts.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './follow.css'

/** Who of the instructors follows a terminal, and who types in it too. As the ledger says it: nothing that a terminal shows can. */
export function FollowedBy({ followers }: { readonly followers: readonly Follower[] }) {
  const say = useSay()
  const helping = names(followers.filter((one) => one.helping))
  const following = names(followers.filter((one) => !one.helping)).filter((name) => !helping.includes(name))
  return (
    <span role="status" className="followed-by">
      {helping.length > 0 && (
        <span>
          <Keyboard aria-hidden="true" size="1.1em" />
          {say('follow.byHelping', { count: helping.length, who: say.list(helping) })}
        </span>
      )}
      {following.length > 0 && (
        <span>
          <Eye aria-hidden="true" size="1.1em" />
          {say('follow.by', { count: following.length, who: say.list(following) })}
        </span>
      )}
    </span>
  )

  /** One line for each person, in however many pages. */
  function names(of: readonly Follower[]): readonly string[] {
    return [...new Set(of.map(({ by }) => actorName(say, by)))]
  }
}
