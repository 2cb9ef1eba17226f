import { Eye, Keyboard } from 'lucide-react'
import { type Follower, isColleague } from '#exercise/fold/team-acts.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './follow.css'

/** Who of the instructors and colleagues follows a terminal, and who types in it too. As the ledger says it: nothing that a terminal shows can. */
export function FollowedBy({ followers }: { readonly followers: readonly Follower[] }) {
  const say = useSay()
  const instructors = inTwo(followers.filter((one) => !isColleague(one)))
  const colleagues = inTwo(followers.filter(isColleague))
  return (
    <span role="status" className="followed-by">
      {line(Keyboard, 'follow.byHelping', instructors.typing)}
      {line(Eye, 'follow.by', instructors.looking)}
      {line(Keyboard, 'shared.byTyping', colleagues.typing)}
      {line(Eye, 'shared.by', colleagues.looking)}
    </span>
  )

  function line(
    Icon: typeof Eye,
    key: 'follow.by' | 'follow.byHelping' | 'shared.by' | 'shared.byTyping',
    who: readonly string[],
  ) {
    return (
      who.length > 0 && (
        <span>
          <Icon aria-hidden="true" size="1.1em" />
          {say(key, { count: who.length, who: say.list(who) })}
        </span>
      )
    )
  }

  function inTwo(of: readonly Follower[]) {
    const typing = names(of.filter((one) => one.helping))
    return {
      typing,
      looking: names(of.filter((one) => !one.helping)).filter((name) => !typing.includes(name)),
    }
  }

  /** One line for each person, in however many pages. */
  function names(of: readonly Follower[]): readonly string[] {
    return [...new Set(of.map(({ by }) => actorName(say, by)))]
  }
}
