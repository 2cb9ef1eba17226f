import { z } from 'zod'
import { ROLES } from '../exercise/scenario/inject.ts'
import { NAME_LENGTH, personName } from '../exercise/wire/person.ts'

export const BAD_NAME = `a name has 1 to ${NAME_LENGTH} characters that can be seen, and none that control`

/** A name as somebody says it; comes out as it is kept. */
export const spokenName = z
  .string()
  .max(5_000)
  .transform((text, context) => {
    const name = personName(text)
    if (name === null) context.addIssue({ code: 'custom', message: BAD_NAME })
    return name ?? z.NEVER
  })

/** Who somebody says they are. */
export const personSchema = z.strictObject({ name: spokenName, role: z.enum(ROLES).nullable() })

const place = z.string().regex(/^[\w.:-]{1,128}$/)

/** Where somebody is in the pages. */
export const whereabouts = z.strictObject({
  tab: place,
  service: place.optional(),
  inject: place.optional(),
})

/** A header's percent-encoded name; null when it is none. */
export function nameFromHeader(text: string): string | null {
  try {
    return personName(decodeURIComponent(text))
  } catch {
    return null
  }
}
