import type { Route } from './route.ts'

/** A page with the texts that only it and few others say. */
async function withLaterTexts<T>(page: Promise<T>): Promise<T> {
  const { bringLaterTexts } = await import('../kit/i18n/i18n.ts')
  const [loaded] = await Promise.all([page, bringLaterTexts()])
  return loaded
}

/** The pages, each loaded when it is first wanted. */
export const pages = {
  start: () => import('../start/start-page.tsx'),
  join: () => import('../start/join.tsx'),
  home: () => withLaterTexts(import('../home/home-page.tsx')),
  comparison: () => withLaterTexts(import('../home/comparison-page.tsx')),
  scoreboard: () => import('../scoreboard/scoreboard-page.tsx'),
  national: () => import('../national/national-page.tsx'),
  team: () => import('../team-room/team-page.tsx'),
  instructor: () => import('../instructor/instructor-page.tsx'),
  timeline: () => import('../instructor/timeline-page.tsx'),
  report: () => withLaterTexts(import('../report/report-page.tsx')),
  hotWash: () => import('../report/hot-wash.tsx'),
} as const

/** Begins to load the page of a route, so that it comes while the live connection is made and not after it. */
export function preload({ scene, arg }: Route): void {
  // A page that can not be loaded says so when it is wanted.
  const begin = (page: keyof typeof pages) => void pages[page]().catch(() => undefined)
  if (scene === 'scoreboard' || scene === 'observer') begin('scoreboard')
  if (scene === 'start' || scene === 'join' || scene === 'home' || scene === 'comparison') begin(scene)
  if (scene === 'timeline') begin('timeline')
  if (scene === 'report' || scene === 'team-report') begin('report')
  if (scene === 'hot-wash') begin('hotWash')
  if (scene === 'national') begin('national')
  if (scene === 'team' || (scene === 'instructor' && arg)) begin('team')
  if (scene === 'instructor' && !arg) begin('instructor')
}
