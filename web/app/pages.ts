import type { Route } from './route.ts'

/** The large pages, each loaded when it is first wanted. */
export const pages = {
  scoreboard: () => import('../scoreboard/scoreboard-page.tsx'),
  national: () => import('../national/national-page.tsx'),
  team: () => import('../team-room/team-page.tsx'),
  instructor: () => import('../instructor/instructor-page.tsx'),
  timeline: () => import('../instructor/timeline-page.tsx'),
} as const

/** Begins to load the page of a route, so that it comes while the live connection is made and not after it. */
export function preload({ scene, arg }: Route): void {
  // A page that can not be loaded says so when it is wanted.
  const begin = (page: keyof typeof pages) => void pages[page]().catch(() => undefined)
  if (scene === 'scoreboard' || scene === 'observer') begin('scoreboard')
  if (scene === 'timeline') begin('timeline')
  if (scene === 'national') begin('national')
  if (scene === 'team' || (scene === 'instructor' && arg)) begin('team')
  if (scene === 'instructor' && !arg) begin('instructor')
}
