import { drawn } from './drawn.ts'
import { UNKNOWN } from './shell-words.ts'

const CREATE =
  /\bcreate\s+(?:or\s+replace\s+)?(?:role|user|group|table|schema|database|function|procedure|view|sequence|type|extension|trigger|rule|policy)\s+(?:if\s+not\s+exists\s+)?("[^"]+"|[^\s(;"]+)/gi
const INSERT =
  /\binsert\s+into\s+([^\s(]+)\s*(?:\(([^)]*)\))?\s*values\s*\(((?:[^()']|'[^']*'|\([^)]*\))*)\)/gi
/** Columns by which a record is found again. */
const NAMES_IT = /^"?(id|name|code|key|slug|login|user|username|email|account)"?$/i
/** A value that a statement says itself: a text, a number, or one of its parameters. */
const LITERAL = /^(?:'.*'|-?\d+(?:\.\d+)?)(?:::\w+)?$/s
const PARAMETER = /^\$(\d+)(?:::\w+)?$/

/** Names that are the same in every run, of what SQL creates: roles, tables, and records that it calls by a name. Pure. */
export function sqlFootprints(query: string, params: readonly string[]): readonly string[] {
  const created = [...query.matchAll(CREATE)].map(([, name = '']) => name.replaceAll('"', ''))
  const inserted = [...query.matchAll(INSERT)].flatMap(([, table = '', columns = '', values = '']) => {
    const given = split(values).map((value) => said(value, params))
    const names = split(columns).flatMap((column, n) =>
      NAMES_IT.test(column) && given[n] !== undefined ? [given[n]] : [],
    )
    const identity = names.length > 0 ? names : given.every((value) => value !== null) ? given : []
    return identity.length > 0 && identity.every((value) => value !== null && !drawn(value))
      ? [`${table} ${identity.join(', ')}`]
      : []
  })
  return [...created.filter((name) => !drawn(name) && !/^%|^\$/.test(name)), ...inserted]
}

/** What a value is, where the statement says it; null where the database makes it or nothing is sure of it. */
function said(value: string, params: readonly string[]): string | null {
  const parameter = PARAMETER.exec(value)
  if (parameter) {
    const given = params[Number(parameter[1]) - 1]
    return given === undefined || given.includes(UNKNOWN) ? null : given
  }
  return LITERAL.test(value) || value.includes('{{') ? value : null
}

/** A list at the commas that stand in no quotes and no brackets. */
const split = (list: string): readonly string[] =>
  list.match(/(?:[^,('{]|'[^']*'|\([^)]*\)|\{\{.*?\}\}|\{)+/g)?.map((part) => part.trim()) ?? []
