import { z } from 'zod'
import {
  CRITERIA_MOST,
  CRITERION_POINTS,
  MOVE_MOST_MS,
  TEXT_LENGTH,
  TITLE_LENGTH,
} from '../exercise/decide/entry-words.ts'
import { CHANNELS, ROLES } from '../exercise/scenario/inject.ts'
import { ENTRY_KINDS } from '../exercise/scenario/trigger.ts'
import { LANGS } from '../exercise/scenario/words.ts'

/** What the instructor's commands over the timeline carry, as schemas. */

const id = z.string().min(1).max(128)

const text = (most: number) => {
  const words = z.string().min(1).max(most)
  const lang = z.enum(LANGS).exactOptional()
  const borrowed = z.strictObject({ en: lang, et: lang, ja: lang })
  return z.strictObject({ en: words, et: words, ja: words, borrowed: borrowed.exactOptional() })
}
const teams = z.array(id).min(1).max(100).nullable()
const roles = z.array(z.enum(ROLES)).max(ROLES.length)
const points = z.number().positive().max(CRITERION_POINTS)
/** As it was written for the scenario, or by the instructor: what earns how much goes with it, so that an edit can be undone. */
const criterion = z.strictObject({
  id,
  title: text(TITLE_LENGTH),
  points,
  anchors: z
    .array(z.strictObject({ points: z.number().min(0).max(CRITERION_POINTS), text: text(TEXT_LENGTH) }))
    .max(100)
    .exactOptional(),
})
const span = z.int().min(1).max(MOVE_MOST_MS)

const entryChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hold') }),
  z.strictObject({ kind: z.literal('release') }),
  z.strictObject({ kind: z.literal('move'), byMs: z.int().min(-MOVE_MOST_MS).max(MOVE_MOST_MS) }),
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({ kind: z.literal('restore') }),
  z.strictObject({
    kind: z.literal('edit'),
    title: text(TITLE_LENGTH).exactOptional(),
    text: text(TEXT_LENGTH).exactOptional(),
    withinMs: span.nullable().exactOptional(),
    teams: teams.exactOptional(),
    roles: roles.exactOptional(),
    rubric: z.array(criterion).min(1).max(CRITERIA_MOST).exactOptional(),
  }),
])

/** What `add-entry` says. The new entry's id is chosen by who adds it, so that it is added once. */
export const addedEntry = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/),
  atMs: z.number().min(0).nullable(),
  teams,
  entry: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('inject'),
      like: id.nullable(),
      title: text(TITLE_LENGTH),
      text: text(TEXT_LENGTH),
      from: text(TITLE_LENGTH),
      channel: z.enum(CHANNELS),
      roles,
      wants: z.enum(['nothing', 'text']),
      rubric: z
        .array(z.strictObject({ title: text(TITLE_LENGTH), points }))
        .min(1)
        .max(CRITERIA_MOST)
        .exactOptional(),
      withinMs: span.nullable(),
      counts: z.boolean(),
    }),
    z.strictObject({
      kind: z.literal('attack'),
      weakness: id,
      title: text(TITLE_LENGTH).exactOptional(),
      counts: z.boolean(),
    }),
  ]),
})

/** What `change-entry` says. */
export const changedEntry = z.strictObject({
  kind: z.enum(ENTRY_KINDS),
  id,
  team: id.nullable(),
  change: entryChange,
  seen: z.int().min(0),
})
