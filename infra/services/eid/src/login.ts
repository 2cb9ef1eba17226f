import type { Person } from './certificate.ts'

/** How somebody proved who they are: `amr` of the token. */
export type Method = 'idcard' | 'mID' | 'smartid'

/** What a finished login page hands to the provider. */
export interface Login {
  readonly person: Person
  readonly method: Method
}
