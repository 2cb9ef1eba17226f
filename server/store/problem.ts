/** What is wrong with the store, in words that say how to mend it. Thrown while opening, restoring and writing. */
export class StoreProblem extends Error {
  override name = 'StoreProblem'
  readonly code: StoreProblemCode
  constructor(code: StoreProblemCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

export type StoreProblemCode =
  | 'locked'
  | 'not-a-folder'
  | 'not-writable'
  | 'full'
  | 'damaged'
  | 'other-version'
  | 'bad-address'
  | 'unreachable'
  | 'refused'
  | 'bad-dump'
  | 'exists'

/** Code of a driver's or the system's error (`ENOSPC`, `23505`), looked for through its causes. */
export function errorCode(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    // Node tries several addresses of a name and gives all failures in one.
    if (at instanceof AggregateError && at.errors.length > 0) return errorCode(at.errors[0])
  }
  return null
}

/**
 * The driver's own error without drizzle's wrapping: that one quotes the parameters, and a setting may be a secret key.
 */
export function driverError(error: unknown): unknown {
  return error instanceof Error && error.message.startsWith('Failed query') && error.cause
    ? error.cause
    : error
}
