import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { audienceName, redact } from '../../exercise/ledger/audience.ts'
import type { Audience } from '../../exercise/scenario/model.ts'
import type { Folded } from '../../exercise/wire/folded.ts'
import { packFolded, unpackFolded } from '../../exercise/wire/snapshot.ts'
import type { EventLog } from '../ports/ports.ts'
import { FOLD_HASH } from './fold-hash.ts'

const zip = promisify(gzip)
const unzip = promisify(gunzip)

/** What an audience knows at a position, packed: kept in the store, and sent to pages as it is. */
export interface Snapshot {
  readonly position: number
  readonly body: Buffer
}

/** What is packed is `folded` as it is at the call. */
export async function packSnapshot(folded: Folded): Promise<Snapshot> {
  return { position: folded.cursor, body: await zip(packFolded(folded)) }
}

/** What was kept for an audience, or null: there is nothing, other sources made it, it is damaged, or it is not of this ledger. */
export async function loadSnapshot(
  log: EventLog,
  exerciseId: string,
  audience: Audience,
): Promise<Folded | null> {
  const kept = await log.loadSnapshot(exerciseId, audienceName(audience), FOLD_HASH)
  const folded = kept && (await unpacked(kept.body))
  return folded && (await isOf(log, exerciseId, audience, folded)) ? folded : null
}

async function unpacked(body: Uint8Array): Promise<Folded | null> {
  try {
    return unpackFolded((await unzip(body)).toString('utf8'))
  } catch {
    return null
  }
}

/** Whether the ledger goes as far, and says the same there: it may have been put back to an earlier moment and gone on. */
async function isOf(
  log: EventLog,
  exerciseId: string,
  audience: Audience,
  { cursor, tail }: Folded,
): Promise<boolean> {
  const last = tail.at(-1)
  if (!last || (await log.lastPosition(exerciseId)) < cursor) return false
  const [recorded] = await log.read(exerciseId, last.position - 1, 1)
  return recorded !== undefined && JSON.stringify(redact(recorded, audience)) === JSON.stringify(last)
}
