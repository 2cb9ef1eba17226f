import type { FourInformation } from './four-information.ts'

export interface Resident extends FourInformation {
  /** My Number, twelve digits with a check digit. */
  readonly number: string
}
