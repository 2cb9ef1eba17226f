import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Queryable } from '../../kit/database.ts'
import { pointToHex, scalarFromHex, scalarToHex } from '../../kit/voting/group.ts'
import type { CeremonyRecord } from '../../kit/voting/tally-check.ts'
import { keyCeremony } from '../../kit/voting/threshold.ts'

export const HOLDERS = 5
export const THRESHOLD = 3

export interface Share {
  readonly holder: number
  readonly share: bigint
}

const ALGORITHM = 'aes-256-gcm'

/** What only the holder's card knows; undefined when the card is not in its reader. */
const cardSecret = (holder: number): string | undefined => process.env[`KEY_HOLDER_${holder}`]

const sealKey = (secret: string, election: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, election, 'kilp-vote key share', 32))

/**
 * Makes the key of an election. The shares leave this function sealed, each for the card of its holder; what is for everybody is the record.
 * Throws when a card is missing.
 */
export function holdCeremony(election: string): {
  readonly record: CeremonyRecord
  readonly sealed: readonly string[]
} {
  const { key, commitments, shares } = keyCeremony(HOLDERS, THRESHOLD)
  return {
    record: {
      threshold: THRESHOLD,
      key: pointToHex(key),
      commitments: commitments.map((own) => own.map(pointToHex)),
    },
    sealed: shares.map((share, i) => seal(election, i + 1, share)),
  }
}

function seal(election: string, holder: number, share: bigint): string {
  const secret = cardSecret(holder)
  if (!secret) throw new Error(`the card of key holder ${holder} is not there`)
  const iv = randomBytes(12)
  const cipher = createCipheriv(ALGORITHM, sealKey(secret, election), iv)
  const sealed = Buffer.concat([cipher.update(scalarToHex(share), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

function unseal(election: string, secret: string, sealed: string): bigint {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv(ALGORITHM, sealKey(secret, election), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return scalarFromHex(
    Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'),
  )
}

/** The shares of as many holders as are needed, opened by the cards that are there. Throws when there are too few. */
export async function openShares(db: Queryable, election: string): Promise<readonly Share[]> {
  const { rows } = await db.query<{ holder: number; sealed: string }>(
    'select holder, sealed from key_share where election = $1 order by holder',
    [election],
  )
  const shares: Share[] = []
  for (const { holder, sealed } of rows) {
    const secret = cardSecret(holder)
    if (secret && shares.length < THRESHOLD) shares.push({ holder, share: unseal(election, secret, sealed) })
  }
  if (shares.length < THRESHOLD) throw new Error(`${shares.length} of ${THRESHOLD} key holders are there`)
  return shares
}
