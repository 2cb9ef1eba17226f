import { Changes } from '../../control/changes.tsx'
import { useSay } from '../../kit/i18n/use-say.ts'
import type { DeskOf } from './desk-of.ts'

/** What the team itself, or whoever came in, has made other in the sources of the service since the start. */
export function CaseChanges({ team, service }: DeskOf) {
  const say = useSay()
  if (!service) return <p className="soft">{say('case.noService')}</p>
  return (
    <div className="desk-changes">
      <Changes key={service.id} team={team.id} service={service.id} name={say.text(service.title)} />
    </div>
  )
}
