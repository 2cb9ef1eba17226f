import { closest, distance } from 'fastest-levenshtein'
import { UserError } from './user-error.ts'

/** Farther off than this is another word. */
const NEAR = 3

/**
 * `up` is what runs without a command, so a mistyped one would be taken for a stray argument of it. Null when the first word is a command or an option.
 */
export function unknownCommand(args: readonly string[], commands: readonly string[]): UserError | null {
  const [first] = args
  if (first === undefined || first.startsWith('-') || commands.includes(first)) return null
  // Of several as near, the one that begins alike.
  const near = closest(
    first,
    commands.toSorted((a, b) => alike(first, b) - alike(first, a)),
  )
  const meant = distance(first, near) <= NEAR ? ` Did you mean "${near}"?` : ''
  return new UserError(
    `There is no command "${first}".${meant} There are: ${commands.join(', ')} (kilp --help)`,
  )
}

/** How many letters at the beginning are the same. */
const alike = (a: string, b: string): number => {
  const differs = [...a].findIndex((letter, at) => letter !== b[at])
  return differs < 0 ? a.length : differs
}
