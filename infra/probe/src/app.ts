import type { Reach } from './networks.ts'
import type { Population } from './people.ts'

/** Where scripts happen. */
export interface Place {
  readonly reach: Reach
  readonly population: Population
  /** Seeds the nation. */
  readonly nationSeed: string
  /** Private key of the card authority, PKCS8 PEM in base64. */
  readonly cardAuthority: string
}

/**
 * A program on a citizen's own device (voting app, wallet): from named texts to JSON. It keeps nothing and speaks with nobody: steps carry
 * what it says to services. Throws when it can not work with what it is given.
 */
export type App = (input: Readonly<Record<string, string>>, place: Place) => unknown
