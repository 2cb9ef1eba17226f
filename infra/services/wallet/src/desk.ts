import { randomUUID } from 'node:crypto'
import type { Database } from '../../kit/database.ts'
import type { Text } from '../../kit/html.ts'
import { MEMBERS } from '../../kit/members.ts'
import { nation } from '../../kit/nation/nation.ts'
import type { Session } from '../../kit/sessions.ts'
import { recordUsage } from '../../kit/xroad-provider.ts'
import { credentialsOf, type Held, revoke } from './status-list.ts'

const LOOKED: Text = {
  en: 'Wallet credentials were looked up',
  et: 'Vaadati kukru tõendeid',
  ja: 'ウォレットの証明書が閲覧されました',
}
const REVOKED: Text = {
  en: 'A wallet credential was revoked',
  et: 'Kukru tõend tühistati',
  ja: 'ウォレットの証明書が失効されました',
}
const ROLES: readonly string[] = ['police', 'population-officer', 'tax-officer']

/** Officials who may look up and revoke credentials of others. Each look and each revocation is on record for the person. */
export interface Desk {
  admits(session: Session): boolean
  look(session: Session, code: string): Promise<readonly Held[]>
  /** False when the person has no such credential in force. */
  revoke(session: Session, code: string, id: number): Promise<boolean>
}

export function openDesk(db: Database, seed: string): Desk {
  const officials = new Set(
    nation(seed).persons.flatMap(({ code, work }) => (work && ROLES.includes(work.role) ? [code] : [])),
  )
  const record = (session: Session, subject: string, action: Text) =>
    recordUsage(
      db,
      {
        memberCode: MEMBERS.wallet.memberCode,
        subsystem: 'wallet',
        user: session.code,
        messageId: randomUUID(),
      },
      { subject, action },
    )
  return {
    admits: ({ code }) => officials.has(code),
    async look(session, code) {
      await record(session, code, LOOKED)
      return credentialsOf(db, code)
    },
    async revoke(session, code, id) {
      await record(session, code, REVOKED)
      return revoke(db, id, code, session.code)
    },
  }
}
