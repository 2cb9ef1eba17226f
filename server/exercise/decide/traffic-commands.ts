/** See `CommandPayloads`. */
export interface TrafficCommands {
  /** The traffic of a service is recorded from now on, for a bounded time. */
  'record-traffic': { readonly team: string; readonly service: string }
}
