import type { ComponentType } from 'react'
import type { MessageKey } from '../../kit/i18n/message-keys.ts'
import { CitizenView, TerminalDesk } from '../lazy-tools.ts'
import { CaseChanges } from './case-changes.tsx'
import { CaseEditor } from './case-editor.tsx'
import { CaseEvidence } from './case-evidence.tsx'
import { CaseLogs } from './case-logs.tsx'
import { CaseNotes } from './case-notes.tsx'
import type { DeskOf } from './desk-of.ts'
import type { PanelId } from './panel-ids.ts'

interface DeskPanel {
  readonly id: PanelId
  readonly title: MessageKey
  /** `main`: always there. `beside`: where there is a service, and only once somebody asks for it. */
  readonly place: 'main' | 'beside'
  readonly Panel: ComponentType<DeskOf>
}

const CaseTerminal = ({ team, service }: DeskOf) =>
  service ? <TerminalDesk key={service.id} team={team.id} service={service} quiet /> : null

const CaseCitizen = ({ team, service }: DeskOf) =>
  service ? <CitizenView team={team} service={service.id} /> : null

/** All that a desk is made of, in its order: a new tool is one row. */
export const DESK_PANELS: readonly DeskPanel[] = [
  { id: 'evidence', title: 'case.panel.evidence', place: 'main', Panel: CaseEvidence },
  { id: 'logs', title: 'case.panel.logs', place: 'main', Panel: CaseLogs },
  { id: 'changes', title: 'case.panel.changes', place: 'main', Panel: CaseChanges },
  { id: 'notes', title: 'case.panel.notes', place: 'main', Panel: CaseNotes },
  { id: 'editor', title: 'team.tab.code', place: 'beside', Panel: CaseEditor },
  { id: 'terminal', title: 'team.tab.terminal', place: 'beside', Panel: CaseTerminal },
  { id: 'citizen', title: 'team.tab.citizen', place: 'beside', Panel: CaseCitizen },
]

/** Whether it stands beside the case, once somebody asks for it. */
export const isBeside = (id: PanelId): boolean =>
  DESK_PANELS.some((panel) => panel.id === id && panel.place === 'beside')
