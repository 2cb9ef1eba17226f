import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import { type Path, type Source, textsAt } from '../diagnostics/read.ts'
import { formatDuration, parseDuration } from '../schema/durations.ts'
import type { ServiceFolder } from '../service-files.ts'
import { lootNamed } from './templates.ts'
import { type RawEntry, rawAttacks } from './timeline/raw-entries.ts'

interface Link {
  readonly path: Path
  /** What says whom it comes after. */
  readonly key: 'after' | 'follows'
  readonly id: unknown
  readonly weakness: unknown
  readonly after: unknown
  readonly earliestMs: number | null
  readonly latestMs: number | null
  /** Whom it is on; null: all. */
  readonly teams: readonly string[] | null
}

/**
 * Checks how attacks of the timeline follow one another: `after` (in the list of entries, `follows`) names an attack that is over with its jitter before this one may begin, nothing
 * comes after itself, and what an exploit uses as loot was carried off somewhere on its way.
 */
export function checkChains(
  source: Source,
  services: ReadonlyMap<string, ServiceFolder>,
  report: Diagnostic[],
): void {
  const links = rawAttacks(source).map(linkOf)
  // One without an id is after none, and none is after it: that it has none is told elsewhere.
  const byId = new Map(links.flatMap((link) => (link.id === undefined ? [] : [[link.id, link] as const])))
  const weaknesses = new Map([...services.values()].flatMap((s) => s.weaknesses).map((w) => [w.id, w]))
  for (const link of links) {
    const { way, circle } = wayTo(link, byId)
    if (link.after !== undefined) checkAfter(source, link, byId, circle, report)
    const yaml = typeof link.weakness === 'string' ? weaknesses.get(link.weakness)?.yaml : null
    for (const wanted of lootNamed(yaml?.source.value))
      if (weaknesses.has(wanted) && !way.some(({ weakness }) => weakness === wanted))
        report.push(
          source.problem([...link.path, link.after === undefined ? 'weakness' : link.key], {
            code: 'no-way-in',
            message: `\`${link.weakness}\` uses what \`${wanted}\` carries off, and no attack on that is on the way of \`${link.key}\``,
          }),
        )
  }
}

function checkAfter(
  source: Source,
  { path, key, id, after, earliestMs, teams }: Link,
  byId: ReadonlyMap<unknown, Link>,
  circle: boolean,
  report: Diagnostic[],
): void {
  const at = [...path, key]
  const before = byId.get(after)
  if (!before) {
    if (typeof after !== 'string') return
    const hint = nearest(
      after,
      [...byId.keys()].filter((id) => typeof id === 'string'),
    )
    const message = `there is no attack \`${after}\`${meant(hint)}`
    report.push(source.problem(at, { code: 'unknown-attack', message, ...(hint && { hint }) }))
  } else if (circle)
    report.push(source.problem(at, { code: 'cycle', message: `\`${id}\` comes after itself` }))
  else if (before.latestMs !== null && earliestMs !== null && before.latestMs >= earliestMs) {
    const message = `\`${after}\` may come as late as ${formatDuration(before.latestMs)}, and this one as early as ${formatDuration(earliestMs)}`
    report.push(source.problem(at, { code: 'after-too-late', message }))
  } else {
    const all = textsAt(source.value, 'teams.*.id')
    const without = (teams ?? all).filter((team) => before.teams && !before.teams.includes(team))
    if (without.length === 0) return
    const named = without.map((team) => `\`${team}\``).join(', ')
    const message = `\`${after}\` never comes to ${named}: there this would wait for it until the end`
    report.push(source.problem(at, { code: 'never-comes', message }))
  }
}

/** The attacks before one, and whether it is among them itself. */
function wayTo(link: Link, byId: ReadonlyMap<unknown, Link>) {
  const way = new Set<Link>()
  for (let at = byId.get(link.after); at && !way.has(at); at = byId.get(at.after)) way.add(at)
  return { way: [...way], circle: way.has(link) }
}

function linkOf({ path, value, list, teams }: RawEntry): Link {
  const key = list === 'entries' ? 'follows' : 'after'
  const get = (key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  const ms = (written: unknown) => (typeof written === 'string' ? parseDuration(written) : null)
  const at = ms(get('at'))
  const jitter = ms(get('jitter')) ?? 0
  return {
    path,
    key,
    id: get('id'),
    weakness: get('weakness'),
    after: get(key),
    earliestMs: at === null ? null : at - jitter,
    latestMs: at === null ? null : at + jitter,
    teams,
  }
}
