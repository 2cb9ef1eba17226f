import { Bell, BellRing } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import type { CaseView } from '#exercise/views/case-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { laterPart, useAhead } from '../../kit/later-part.tsx'
import { useUnreadCases } from '../cases/unread.ts'
import './alerts.css'

const AlertList = laterPart(async () => (await import('./alert-list.tsx')).AlertList, null)
const PARTS = [AlertList]

/** How many cases nobody here has looked at; pressed, which they are. */
export function AlertBell(props: { readonly team: TeamView; readonly onCase: (one: CaseView) => void }) {
  const say = useSay()
  const { team, onCase } = props
  const unread = useUnreadCases(team.id)
  const bell = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  useAhead(PARTS)
  const Icon = unread.length > 0 ? BellRing : Bell
  return (
    <>
      <Button
        ref={bell}
        className="button"
        aria-label={unread.length > 0 ? say('case.count', { count: unread.length }) : say('alerts.title')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPress={() => setOpen(true)}
      >
        <Icon aria-hidden="true" size="1.2em" />
        {unread.length > 0 && <span className="num">{unread.length}</span>}
      </Button>
      {open && <AlertList {...{ bell, team, onCase }} onClose={() => setOpen(false)} />}
    </>
  )
}
