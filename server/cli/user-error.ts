/** Something the person at the keyboard can mend. Printed without a stack; the process ends with 1. */
export class UserError extends Error {
  override name = 'UserError'
}
