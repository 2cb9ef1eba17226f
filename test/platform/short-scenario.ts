import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { ROOT } from './kilp-process.ts'

type Authored = Record<string, unknown> & {
  teams: Record<string, unknown>[]
  scoring: Record<'availability' | 'strategic' | 'reporting', number>
  timeline: { phases: Record<string, unknown>[]; attacks: Record<string, unknown>[] }
}

/** The smallest shipped scenario made short: its services and weaknesses, the demo's teams, the named attacks at the named times. */
export function shortScenario(
  folder: string,
  options: {
    duration: string
    attacks: readonly { id: string; at: string; weakness: string }[]
    pilots: readonly string[]
    /** Further entries of the timeline, and the points that they share. */
    entries?: readonly Record<string, unknown>[]
    scoring?: Record<string, unknown>
  },
): string {
  const read = (slug: string) =>
    parse(readFileSync(join(ROOT, 'scenarios', slug, 'scenario.yaml'), 'utf8')) as Authored
  const document = read('first-watch')
  const { teams } = read('storm-over-meremaa')
  const title = document.timeline.attacks[0]?.title
  const path = join(folder, 'scenario')
  mkdirSync(path, { recursive: true })
  writeFileSync(
    join(path, 'scenario.yaml'),
    stringify({
      ...document,
      slug: 'short',
      duration: options.duration,
      defaultTeams: options.pilots.length,
      teams: teams.slice(0, options.pilots.length).map((team, i) => ({ ...team, pilot: options.pilots[i] })),
      // Without messages nothing is to be had for them.
      scoring: {
        ...document.scoring,
        availability: document.scoring.availability + document.scoring.strategic + document.scoring.reporting,
        strategic: 0,
        reporting: 0,
        ...options.scoring,
      },
      timeline: {
        phases: document.timeline.phases.slice(0, 1),
        attacks: options.attacks.map((attack) => ({ ...attack, title })),
        ...(options.entries && { entries: options.entries }),
      },
    }),
  )
  return path
}
