import { laterPart } from './later-part.tsx'

/** A sheet for what is always in sight and seldom opened: its script comes after the page's first look. */
export const LaterSheet = laterPart(async () => (await import('./sheet.tsx')).Sheet, null)

export const SHEETS = [LaterSheet]

// Begun with the page and not waited for: whoever clicks at once and types on loses no letter.
LaterSheet.begin()
