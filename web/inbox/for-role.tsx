import type { Role } from '#exercise/scenario/inject.ts'
import { type InboxItem, isForRole } from '#exercise/views/inbox-view.ts'
import { usePerson } from '../feed/person.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'

/** The role in the team that whoever is before this page has said; null where they said none. */
export function useRole(): Role | null {
  const exercise = useFeedState((feed) => feed.exercise?.id ?? null)
  const inTeam = useFeedState((feed) => feed.seat?.seat === 'blue')
  const role = usePerson(exercise)?.role ?? null
  return inTeam ? role : null
}

/** A mark at a message that names the reader's own role. */
export function ForRole({
  item,
  role,
}: {
  readonly item: Pick<InboxItem, 'info'>
  readonly role: Role | null
}) {
  const say = useSay()
  if (role === null || !isForRole(item, role)) return null
  return <b className="inbox-own">{say('inbox.forYou', { role: say(`inbox.role.${role}`) })}</b>
}
