import type { TeamView } from '#exercise/views/views.ts'
import { useCases } from '../../feed/use-view.ts'
import type { CaseWays } from '../cases/case-ways.ts'
import { openBeside } from '../cases/desk.ts'
import { isBeside } from '../cases/desk-panels.tsx'
import { focusPanel } from '../cases/focus-panel.ts'
import type { RoomAct } from './room-keys.tsx'

/** What the keys of the room do. Without a case before them they open the first one. */
export function useCaseKeys(team: TeamView, at: string | null, ways: CaseWays): (act: RoomAct) => void {
  const cases = useCases(team.id)
  const here = cases.findIndex((one) => one.case === at)
  const shown = cases[here]
  const go = (step: number) => {
    const to = shown ? cases[here + step] : cases[0]
    if (to) ways.onCase(to)
  }
  return (act) => {
    if (act === 'next') return go(1)
    if (act === 'before') return go(-1)
    if (act === 'list') return ways.onCase(null)
    if (!shown) return go(0)
    if (act === 'report') {
      const button = document.querySelector<HTMLElement>('.desk [data-report]')
      return button?.click()
    }
    if (shown.service !== null && isBeside(act)) openBeside(act)
    focusPanel(act)
  }
}
