import type { z } from 'zod'
import { checkShape } from './diagnose.ts'
import type { Diagnostic } from './diagnostics.ts'
import { type Source, select } from './read.ts'
import { scenarioSchema } from './schema.ts'
import { journeySchema, serviceSchema, weaknessSchema } from './service-schema.ts'
import { type Author, isLanguage, type TextSchema, textBy, textPaths } from './texts.ts'

/** Reads a file of some kind into its data; null when it does not fit. */
export type ReadShape<Schema extends z.ZodType> = (
  source: Source,
  report: Diagnostic[],
) => z.output<Schema> | null

/** How the files of one author are read. */
export interface Reading {
  readonly scenario: ReadShape<ReturnType<typeof scenarioSchema>>
  readonly service: ReadShape<ReturnType<typeof serviceSchema>>
  readonly journey: ReadShape<ReturnType<typeof journeySchema>>
  readonly weakness: ReadShape<ReturnType<typeof weaknessSchema>>
}

/** `languages`: those that texts are expected in; what is missing gets a warning. */
export function readingOf(author: Author, languages: readonly string[]): Reading {
  const text = textBy(author)
  const reader = <Schema extends z.ZodType>(make: (text: TextSchema) => Schema): ReadShape<Schema> => {
    const schema = make(text)
    const places = textPaths(schema, text)
    return (source, report) => {
      for (const place of places) checkLanguages(source, place, author, languages, report)
      return checkShape(source, schema, report)
    }
  }
  return {
    scenario: reader(scenarioSchema),
    service: reader(serviceSchema),
    journey: reader(journeySchema),
    weakness: reader(weaknessSchema),
  }
}

function checkLanguages(
  source: Source,
  place: string,
  { first, plain }: Author,
  languages: readonly string[],
  report: Diagnostic[],
): void {
  if (languages.length === 0) return
  const warn = (path: readonly PropertyKey[], code: string, message: string) =>
    report.push(source.problem(path, { code, message, severity: 'warning' }))
  for (const { path, value } of select(source.value, place)) {
    const written =
      typeof value === 'string' ? [first] : typeof value === 'object' && value ? Object.keys(value) : null
    if (!written) continue
    const missing = languages.filter((code) => !written.includes(code))
    if (missing.length > 0) warn(path, 'missing-text', `this is not there in ${listed(missing)}`)
    // Somebody else's pack may well be in more languages.
    const other = plain ? written.filter((code) => isLanguage(code) && !languages.includes(code)) : []
    if (other.length > 0)
      warn(path, 'other-language', `${listed(other)} is not among the \`languages\` of the scenario`)
  }
}

const listed = (codes: readonly string[]) => codes.map((code) => `\`${code}\``).join(', ')

/** The languages of a scenario: as it says, or those of its title. Empty when neither says. */
export function languagesOf(scenario: unknown): readonly string[] {
  const said = [...select(scenario, 'languages.*')].map(({ value }) => String(value))
  const title = [...select(scenario, 'title.*')].map(({ path }) => String(path.at(-1)))
  return (said.length > 0 ? said : title).filter(isLanguage)
}
