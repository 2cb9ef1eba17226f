import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { type Archive, chunksAt, type Place, readAt } from './archive.ts'
import { contentFinding, type Finding, firstDifference } from './finding.ts'
import { LEDGER, MANIFEST, SEAL } from './manifest.ts'
import { readSeal, type Seal } from './seal.ts'
import { END_BYTES, paddingOf } from './tar-frame.ts'
import { type LedgerFound, verifyLedger } from './verify-ledger.ts'

export interface Walked {
  readonly findings: readonly Finding[]
  readonly ledger: LedgerFound | null
  readonly seal: Seal | null
}

/** Looks at every byte from the first to the last. `total`: what the file's length is to be; `size`: what it is. */
export async function walk(
  archive: Archive,
  total: number,
  { size, manifestHash }: { readonly size: number; readonly manifestHash: string },
): Promise<Walked> {
  const { file, places } = archive
  const findings: Finding[] = []
  const whole = createHash('sha256')
  let ledger: LedgerFound | null = null
  let seal: Seal | null = null
  let before = ''
  for (const place of places) {
    if (place.name === SEAL) before = whole.copy().digest('hex')
    findings.push(...(await headerFindings(file, place, whole)))
    const own: Finding[] = []
    if (place.name === SEAL) {
      const read = readSeal(await readAt(file, place.at, place.bytes))
      if (typeof read === 'string') own.push(contentFinding(place, read))
      else seal = read
    } else if (place.name === LEDGER) {
      ledger = await verifyLedger(archive, place)
      own.push(...ledgerFindings(place, ledger))
    }
    const rest = await restFindings(file, place, whole)
    findings.push(...own, ...rest.filter(({ part }) => part !== 'content' || own.length === 0))
    if (findings.length > 0 && size !== total) return { findings: findings.slice(0, 1), ledger, seal }
  }
  findings.push(...(await endFindings(file, total, size)))
  if (findings.length === 0 && seal) {
    const last = places.at(-1)
    const says = [
      [seal.manifest === manifestHash, MANIFEST, 'is not what the seal says'],
      [seal.head === ledger?.head, LEDGER, 'does not end with the event that the seal names'],
      [ledger?.told ?? true, MANIFEST, 'says of the exercise what its ledger does not'],
      [seal.key === archive.manifest.key, MANIFEST, 'names another key than the one that sealed it'],
      [seal.sha256 === before, SEAL, 'was made for another file'],
    ] as const
    for (const [holds, name, what] of says) {
      const place = places.find((one) => one.name === name) ?? last
      if (!holds && place) findings.push(contentFinding(place, what))
    }
  }
  return { findings, ledger, seal }
}

async function headerFindings(
  file: FileHandle,
  { name, header, headerAt }: Place,
  whole: Hash,
): Promise<readonly Finding[]> {
  const found = await readAt(file, headerAt, header.length)
  whole.update(found)
  if (found.equals(header)) return []
  const from = headerAt + firstDifference(found, header)
  return [{ entry: name, part: 'header', from, to: from + 1, what: 'is not as it was written' }]
}

function ledgerFindings({ name, at }: Place, { broken }: LedgerFound): readonly Finding[] {
  if (!broken) return []
  const { position, what } = broken
  return [{ entry: name, part: 'content', from: at + broken.from, to: at + broken.to, position, what }]
}

/** Content and padding, which are hashed on the way. */
async function restFindings(file: FileHandle, place: Place, whole: Hash): Promise<readonly Finding[]> {
  const { name, at, bytes } = place
  const hash = createHash('sha256')
  let read = 0
  for await (const chunk of chunksAt(file, at, bytes)) {
    hash.update(chunk)
    whole.update(chunk)
    read += chunk.length
  }
  const findings: Finding[] = []
  if (read < bytes)
    findings.push({
      entry: name,
      part: 'content',
      from: at + read,
      to: at + bytes,
      what: 'is cut off: the file ends in it',
    })
  else if (place.sha256 !== null && hash.digest('hex') !== place.sha256)
    findings.push(contentFinding(place, 'is not what the manifest says'))
  const padding = await readAt(file, at + bytes, paddingOf(bytes))
  whole.update(padding)
  const other = firstDifference(padding, Buffer.alloc(paddingOf(bytes)))
  if (read === bytes && other < paddingOf(bytes)) {
    const from = at + bytes + other
    findings.push({
      entry: name,
      part: 'padding',
      from,
      to: from + 1,
      what: 'is followed by something else than zeros',
    })
  }
  return findings
}

async function endFindings(file: FileHandle, total: number, size: number): Promise<readonly Finding[]> {
  const zeros = Buffer.alloc(END_BYTES)
  const end = await readAt(file, total - END_BYTES, END_BYTES)
  const other = firstDifference(end, zeros)
  const from = total - END_BYTES + other
  if (other < END_BYTES)
    return [
      {
        entry: 'end',
        part: 'end',
        from,
        to: from + 1,
        what: other < end.length ? 'is not of zeros' : 'is cut off',
      },
    ]
  if (size === total) return []
  return [
    { entry: 'end', part: 'end', from: total, to: size, what: `is followed by ${size - total} bytes more` },
  ]
}
