import { useEffect, useState } from 'react'
import { useRoute } from '../../app/route.ts'
import { askChanges } from '../../control/ask-changes.ts'
import { tokenFor } from '../../feed/seat-tokens.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { ServiceCode } from '../lazy-tools.ts'
import type { DeskOf } from './desk-of.ts'
import { changedIn, namedIn } from './suspect.ts'

/** The sources of the case's service, at the file that its evidence names, or else at the first that was changed since the start. */
export function CaseEditor({ team, one, service }: DeskOf) {
  const say = useSay()
  const token = tokenFor(useRoute())
  const named = namedIn(one.evidence)
  const id = service?.id
  /** Undefined until it is known. Null: no file is. */
  const [changed, setChanged] = useState<string | null | undefined>(undefined)
  useEffect(() => {
    if (named !== null || id === undefined) return
    let left = false
    void askChanges(token, team.id, id).then((reply) => {
      if (!left) setChanged('diff' in reply ? changedIn(reply.diff) : null)
    })
    return () => {
      left = true
    }
  }, [named, id, token, team.id])
  if (id === undefined) return null
  const file = named ?? changed
  if (file === undefined) return <p className="soft">{say('wait')}</p>
  return <ServiceCode key={id} team={team.id} service={id} quiet {...(file !== null && { file })} />
}
