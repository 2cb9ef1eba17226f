import { z } from 'zod'
import { LANGS, type Text } from '../../exercise/scenario/words.ts'
import { meant, nearest } from '../diagnostics/diagnostics.ts'

const NAMES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Whether it is the code of a language, e.g. `et`. */
export const isLanguage = (code: string): boolean =>
  /^[a-z]{2,3}$/.test(code) && Intl.getCanonicalLocales(code)[0] === code && NAMES.of(code) !== undefined

/** Code of a language that an author may write in. */
export const language = z.string().refine(isLanguage, {
  error: ({ input }) =>
    `\`${String(input)}\` is not the code of a language, e.g. \`en\`${meant(nearest(String(input), LANGS))}`,
})

const words = z.string().trim().min(1)

const inLanguages = z
  .record(language, words)
  .refine((written) => Object.keys(written).length > 0, 'a text is missing here')
  .meta({ properties: Object.fromEntries(LANGS.map((lang) => [lang, { type: 'string' }])) })

/** Who writes a file. */
export interface Author {
  /** The language that fills in for others; first of a scenario's. */
  readonly first: string
  /** Whether a text may be written without a language: it is in the first then. */
  readonly plain: boolean
}

/** A text that people read, in at least one language: any map of languages, or plain words of an author who has said in which language they write. */
export const textBy = ({ first, plain }: Author) =>
  z.union([
    words
      .refine(() => plain, {
        error: 'say in which language this is: `{ en: ... }`',
        params: { code: 'no-language' },
      })
      .transform((written) => toText({ [first]: written }, first)),
    inLanguages.transform((written) => toText(written, first)),
  ])

export type TextSchema = ReturnType<typeof textBy>

/** In all our languages. Where the author did not write one, their first fills in (else English, else whichever there is), and it is noted. */
export function toText(written: Readonly<Record<string, string>>, first: string): Text {
  const spare = [first, 'en', ...Object.keys(written)].find((code) => written[code] !== undefined) ?? first
  const filled = { en: '', et: '', ja: '' }
  const borrowed: Partial<Record<(typeof LANGS)[number], string>> = {}
  for (const lang of LANGS) {
    filled[lang] = written[lang] ?? written[spare] ?? ''
    if (written[lang] === undefined) borrowed[lang] = spare
  }
  return Object.keys(borrowed).length > 0 ? { ...filled, borrowed } : filled
}

/** Where texts stand in files of a schema: patterns for `select`. */
export function textPaths(schema: z.core.$ZodType, text: TextSchema, path = ''): readonly string[] {
  // A description makes another schema of the same definition.
  if (schema._zod.def === text._zod.def) return [path]
  const below = (key: string) => (path ? `${path}.${key}` : key)
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.def.shape).flatMap(([key, part]) => textPaths(part, text, below(key)))
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.def.options.flatMap((part) => textPaths(part, text, path)))]
  if (schema instanceof z.ZodArray) return textPaths(schema.def.element, text, below('*'))
  if (schema instanceof z.ZodUnion)
    return [...new Set(schema.def.options.flatMap((part) => textPaths(part, text, path)))]
  if (schema instanceof z.ZodTuple)
    return [...new Set(schema.def.items.flatMap((part) => textPaths(part, text, below('*'))))]
  if (
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  )
    return textPaths(schema.def.innerType, text, path)
  return []
}
