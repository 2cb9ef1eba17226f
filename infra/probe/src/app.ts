import type { Reach } from './networks.ts'
import type { Population } from './people.ts'

/** What programs of people's devices know of the nation. */
export interface AppPlace {
  readonly population: Population
  /** Seeds the nation. */
  readonly nationSeed: string
  /** Private key of the card authority, PKCS8 PEM in base64. */
  readonly cardAuthority: string
}

/** Where scripts happen. */
export interface Place extends AppPlace {
  readonly reach: Reach
  readonly apps: AppRunner
}

/**
 * A program on a citizen's own device (voting app, wallet): from named texts to JSON. It keeps nothing and speaks with nobody: steps carry
 * what it says to services. Throws when it can not work with what it is given.
 */
export type App = (input: Readonly<Record<string, string>>, place: AppPlace) => unknown

/** Runs apps where nothing that a service gives them can hold up or end anything else. */
export interface AppRunner {
  /**
   * What an app makes of its input, as JSON text. `deadline`: performance.now() time by which it is over. @throws what the app threw, or that it took too long or too
   * much memory.
   */
  run(name: string, input: Readonly<Record<string, string>>, deadline: number): Promise<string>
  close(): Promise<void>
}
