import { type Database, inTransaction, type Queryable } from '../../kit/database.ts'
import { type Authorities, issue, readRequest, type Use } from './authority.ts'
import type { Resident } from './resident.ts'

/** Why a certificate lapsed before its time, as CRLReason of RFC 5280 names it. */
export type Reason = 'affiliationChanged' | 'superseded' | 'keyCompromise'

export interface Certificate {
  /** Hex. */
  readonly serial: string
  readonly use: Use
  readonly card: string
  readonly number: string
  /** DER, base64. */
  readonly der: string
  readonly issued: Date
  readonly notAfter: Date
  readonly revoked: Date | null
  readonly reason: Reason | null
}

const COLUMNS = 'serial, use, card, number, der, issued, not_after as "notAfter", revoked, reason'

/** The certificate with this serial number; null when no authority of ours issued it. */
export async function findCertificate(db: Queryable, serial: string): Promise<Certificate | null> {
  const { rows } = await db.query(`select ${COLUMNS} from certificate where serial = $1`, [serial])
  return rows[0] ?? null
}

/** A resident's certificates, newest first. */
export async function certificatesOf(db: Queryable, number: string): Promise<readonly Certificate[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from certificate where number = $1 order by issued desc, use limit 50`,
    [number],
  )
  return rows
}

/** Revokes what is still valid of a resident's certificates: of one use, or all. */
export async function revoke(db: Queryable, number: string, use: Use | null, reason: Reason): Promise<void> {
  await db.query(
    `update certificate set revoked = now(), reason = $3
     where number = $1 and use = coalesce($2, use) and revoked is null`,
    [number, use, reason],
  )
}

/**
 * Issues certificates for the keys of one card, in place of the resident's earlier ones of the same use. `requests` are
 * PKCS#10 in base64. Null when one of them is none, or is not signed with its own key.
 */
export async function issueFor(
  db: Database,
  authorities: Authorities,
  resident: Resident,
  card: string,
  requests: Readonly<Partial<Record<Use, unknown>>>,
  ocsp: string,
): Promise<Readonly<Partial<Record<Use, string>>> | null> {
  const issued: { use: Use; serial: string; der: string; notAfter: Date }[] = []
  for (const [name, base64] of Object.entries(requests)) {
    const use = name as Use
    const request = await readRequest(base64)
    if (!request) return null
    issued.push({ use, ...(await issue(authorities[use], request, { person: resident, ocsp })) })
  }
  await inTransaction(db, async (client) => {
    for (const { use, serial, der, notAfter } of issued) {
      await revoke(client, resident.number, use, 'superseded')
      await client.query(
        'insert into certificate (serial, use, card, number, der, not_after) values ($1, $2, $3, $4, $5, $6)',
        [serial, use, card, resident.number, der, notAfter],
      )
    }
  })
  return Object.fromEntries(issued.map(({ use, der }) => [use, der]))
}
