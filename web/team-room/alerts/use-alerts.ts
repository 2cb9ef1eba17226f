import { useEffect, useRef } from 'react'
import type { TeamView } from '#exercise/views/views.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { caseTitle } from '../cases/case-title.ts'
import { useUnreadCases } from '../cases/unread.ts'
import { alertSettings } from './alert-settings.ts'
import { playAlert } from './sound.ts'

/** Tells of cases that open while this page is open, as somebody here wants it; what was there before is no news. */
export function useAlerts(team: TeamView): void {
  const say = useSay()
  const unread = useUnreadCases(team.id)
  const latest = Math.max(0, ...unread.map(({ position }) => position))
  const told = useRef(latest)
  useEffect(() => {
    if (latest <= told.current) return
    const fresh = unread.filter(({ position }) => position > told.current)
    told.current = latest
    const { sound, system } = alertSettings()
    if (sound) playAlert()
    if (!system || typeof Notification === 'undefined' || Notification.permission !== 'granted') return
    for (const one of fresh)
      new Notification(say('alerts.notice', { id: one.case }), {
        body: caseTitle(say, team, one),
        // Several pages of the same room tell of it once.
        tag: `${team.id}/${one.case}/${one.position}`,
      })
  }, [latest, unread, team, say])
}
