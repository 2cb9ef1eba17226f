import { createHash, randomBytes } from 'node:crypto'
import { CARD_USES, cardSerial } from '../../kit/card-serial.ts'
import type { Database } from '../../kit/database.ts'
import { sameSecret } from '../../kit/secrets.ts'

/** Cards of people and whether they may be used. */
export interface Cards {
  /** Since when a certificate (serial number, hex) is on hold; null when it is not. */
  suspendedSince(serial: string): Promise<Date | null>
  /** Puts both certificates of a person's card on hold. The code that it gives lifts that again; null when the card is on hold already. */
  suspend(code: string): Promise<string | null>
  /** False when the code is wrong; after five wrong codes only a new card helps. */
  lift(code: string, restoreCode: string): Promise<boolean>
}

const TRIES = 5
const hashOf = (restoreCode: string): string => createHash('sha256').update(restoreCode.trim()).digest('hex')
/** As certificates print it and as OCSP carries it, one form. */
export const plainSerial = (serial: string): string => serial.toLowerCase().replace(/^0+/, '')

export function openCards(db: Database): Cards {
  return {
    async suspendedSince(serial) {
      const { rows } = await db.query<{ since: Date }>(
        'select since from card_suspension where $1 = any (serials)',
        [plainSerial(serial)],
      )
      return rows[0]?.since ?? null
    },
    async suspend(code) {
      const restoreCode = randomBytes(6).toString('hex')
      const serials = CARD_USES.map((use) => plainSerial(cardSerial(code, use)))
      const { rowCount } = await db.query(
        'insert into card_suspension (code, serials, restore) values ($1, $2, $3) on conflict do nothing',
        [code, serials, hashOf(restoreCode)],
      )
      return rowCount === 1 ? restoreCode : null
    },
    async lift(code, restoreCode) {
      // Each try counts before it is judged, so that many at once count too.
      const { rows } = await db.query<{ restore: string }>(
        'update card_suspension set tries = tries + 1 where code = $1 and tries < $2 returning restore',
        [code, TRIES],
      )
      if (!sameSecret(rows[0]?.restore ?? '', hashOf(restoreCode))) return false
      await db.query('delete from card_suspension where code = $1', [code])
      return true
    },
  }
}
