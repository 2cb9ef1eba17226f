import type { Diagnostic } from '../../diagnostics/diagnostics.ts'
import type { Path, Source } from '../../diagnostics/read.ts'
import { formatDuration } from '../../schema/durations.ts'
import { child, leavesOf, ms, type RawEntry } from './raw-entries.ts'
import { type Reach, reachOf } from './reach.ts'

/** Checks that every entry can come, within the exercise, and that what it asks for can be given in time. */
export function checkMoments(source: Source, entries: readonly RawEntry[], report: Diagnostic[]): void {
  const reach = reachOf(source, entries)
  checkNever(source, entries, reach, report)
  checkBeginnings(source, entries, report)
  const durationMs = ms(child(source.value, 'duration'))
  if (durationMs === null) return
  const say = (path: Path, code: string, message: string) =>
    report.push(source.problem(path, { code, message }))
  const lasts = `the exercise lasts ${formatDuration(durationMs)}`
  for (const { path, list, trigger, value, id } of entries) {
    if (!trigger) continue
    const earliestMs = reach.get(id) ?? 0
    const fixed = trigger.kind === 'at'
    const latestMs = fixed ? trigger.atMs + trigger.jitterMs : earliestMs
    const at = [...path, trigger.key]
    // Those of the older list are looked at where its own keys are.
    if (list === 'attacks' && fixed) continue
    if (fixed && trigger.atMs < trigger.jitterMs)
      say(
        at,
        'outside-exercise',
        `${formatDuration(trigger.atMs)} less its jitter of ${formatDuration(trigger.jitterMs)} is before the start`,
      )
    else if (Number.isFinite(latestMs) && latestMs >= durationMs) {
      if (fixed)
        say(
          at,
          'outside-exercise',
          `${formatDuration(latestMs)}${trigger.jitterMs > 0 ? ' (with jitter)' : ''} is not within the exercise, which lasts ${formatDuration(durationMs)}`,
        )
      else if (waitsFor(trigger).every((other) => (reach.get(other) ?? 0) < durationMs))
        say(at, 'outside-exercise', `this comes at ${formatDuration(latestMs)} at the earliest; ${lasts}`)
    } else checkDeadline(source, { path, value, latestMs, durationMs }, report)
  }
}

/** `for` counts from when something began to be so: of a score that is not known, so that it would never be over. */
function checkBeginnings(source: Source, entries: readonly RawEntry[], report: Diagnostic[]): void {
  for (const { path, trigger } of entries) {
    if (trigger?.kind !== 'when' || trigger.forMs === 0) continue
    const leaves = [...leavesOf(trigger.when, [])]
    if (!leaves.some(({ value }) => child(value, 'scoreBelow') !== undefined)) continue
    const message =
      '`for` can not go with `scoreBelow`: since when a score has been so low is not known, so that this would never be over; leave out `for`, or wait for something else'
    report.push(source.problem([...path, 'for'], { code: 'no-beginning', message }))
  }
}

function checkDeadline(
  source: Source,
  entry: {
    readonly path: Path
    readonly value: unknown
    readonly latestMs: number
    readonly durationMs: number
  },
  report: Diagnostic[],
): void {
  const { path, value, latestMs, durationMs } = entry
  const within = ms(child(value, 'within'))
  if (within === null || child(value, 'answer') === undefined || !Number.isFinite(latestMs)) return
  if (latestMs + within <= durationMs) return
  const message = `an answer would be in time until ${formatDuration(latestMs + within)}; the exercise lasts ${formatDuration(durationMs)}`
  report.push(source.problem([...path, 'within'], { code: 'deadline-after-end', message }))
}

/** Ids that a trigger names. */
function waitsFor(trigger: RawEntry['trigger']): readonly string[] {
  if (trigger?.kind === 'after') return [trigger.entry]
  if (trigger?.kind !== 'when') return []
  return [...leavesOf(trigger.when, [])].flatMap(({ value }) =>
    [child(value, 'entry'), child(value, 'foothold'), child(child(value, 'report'), 'attack')].filter(
      (name) => typeof name === 'string',
    ),
  )
}

/** Each circle is told once, at the entry of it that comes first; what waits for such a one is told for itself. */
function checkNever(source: Source, entries: readonly RawEntry[], reach: Reach, report: Diagnostic[]): void {
  const dead = new Map(
    entries.filter(({ id }) => reach.get(id) === Infinity).map((entry) => [entry.id, entry]),
  )
  const told = new Set<string>()
  for (const { id, path, trigger } of dead.values()) {
    if (told.has(id) || !trigger) continue
    const at = [...path, trigger.key]
    const circle = wayBack(id, dead)
    if (circle) {
      for (const one of circle) told.add(one)
      const message =
        circle.length === 1
          ? `\`${id}\` comes after itself`
          : `each waits for another, so that none ever comes: ${shown([...circle, id])}`
      report.push(source.problem(at, { code: 'cycle', message }))
      continue
    }
    const other = waitsFor(trigger).find((name) => dead.has(name))
    const message = other
      ? `this never comes, for it waits for \`${other}\`, which never does`
      : 'this never comes: there is nothing that it could wait for'
    report.push(source.problem(at, { code: 'never-comes', message }))
  }
}

/** A long way round is told by its ends. */
const shown = (ids: readonly string[]): string =>
  (ids.length <= 12 ? ids : [...ids.slice(0, 6), `(${ids.length - 11} more)`, ...ids.slice(-5)]).join(' -> ')

/** The ids on the shortest way from an entry back to itself, it first; null where there is none. */
function wayBack(id: string, dead: ReadonlyMap<string, RawEntry>): readonly string[] | null {
  const from = new Map<string, string>()
  const queue = [id]
  for (const at of queue)
    for (const next of waitsFor(dead.get(at)?.trigger ?? null)) {
      if (next === id) {
        const way = [at]
        for (let before = from.get(at); before !== undefined; before = from.get(before)) way.unshift(before)
        return way
      }
      if (!dead.has(next) || from.has(next)) continue
      from.set(next, at)
      queue.push(next)
    }
  return null
}
