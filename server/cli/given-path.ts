import { resolve } from 'node:path'
import { UserError } from './user-error.ts'

/** A file as a person names it, from where they stand: npm runs commands elsewhere, and tells. */
export const givenPath = (text: string, env = process.env): string =>
  resolve(env.INIT_CWD ?? process.cwd(), text)

/** What is said when a file can not be written; any other error stays what it is. */
export const writeProblem = (path: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error && !('address' in error)
    ? new UserError(`${path} can not be written: ${error.message}`)
    : error
