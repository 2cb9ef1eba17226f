import type { Database } from '../../kit/database.ts'
import { XroadError } from './errors.ts'
import { messageHash, type RestMessage, sha512 } from './rest-message.ts'

/** What a message is about. */
export interface Transaction {
  /** X-Road-Id: chosen by the client, and not always unique. */
  readonly messageId: string
  readonly requestId: string
  readonly client: string
  readonly service: string
  readonly userId: string
  readonly issue: string
}

export interface LogRecord extends Transaction {
  readonly at: string
  readonly response: boolean
  readonly message: RestMessage
  /** META-INF/signatures.xml of the message, made by the security server that sent it. */
  readonly signature: string
}

export interface MessageLog {
  /** Finds the end of the chain. */
  open(): Promise<void>
  /** Durable when it resolves. Throws XroadError when the row could not be written: then the message may not go out. */
  add(record: LogRecord): Promise<void>
}

/** Hash of a row: SHA-512, base64, over the hash before it and the row's fields in order. The first row follows on `''`. */
export function recordHash(previous: string, id: number, record: LogRecord): string {
  const { at, messageId, requestId, response, client, service, userId, issue, message, signature } = record
  const fields = [id, at, messageId, requestId, response, client, service, userId, issue]
  const digest = sha512(signature).toString('base64')
  return sha512(JSON.stringify([previous, ...fields, messageHash(message), digest])).toString('base64')
}

/**
 * The log in the registry database. Rows are written one after another, since each carries the hash of the one before. `mayLog` throws when
 * nothing may be exchanged.
 */
export function openMessageLog(db: Database, mayLog: () => void): MessageLog {
  let last = { id: 0, hash: '' }
  let queue: Promise<unknown> = Promise.resolve()
  const findEnd = async (): Promise<void> => {
    const { rows } = await db.query('select id, hash from message_log order by id desc limit 1')
    last = rows[0] ?? { id: 0, hash: '' }
  }
  const write = async (record: LogRecord): Promise<void> => {
    const id = last.id + 1
    const hash = recordHash(last.hash, id, record)
    const { at, messageId, requestId, response, client, service, userId, issue, message, signature } = record
    await db.query(
      `insert into message_log (id, at, message_id, request_id, response, client, service, user_id, issue, head, body,
         message_hash, signature, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        ...[id, at, messageId, requestId, response, client, service, userId, issue],
        ...[message.head, message.body, messageHash(message), signature, hash],
      ],
    )
    last = { id, hash }
  }
  return {
    open: findEnd,
    async add(record) {
      mayLog()
      const written = queue.then(() => write(record))
      // After a failure it is unknown whether the row is there: look before the next one.
      queue = written.catch(() => findEnd().catch(() => undefined))
      await written.catch((error: unknown) => {
        console.error(`message log: ${String(error)}`)
        throw new XroadError('Server.ServerProxy.LoggingFailed', 'The message could not be logged')
      })
    },
  }
}
