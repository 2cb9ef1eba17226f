import type { Instance } from '../../kit/members.ts'
import type { MessageLog } from './message-log.ts'
import type { Peer } from './peers.ts'
import type { Signer } from './signature.ts'

/** What this security server is and works with. */
export interface SecurityServer {
  readonly instance: Instance
  readonly signer: Signer
  readonly log: MessageLog
  /** Those of the other instances. */
  readonly peers: readonly Peer[]
}
