import { createHash } from 'node:crypto'
import type { Database } from '../../kit/database.ts'
import { XroadError } from './errors.ts'
import { hashChain } from './hash-chain.ts'
import { sha512 } from './rest-message.ts'

export interface TimestampingOptions {
  /** At most so many records under one time-stamp. */
  readonly records: number
  readonly intervalMs: number
  /** Exchange stops when time-stamping has failed for longer; 0: it never stops. */
  readonly acceptableFailureMs: number
  /** A token (DER) for a SHA-256 digest, and when it says that it was made. */
  readonly stamp: (digest: Buffer) => Promise<{ token: Buffer; at: Date }>
}

export interface Timestamping {
  /** Throws XroadError when messages have gone without a time-stamp for too long. */
  mayLog(): void
  /** Stamps all that waits. Throws when the authority or the database fails. */
  stampAll(): Promise<void>
  /** Stamps in batches from now on, until the process ends. */
  start(): void
}

/** What a time-stamp is over: the result of the hash chain of its batch. */
export const stampedDigest = (digests: readonly Buffer[]): Buffer =>
  createHash('sha256')
    .update(
      hashChain(
        digests.map((digest) => ({ digest })),
        '/ts-hashchain.xml',
      ).result,
    )
    .digest()

/** Time-stamps the message log in batches: the signatures of the records, and the last hash of their chain. */
export function openTimestamping(db: Database, options: TimestampingOptions): Timestamping {
  let failingSince = 0
  let running: Promise<void> = Promise.resolve()

  /** One batch; how many records it had. */
  async function stampBatch(): Promise<number> {
    const { rows } = await db.query(
      'select id, signature, hash from message_log where timestamp_id is null order by id limit $1',
      [options.records],
    )
    if (rows.length === 0) return 0
    const digests = rows.map(({ signature }) => sha512(signature))
    digests.push(Buffer.from(rows.at(-1)?.hash ?? '', 'base64'))
    const { token, at } = await options.stamp(stampedDigest(digests))
    await db.query(
      `with stamp as (insert into message_timestamp (at, digests, token) values ($1, $2, $3) returning id)
       update message_log set timestamp_id = (select id from stamp) where id = any($4) and timestamp_id is null`,
      [
        at.toISOString(),
        digests.map((digest) => digest.toString('base64')).join(' '),
        token,
        rows.map(({ id }) => id),
      ],
    )
    return rows.length
  }

  async function stampAll(): Promise<void> {
    try {
      while ((await stampBatch()) === options.records);
      failingSince = 0
    } catch (error) {
      failingSince ||= Date.now()
      throw error
    }
  }
  /** One at a time: two would stamp the same records twice. */
  const oneAtATime = (): Promise<void> => {
    const mine = running.catch(() => undefined).then(stampAll)
    running = mine
    return mine
  }

  return {
    mayLog() {
      const { acceptableFailureMs } = options
      if (acceptableFailureMs > 0 && failingSince > 0 && Date.now() - failingSince > acceptableFailureMs) {
        throw new XroadError(
          'Server.ServerProxy.LoggingFailed.TimestamperFailed',
          'Cannot time-stamp messages',
        )
      }
    },
    stampAll: oneAtATime,
    start() {
      const again = (): void => {
        oneAtATime()
          .catch((error: unknown) => console.error(`time-stamping: ${String(error)}`))
          .finally(() => setTimeout(again, options.intervalMs))
      }
      again()
    },
  }
}
