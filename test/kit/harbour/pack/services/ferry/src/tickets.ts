import { randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { sameSecret } from '../../kit/secrets.ts'
import type { Order } from './orders.ts'

export interface Ticket extends Order {
  readonly number: string
  /** Whoever bought it has it. */
  readonly key: string
}

/** A ticket is shown to whoever has its key. */
export function maySee(ticket: Ticket, key: string): boolean {
  return sameSecret(key, ticket.key)
}

/** The tickets that were bought, in a file. Their numbers follow one another. */
export function openTickets(path: string) {
  const db = new DatabaseSync(path)
  db.exec(
    'create table if not exists ticket (id integer primary key autoincrement, key text, sailing text, passenger text, price real)',
  )
  const insert = db.prepare('insert into ticket (key, sailing, passenger, price) values (?, ?, ?, ?)')
  const select = db.prepare('select key, sailing, passenger, price from ticket where id = ?')
  const remove = db.prepare('delete from ticket where id = ?')
  return {
    book(order: Order): Ticket {
      const key = randomBytes(12).toString('hex')
      const { lastInsertRowid } = insert.run(key, order.sailing, order.passenger, order.price)
      return { ...order, number: String(lastInsertRowid), key }
    },
    find(number: string): Ticket | null {
      const row = /^\d{1,12}$/.test(number) ? select.get(number) : undefined
      return row
        ? {
            number,
            key: String(row.key),
            sailing: String(row.sailing),
            passenger: String(row.passenger),
            price: Number(row.price),
          }
        : null
    },
    cancel(number: string): void {
      remove.run(number)
    },
  }
}
