import { laterPart } from '../kit/later-part.tsx'

/** The tabs behind the first one: a room shows what it defends before their script has come. */
export const CasesTab = laterPart(async () => (await import('./cases/cases-tab.tsx')).CasesTab)
export const TicketsTab = laterPart(async () => (await import('./tickets-tab.tsx')).TicketsTab)
export const InboxTab = laterPart(async () => (await import('../inbox/inbox-tab.tsx')).InboxTab)
export const ReportsTab = laterPart(async () => (await import('../reports/reports-tab.tsx')).ReportsTab)
export const StoryTab = laterPart(async () => (await import('./story-tab.tsx')).StoryTab)
export const LogsTab = laterPart(async () => (await import('./logs/logs-tab.tsx')).LogsTab)
export const ScoreTab = laterPart(async () => (await import('./score-tab.tsx')).ScoreTab)
export const BriefingTab = laterPart(async () => (await import('../briefing/briefing-tab.tsx')).BriefingTab)
export const PeopleTab = laterPart(async () => (await import('./people-tab.tsx')).PeopleTab)

export const ROOM_TABS = [
  ...[CasesTab, TicketsTab, InboxTab, ReportsTab, LogsTab, ScoreTab, BriefingTab, StoryTab, PeopleTab],
]
