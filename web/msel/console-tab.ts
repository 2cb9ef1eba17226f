import { create } from 'zustand'
import type { MessageKey } from '../kit/i18n/message-keys.ts'

/** Tools of the console, in the order in which they stand, and how they are called. */
export const TAB_NAMES = {
  pilots: 'white.tab.pilots',
  grading: 'white.tab.grading',
  needs: 'white.tab.needs',
  people: 'team.tab.people',
  terminals: 'white.tab.terminals',
  message: 'white.tab.message',
  seats: 'white.tab.seats',
  adjust: 'white.tab.adjust',
  note: 'white.tab.note',
  briefing: 'team.tab.briefing',
} as const satisfies Readonly<Record<string, MessageKey>>
export type ConsoleTab = keyof typeof TAB_NAMES
export const CONSOLE_TABS = Object.keys(TAB_NAMES) as readonly ConsoleTab[]

/** Which tool of the console is open: so that an action found elsewhere can lead to it. */
export const useConsoleTab = create<{ readonly tab: ConsoleTab; readonly open: (tab: ConsoleTab) => void }>(
  (set) => ({
    tab: 'pilots',
    open: (tab) => set({ tab }),
  }),
)
