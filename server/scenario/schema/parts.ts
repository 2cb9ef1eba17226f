import { z } from 'zod'
import { DURATION, formatDuration, parseDuration } from './durations.ts'

/** Building blocks of every schema. Ids become container and file names: lower case, digits and hyphens. */
export const id = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'an id is lower-case letters and digits with hyphens between, e.g. `registry-db`',
  )
  .max(40)

export const weaknessId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/,
    'a weakness is written `<service>/<name>`, e.g. `tax/declaration-of-another`',
  )

export const journeyId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/,
    'a journey is written `<service>/<journey>`, e.g. `tax/file-declaration`',
  )

/** An authored duration within bounds, as milliseconds. */
export const duration = (bounds: { min?: number; max?: number } = {}) =>
  z
    .string({
      error: (issue) =>
        issue.input === undefined ? undefined : 'a duration is written like `2m30s`, `500ms` or `1h`',
    })
    .regex(DURATION, 'a duration is written like `2m30s`, `500ms` or `1h`')
    .refine((authored) => (parseDuration(authored) ?? Infinity) >= (bounds.min ?? 0), {
      error: `must be at least ${formatDuration(bounds.min ?? 0)}`,
      params: { code: 'out-of-range' },
    })
    .refine((authored) => (parseDuration(authored) ?? 0) <= (bounds.max ?? 86_400_000), {
      error: `must be at most ${formatDuration(bounds.max ?? 86_400_000)}`,
      params: { code: 'out-of-range' },
    })
    .transform((authored) => parseDuration(authored) ?? 0)
