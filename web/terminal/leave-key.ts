/**
 * Tab belongs to the shell, so keyboards need another way out. No shell program can see this one (terminals have no code for
 * it), and no browser uses it.
 */
export const LEAVE_KEY = 'Ctrl+Shift+Enter'

export const isLeaveKey = (event: KeyboardEvent): boolean =>
  event.ctrlKey && event.shiftKey && event.key === 'Enter'
