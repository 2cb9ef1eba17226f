import type { z } from 'zod'
import { checkShape } from '../diagnostics/diagnose.ts'
import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import { type Path, type Source, select, textsAt } from '../diagnostics/read.ts'
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
  const reader = <Schema extends z.ZodType>(
    make: (text: TextSchema) => Schema,
    check: LanguageCheck = warnOfMissing,
  ): ReadShape<Schema> => {
    const schema = make(text)
    const places = textPaths(schema, text)
    return (source, report) => {
      for (const place of places)
        for (const { path, value } of select(source.value, place)) {
          const written = writtenIn(value, author)
          if (languages.length > 0 && written) check(source, path, written, languages, report)
        }
      return checkShape(source, schema, report)
    }
  }
  return {
    scenario: reader(scenarioSchema, (...found) => {
      warnOfMissing(...found)
      warnOfOthers(...found)
    }),
    service: reader(serviceSchema),
    journey: reader(journeySchema),
    weakness: reader(weaknessSchema),
  }
}

const writtenIn = (value: unknown, { first }: Author): readonly string[] | null => {
  if (typeof value === 'string') return [first]
  return typeof value === 'object' && value !== null ? Object.keys(value) : null
}

type LanguageCheck = (
  source: Source,
  path: Path,
  written: readonly string[],
  languages: readonly string[],
  report: Diagnostic[],
) => void

const warnOfMissing: LanguageCheck = (source, path, written, languages, report) => {
  const missing = languages.filter((code) => !written.includes(code))
  const message = `this is not there in ${listed(missing)}`
  if (missing.length > 0)
    report.push(source.problem(path, { code: 'missing-text', message, severity: 'warning' }))
}

/** In scenario.yaml, a slip more often than not. Services may well be in more languages than a scenario that uses them. */
const warnOfOthers: LanguageCheck = (source, path, written, languages, report) => {
  const others = written.filter((code) => isLanguage(code) && !languages.includes(code))
  const message = `${listed(others)} is not among the \`languages\` of the scenario`
  if (others.length > 0)
    report.push(source.problem(path, { code: 'other-language', message, severity: 'warning' }))
}

const listed = (codes: readonly string[]) => codes.map((code) => `\`${code}\``).join(', ')

/** The languages of a scenario: as it says, or those of its title. Empty when neither says. */
export function languagesOf(scenario: unknown): readonly string[] {
  const said = textsAt(scenario, 'languages.*')
  const title = [...select(scenario, 'title.*')].map(({ path }) => String(path.at(-1)))
  return (said.length > 0 ? said : title).filter(isLanguage)
}
