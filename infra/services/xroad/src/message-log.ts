import { createHash } from 'node:crypto'
import type { Database } from '../../kit/database.ts'
import { XroadError } from './errors.ts'

export interface Exchange {
  readonly at: string
  readonly messageId: string
  readonly requestId: string
  readonly client: string
  readonly service: string
  readonly userId: string
  readonly issue: string
  readonly method: string
  readonly path: string
  readonly requestHash: string
  readonly status: number
  readonly responseHash: string
}

export interface MessageLog {
  /** Finds the end of the chain. */
  open(): Promise<void>
  /** Durable when it resolves. Throws XroadError when the row could not be written: then the reply may not go out. */
  add(exchange: Exchange): Promise<void>
}

/** Hash of a row: SHA-256, hex, over the hash before it and the row's fields in order. The first row follows on `''`. */
export function recordHash(previous: string, id: number, exchange: Exchange): string {
  const e = exchange
  const fields = [
    id,
    e.at,
    e.messageId,
    e.requestId,
    e.client,
    e.service,
    e.userId,
    e.issue,
    e.method,
    e.path,
  ]
  const text = JSON.stringify([previous, ...fields, e.requestHash, e.status, e.responseHash])
  return createHash('sha256').update(text).digest('hex')
}

/** The log in the registry database. Rows are written one after another, since each carries the hash of the one before. */
export function openMessageLog(db: Database): MessageLog {
  let last = { id: 0, hash: '' }
  let queue: Promise<unknown> = Promise.resolve()
  const findEnd = async (): Promise<void> => {
    const { rows } = await db.query('select id, hash from message_log order by id desc limit 1')
    last = rows[0] ?? { id: 0, hash: '' }
  }
  const write = async (e: Exchange): Promise<void> => {
    const id = last.id + 1
    const hash = recordHash(last.hash, id, e)
    await db.query(
      `insert into message_log (id, at, message_id, request_id, client, service, user_id, issue, method, path,
         request_hash, status, response_hash, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[id, e.at, e.messageId, e.requestId, e.client, e.service, e.userId, e.issue, e.method, e.path],
        ...[e.requestHash, e.status, e.responseHash, hash],
      ],
    )
    last = { id, hash }
  }
  return {
    open: findEnd,
    add(exchange) {
      const written = queue.then(() => write(exchange))
      // After a failure it is unknown whether the row is there: look before the next one.
      queue = written.catch(() => findEnd().catch(() => undefined))
      return written.catch((error: unknown) => {
        console.error(`message log: ${String(error)}`)
        throw new XroadError('Server.ServerProxy.LoggingFailed', 'The message could not be logged')
      })
    },
  }
}
