import { laterPart } from '../kit/later-part.tsx'

/** The console's tools: the services and the ledger are there before their script has come. */
export const GradingQueue = laterPart(async () => (await import('../grading/grading-queue.tsx')).GradingQueue)
export const PeoplePanel = laterPart(async () => (await import('./people-panel.tsx')).PeoplePanel)
export const OpenTerminals = laterPart(
  async () => (await import('../terminal/open-terminals.tsx')).OpenTerminals,
)
export const MessageForm = laterPart(async () => (await import('../control/message-form.tsx')).MessageForm)
export const SeatList = laterPart(async () => (await import('./seat-list.tsx')).SeatList)
export const AdjustForm = laterPart(async () => (await import('./adjust-form.tsx')).AdjustForm)
export const NotesPanel = laterPart(async () => (await import('../control/notes-panel.tsx')).NotesPanel)
export const BriefingTab = laterPart(async () => (await import('../briefing/briefing-tab.tsx')).BriefingTab)
/** Nothing before the end: no word of its coming, either. */
export const EndSummary = laterPart(async () => (await import('./end-summary.tsx')).EndSummary, null)

export const CONSOLE_TOOLS = [
  ...[GradingQueue, MessageForm, SeatList, PeoplePanel, OpenTerminals, AdjustForm, NotesPanel, BriefingTab],
  EndSummary,
]
