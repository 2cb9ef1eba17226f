/** Panels that a desk may have, in their order. */
export const PANELS = ['evidence', 'logs', 'changes', 'notes', 'editor', 'terminal', 'citizen'] as const
export type PanelId = (typeof PANELS)[number]

/** Where a panel stands on the page, while it does. */
export const panelElement = (id: PanelId): HTMLElement | null => document.getElementById(`desk-${id}`)
