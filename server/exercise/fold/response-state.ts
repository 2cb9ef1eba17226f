import type { ResponseStep } from '../ledger/response-events.ts'

/** What a team began to do about a service. Exercise time, ms. */
export interface Response {
  readonly service: string
  readonly step: ResponseStep
  readonly atMs: number
}
