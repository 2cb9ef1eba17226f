import { lazy } from 'react'

/** What is large and works in a service: fetched once somebody opens it, in a tab or beside a case. */
export const TerminalDesk = lazy(async () => ({
  default: (await import('../terminal/terminal-desk.tsx')).TerminalDesk,
}))

export const ServiceCode = lazy(async () => ({
  default: (await import('../editor/service-code.tsx')).ServiceCode,
}))

export const CitizenView = lazy(async () => ({
  default: (await import('../citizen/citizen-view.tsx')).CitizenView,
}))
