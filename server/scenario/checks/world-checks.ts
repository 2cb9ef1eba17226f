import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import { type Source, select, textsAt } from '../diagnostics/read.ts'
import { formatDuration, parseDuration } from '../schema/durations.ts'

/** World events of a timeline: whether what they hit is deployed, whom they happen to plays, and they come within the exercise. */
export function checkWorld(source: Source, deployed: readonly string[], report: Diagnostic[]): void {
  const teams = textsAt(source.value, 'teams.*.id')
  const duration = ms(keyOf(source.value, 'duration'))
  for (const { path, value } of select(source.value, 'timeline.entries.*')) {
    if (keyOf(value, 'kind') !== 'world') continue
    const named = (key: string, known: readonly string[], code: string, what: string) => {
      for (const { path: below, value: id } of select(keyOf(value, key), '*'))
        if (typeof id === 'string' && !known.includes(id)) {
          const message = `${what} \`${id}\`${meant(nearest(id, known))}`
          report.push(source.problem([...path, key, ...below], { code, message }))
        }
    }
    named('services', deployed, 'unknown-service', 'nothing deployed is called')
    named('teams', teams, 'unknown-team', 'there is no team')
    const hit = new Set([...select(keyOf(value, 'services'), '*')].map((one) => one.value))
    // Enclaves are proven isolated while they stand, and silence of everything proves nothing.
    if (deployed.length > 0 && deployed.every((id) => hit.has(id)))
      report.push(
        source.problem([...path, 'services'], {
          code: 'hits-everything',
          message: 'it hits every service; leave one out, so that isolation can still be proven',
        }),
      )
    const at = ms(keyOf(value, 'at'))
    if (at !== null && duration !== null && at >= duration)
      report.push(
        source.problem([...path, 'at'], {
          code: 'outside-exercise',
          message: `${formatDuration(at)} is not within the exercise, which lasts ${formatDuration(duration)}`,
        }),
      )
  }
}

const ms = (value: unknown): number | null => (typeof value === 'string' ? parseDuration(value) : null)
const keyOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
