import { INSTANCES, type Instance } from '../../kit/members.ts'
import { environment } from '../../kit/secrets.ts'
import { readTimestamp, timestamp } from '../../kit/timestamp.ts'
import type { TimestampingOptions } from './timestamping.ts'

/** Which X-Road instance this security server is of: XROAD_INSTANCE. Throws when it is none. */
export function ownInstance(): Instance {
  const name = environment('XROAD_INSTANCE')
  const instance = INSTANCES.find((known) => known === name)
  if (!instance) throw new Error(`XROAD_INSTANCE is ${name}, which is none of ${INSTANCES.join(', ')}`)
  return instance
}

/** As the environment says. Where the time-stamping authority (eid) is not deployed at all, exchange does not stop for want of it. */
export function timestampingOptions(): TimestampingOptions {
  const acceptable = number('ACCEPTABLE_TIMESTAMP_FAILURE_SECONDS') * 1000
  return {
    records: number('TIMESTAMP_RECORDS'),
    intervalMs: number('TIMESTAMP_INTERVAL_SECONDS') * 1000,
    acceptableFailureMs: environment('SERVICES').split(',').includes('eid') ? acceptable : 0,
    stamp: async (digest) => {
      const token = await timestamp(digest)
      return { token, at: readTimestamp(token, digest).at }
    },
  }
}

function number(name: string): number {
  const value = Number(environment(name))
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is not a whole number`)
  return value
}
