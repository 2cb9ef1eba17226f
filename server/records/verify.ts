import type { FileHandle } from 'node:fs/promises'
import { isDeepStrictEqual, promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Archive, contentOf, layoutOf, readAt } from './archive.ts'
import { contentFinding, type Finding, firstDifference } from './finding.ts'
import { sha256 } from './hashes.ts'
import { MANIFEST, readManifest, SNAPSHOT } from './manifest.ts'
import { fingerprintOf, readSeal, SEAL_BYTES } from './seal.ts'
import { BLOCK, END_BYTES, headerOf, sizeIn } from './tar-frame.ts'
import type { LedgerFound } from './verify-ledger.ts'
import { walk } from './walk.ts'

const unzip = promisify(gunzip)

export interface Verified {
  /** None: it is whole. In the order of the file; where bytes were lost or added, only the first, after which all stands elsewhere. */
  readonly findings: readonly Finding[]
  /** Null where something was found. */
  readonly archive: Archive | null
  /** Of the key that signed it; null where no signature holds. */
  readonly fingerprint: string | null
  /** Why this Kilp can not show what is whole: a newer one wrote it, say. */
  readonly unreadable: string | null
}

/** More than the manifest of any export. */
const MOST_MANIFEST = 1 << 26

/**
 * Proves an export whole, or says where it is not. Every byte counts: headers and padding are foretold by the manifest, contents are hashed in it, the manifest is hashed in the seal, and the seal is signed.
 * That says nothing of whose key it is: see `fingerprint`. `foldHash`: of the sources that fold here; a snapshot of the same sources must be what the ledger folds to.
 */
export async function verifyExport(file: FileHandle, foldHash: string): Promise<Verified> {
  const { size } = await file.stat()
  const sealed = readSeal(await readAt(file, size - END_BYTES - BLOCK, SEAL_BYTES))
  const atEnd = typeof sealed === 'string' ? null : sealed
  const broken = (finding: Finding): Verified => ({
    findings: [finding],
    archive: null,
    fingerprint: atEnd && fingerprintOf(atEnd.key),
    unreadable: null,
  })

  const header = await readAt(file, 0, BLOCK)
  const bytes = sizeIn(header) ?? 0
  const foretold = await headerOf(MANIFEST, Math.min(bytes, MOST_MANIFEST))
  if (!header.equals(foretold)) {
    const from = firstDifference(header, foretold)
    const what = header.includes(MANIFEST.slice(1, -1))
      ? 'is not as it was written'
      : 'is not there: this is no export of Kilp'
    return broken({ entry: MANIFEST, part: 'header', from, to: from + 1, what })
  }
  const text = await readAt(file, BLOCK, bytes)
  const content = { entry: MANIFEST, part: 'content', from: BLOCK, to: BLOCK + bytes } as const
  const hash = sha256(text)
  if (atEnd && atEnd.manifest !== hash) return broken({ ...content, what: 'is not what the seal says' })
  const manifest = readManifest(text.toString('utf8'))
  if (typeof manifest === 'string') return broken({ ...content, what: manifest })

  const layout = await layoutOf(manifest, bytes)
  const archive: Archive = { file, manifest, places: layout.places }
  const walked = await walk(archive, layout.total, { size, manifestHash: hash })
  const findings =
    walked.findings.length > 0 ? walked.findings : await snapshotFindings(archive, walked.ledger, foldHash)
  return {
    findings,
    archive: findings.length === 0 ? archive : null,
    fingerprint: walked.seal && fingerprintOf(walked.seal.key),
    unreadable: walked.ledger?.unreadable ?? null,
  }
}

async function snapshotFindings(
  archive: Archive,
  ledger: LedgerFound | null,
  foldHash: string,
): Promise<readonly Finding[]> {
  const place = archive.places.find(({ name }) => name === SNAPSHOT)
  if (!place || archive.manifest.snapshot?.madeBy !== foldHash || ledger?.snapshot == null) return []
  const wanted = Buffer.from(ledger.snapshot)
  // Whoever made the file decides what it unfolds to.
  const kept = await contentOf(archive, SNAPSHOT)
    .then((body) => unzip(body, { maxOutputLength: 2 * wanted.length }))
    .catch(() => null)
  if (kept && (kept.equals(wanted) || saysTheSame(kept, wanted))) return []
  return [contentFinding(place, 'is not what the ledger folds to')]
}

/** Two texts of JSON, whatever the order of what they name: that is no matter of who folded. */
function saysTheSame(a: Buffer, b: Buffer): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(a.toString('utf8')), JSON.parse(b.toString('utf8')))
  } catch {
    return false
  }
}
