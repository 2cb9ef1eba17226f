import { useEffect, useState } from 'react'
import { useRoute } from '../../app/route.ts'
import { askChanges } from '../../control/ask-changes.ts'
import { tokenFor } from '../../feed/seat-tokens.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { ServiceCode } from '../lazy-tools.ts'
import { useAnswered } from './answered/use-answered.ts'
import { useWantedPlace } from './desk.ts'
import type { DeskOf } from './desk-of.ts'
import { changedIn, namedIn } from './suspect.ts'

/** The sources of the case's service, at the file that its evidence names, or else where the attack's request is answered, or at what was changed first. */
export function CaseEditor(of: DeskOf) {
  const { team, one, service } = of
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
  const answered = useAnswered(of)
  const asked = useWantedPlace()
  const [first] = answered ?? []
  const likely = one.about.kind === 'attack' && first ? `${first.path}:${first.line}` : null
  const known = answered === null ? undefined : (likely ?? changed)
  const file = asked?.place ?? named ?? known
  if (file === undefined) return <p className="soft">{say('wait')}</p>
  return (
    <ServiceCode
      key={id}
      team={team.id}
      service={id}
      quiet
      {...(file !== null && { file, turn: asked?.turn ?? 0 })}
    />
  )
}
