import { backgroundWork } from '../../kit/background-work.ts'
import { type Database, inTransaction, type Queryable } from '../../kit/database.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import type { Pupil } from './people.ts'
import type { Task } from './tasks.ts'
import { textsOf, wordOf } from './texts.ts'

const work = backgroundWork('outbox', 500)

/** Leaves word of a new grade for each confirmed parent. */
export async function addNotices(db: Queryable, task: Task, pupil: Pupil, grade: number): Promise<void> {
  const lines = (['et', 'en', 'ja'] as const).map((lang) => {
    const t = textsOf(lang)
    return `${t.newGrade}${t.colon}${pupil.name}, ${wordOf(t, task.subject)}, ${task.title}${t.colon}${grade}`
  })
  await db.query(
    `insert into outbox (task_id, pupil, receiver, subject, body)
     select $1, $2, parent, $3, $4 from guardian where pupil = $2`,
    [task.id, pupil.code, `${textsOf('et').newGrade}${textsOf('et').colon}${pupil.name}`, lines.join('\n')],
  )
  work.soon()
}

interface Letter {
  readonly id: number
  readonly receiver: string
  readonly subject: string
  readonly body: string
}

/**
 * Delivers what is due to the state's mailboxes; returns how many letters went out. One that X-Road or the portal does not take stays, and is
 * tried again after 2, 4, 8 ... seconds, a minute at most. The row is locked meanwhile: two processes do not send it twice. Should the answer
 * to a delivery be lost, the letter comes a second time, never not at all.
 */
export async function deliverDue(db: Database, xroad: XroadClient): Promise<number> {
  let delivered = 0
  for (;;) {
    const sent = await inTransaction(db, async (client) => {
      const { rows } = await client.query<Letter>(
        `select id, receiver, subject, body from outbox where delivered_at is null and next_at <= now()
         order by id limit 1 for update skip locked`,
      )
      const letter = rows[0]
      if (!letter) return null
      const { receiver: code, subject, body } = letter
      const taken = await send(xroad, { code, subject, body })
      await client.query(
        taken
          ? 'update outbox set delivered_at = now(), tries = tries + 1 where id = $1'
          : `update outbox set tries = tries + 1,
               next_at = now() + make_interval(secs => least(60, 2 ^ least(tries + 1, 6))) where id = $1`,
        [letter.id],
      )
      return taken
    })
    if (sent === null) return delivered
    if (sent) delivered++
  }
}

async function send(
  xroad: XroadClient,
  letter: { code: string; subject: string; body: string },
): Promise<boolean> {
  try {
    const reply = await xroad({ service: 'portal/notices', method: 'POST', json: letter })
    if (reply.status === 201) return true
    console.error(
      `a letter waits: ${reply.status} ${reply.xroadError ?? reply.body.toString().slice(0, 200)}`,
    )
  } catch (error) {
    console.error(`a letter waits: ${String(error)}`)
  }
  return false
}

/** Delivers what is due, as long as the service runs. */
export const deliverForever = (db: Database, xroad: XroadClient): Promise<never> =>
  work.forever(async () => (await deliverDue(db, xroad)) > 0)
