import type { Diagnostic } from './diagnostics.ts'

/** For people: place, message and the line with a caret, one block for each, and a count at the end. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const blocks = diagnostics.map(({ file, line, column, severity, code, message, source }) => {
    const head = `${file}:${line}:${column}: ${severity}: ${message} [${code}]`
    const lines = source === '' ? [head] : [head, `    ${source}`, `    ${pad(source, column)}^`]
    return lines.map(harmless).join('\n')
  })
  const errors = diagnostics.filter((d) => d.severity === 'error').length
  const warnings = diagnostics.length - errors
  const count = [countOf(errors, 'error'), ...(warnings > 0 ? [countOf(warnings, 'warning')] : [])].join(', ')
  return [...blocks, count].join('\n\n')
}

/** A scenario may come from anywhere: it must not steer the terminal that shows its mistakes. */
const harmless = (line: string) => line.replaceAll(/(?!\t)\p{Cc}/gu, '\ufffd')

const countOf = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Blanks as wide as what stands before the column: tabs stay, and wide (East Asian) characters take two. */
function pad(source: string, column: number): string {
  return [...source.slice(0, column - 1)]
    .map((letter) =>
      letter === '\t'
        ? letter
        : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
              letter,
            )
          ? '  '
          : ' ',
    )
    .join('')
}
