import type { Actor } from './actor.ts'

/** Facts of recordings of a service's traffic. What they hold is kept for a while beside the ledger, never in it. */
export interface TrafficPayloads {
  readonly 'traffic.recorded': { readonly team: string; readonly service: string; readonly by: Actor | null }
}
