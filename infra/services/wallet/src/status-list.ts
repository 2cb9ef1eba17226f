import { createPrivateKey, randomInt } from 'node:crypto'
import { createHeaderAndPayload, StatusList } from '@sd-jwt/jwt-status-list'
import type { Database } from '../../kit/database.ts'
import type { Certified } from './certify.ts'
import { seconds, signedJwt } from './jws.ts'

/** Where a credential's status is: a list and an index in it, as `status.status_list` of the credential says. */
export interface StatusPlace {
  readonly uri: string
  readonly idx: number
}

export interface Held {
  readonly id: number
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
}

const LIST_SIZE = 65_536
/** Lists are filled by half, so that a free index is found at once. */
const LIST_FULL = LIST_SIZE / 2
const LIST_SECONDS = 300

const HELD = 'id, issued_at as "issuedAt", expires_at as "expiresAt", revoked_at as "revokedAt"'

/** Enters a new credential of a person in a status list, at a random free place. */
export async function enterCredential(
  db: Database,
  issuer: string,
  credential: { readonly code: string; readonly thumbprint: string; readonly expiresAt: Date },
): Promise<StatusPlace> {
  for (;;) {
    const { rows } = await db.query<{ list: number; index: number }>(
      `insert into credential (list, index, code, thumbprint, expires_at)
       select 1 + count(*) / $1::int, $2, $3, $4, $5 from credential
       on conflict (list, index) do nothing returning list, index`,
      [LIST_FULL, randomInt(LIST_SIZE), credential.code, credential.thumbprint, credential.expiresAt],
    )
    const place = rows[0]
    if (place) return { uri: `${issuer}/status/${place.list}`, idx: place.index }
  }
}

/** Credentials of a person that have not run out, newest first. */
export async function credentialsOf(db: Database, code: string): Promise<readonly Held[]> {
  const { rows } = await db.query<Held>(
    `select ${HELD} from credential where code = $1 and expires_at > now() order by id desc limit 20`,
    [code],
  )
  return rows
}

/** Revokes a credential of a person for good. False when the person has no such one in force. */
export async function revoke(db: Database, id: number, code: string, by: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update credential set revoked_at = now(), revoked_by = $3 where id = $1 and code = $2 and revoked_at is null`,
    [id, code, by],
  )
  return rowCount === 1
}

/** The signed Token Status List (`statuslist+jwt`, one bit each, 1 is revoked) with this number; null when there is none yet. */
export async function statusListToken(
  db: Database,
  issuer: string,
  list: number,
  { key, certificate }: Certified,
): Promise<string | null> {
  const { rows } = await db.query<{ entries: number; revoked: readonly number[] | null }>(
    `select count(*)::int as entries, array_agg(index) filter (where revoked_at is not null) as revoked
     from credential where list = $1`,
    [list],
  )
  if (!rows[0]?.entries) return null
  const bits = new StatusList(new Array<number>(LIST_SIZE).fill(0), 1)
  for (const index of rows[0].revoked ?? []) bits.setStatus(index, 1)
  const now = seconds()
  const { header, payload } = createHeaderAndPayload(
    bits,
    { iss: issuer, sub: `${issuer}/status/${list}`, iat: now, exp: now + LIST_SECONDS, ttl: 1 },
    { alg: 'ES256', typ: 'statuslist+jwt', x5c: [certificate] },
  )
  return signedJwt(header, payload, createPrivateKey(key))
}
