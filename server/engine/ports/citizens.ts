/** One request of somebody who looks at a team's state as a citizen does. */
export interface VisitRequest {
  readonly service: string
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
  /** Language of the browser that asks. */
  readonly lang: string
  /** 0..1, chooses address and browser: the same for all requests of one visitor. */
  readonly choice: number
}

export type VisitAnswer =
  | {
      readonly ok: true
      readonly status: number
      readonly headers: readonly (readonly [string, string])[]
      readonly body: Buffer
      /** That the service took. */
      readonly ms: number
    }
  /** `down`: nothing answered. `broken`: it was no answer. `busy`: too much is asked at once. `fault`: ours. */
  | { readonly ok: false; readonly why: 'down' | 'broken' | 'too-large' | 'busy' | 'fault' }

/** Somebody of the seeded nation. */
export interface Citizen {
  readonly code: string
  readonly name: string
  readonly role: string
  /** Date. */
  readonly birth: string
}

/** A team's state as its citizens reach it: through the probe, from addresses as theirs. */
export interface Citizens {
  /** Services that citizens reach. */
  readonly services: readonly string[]
  /** Never rejects. */
  visit(team: string, request: VisitRequest): Promise<VisitAnswer>
  /** As whom somebody may sign in; empty while the probe does not answer. */
  people(team: string): Promise<readonly Citizen[]>
  /** What the card of a person answers to the challenge of a login at `origin`: a Web eID token. Null when it can not be had. */
  card(team: string, person: string, origin: string, nonce: string): Promise<string | null>
}

/** Where there is no enclave. */
export const NO_CITIZENS: Citizens = {
  services: [],
  visit: async () => ({ ok: false, why: 'fault' }),
  people: async () => [],
  card: async () => null,
}
