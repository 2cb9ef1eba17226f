import type { Actor } from './actor.ts'

/** Facts of public SSH keys that people of a team registered for tools of their own. A key opens what the seat opens in which it was registered. */
export interface KeyPayloads {
  /** `key`: the public key as it goes over the wire (RFC 4253), base64. `fingerprint`: as `ssh` shows it. */
  readonly 'key.registered': {
    readonly team: string
    readonly key: string
    readonly fingerprint: string
    readonly by: Actor | null
  }
  readonly 'key.removed': { readonly team: string; readonly fingerprint: string; readonly by: Actor | null }
}
