import { type RefObject, useState } from 'react'
import { Dialog, Heading, Popover } from 'react-aria-components'
import type { CaseView } from '#exercise/views/case-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { CaseList } from '../cases/case-list.tsx'
import { readCases, useUnreadCases } from '../cases/unread.ts'
import { setAlerts, useAlertSettings } from './alert-settings.ts'
import { playAlert } from './sound.ts'

/** The cases that nobody here has looked at, under the bell, and how this browser is to tell of more. */
export function AlertList(props: {
  readonly bell: RefObject<HTMLButtonElement | null>
  readonly team: TeamView
  readonly onCase: (one: CaseView) => void
  readonly onClose: () => void
}) {
  const say = useSay()
  const { bell, team, onCase, onClose } = props
  const unread = useUnreadCases(team.id)
  return (
    <Popover
      className="alerts card"
      placement="bottom end"
      triggerRef={bell}
      isOpen
      onOpenChange={(open) => open || onClose()}
    >
      <Dialog>
        <Heading slot="title" level={2}>
          {say('alerts.title')}
        </Heading>
        {unread.length === 0 ? (
          <p className="soft">{say('alerts.none')}</p>
        ) : (
          <button type="button" className="button" onClick={() => readCases(team.id, unread)}>
            {say('case.readAll')}
          </button>
        )}
        <CaseList
          team={team}
          cases={unread}
          unread={new Set()}
          label={say('alerts.title')}
          onOpen={(one) => {
            onClose()
            onCase(one)
          }}
        />
        <Settings />
      </Dialog>
    </Popover>
  )
}

/** A sound, and the computer's own notifications: asked for here, by a click, and never before. */
function Settings() {
  const say = useSay()
  const { sound, system } = useAlertSettings()
  const [denied, setDenied] = useState(false)
  const ask = async (wanted: boolean) => {
    const may =
      wanted && typeof Notification !== 'undefined' && (await Notification.requestPermission()) === 'granted'
    setDenied(wanted && !may)
    setAlerts({ system: may })
  }
  return (
    <div className="alerts-settings">
      <label>
        <input
          type="checkbox"
          checked={sound}
          onChange={({ target: { checked } }) => {
            setAlerts({ sound: checked })
            if (checked) playAlert()
          }}
        />
        {say('alerts.sound')}
      </label>
      <label>
        <input type="checkbox" checked={system} onChange={({ target }) => void ask(target.checked)} />
        {say('alerts.system')}
      </label>
      <p role="status" className="soft small">
        {denied && say('alerts.denied')}
      </p>
    </div>
  )
}
