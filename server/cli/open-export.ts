import type { FileHandle } from 'node:fs/promises'
import { readFile } from 'node:fs/promises'
import { FOLD_HASH } from '../engine/snapshots/fold-hash.ts'
import { openFile } from '../records/archive.ts'
import type { Finding } from '../records/finding.ts'
import { fingerprintIn } from '../records/seal.ts'
import { type Verified, verifyExport } from '../records/verify.ts'
import { givenPath } from './given-path.ts'
import { UserError } from './user-error.ts'

export interface KeyOption {
  /** Fingerprint, key, or a file with one. */
  readonly key?: string
}

/** Opens a file that a person named. @throws UserError when it can not be read. */
export const openGiven = (file: string): Promise<FileHandle> =>
  openFile(givenPath(file))
    .then(async (opened) => {
      if ((await opened.stat()).isFile()) return opened
      await opened.close()
      throw new Error('it is no file')
    })
    .catch((error: unknown) => {
      throw new UserError(`${file} can not be read: ${error instanceof Error ? error.message : error}`)
    })

/** The fingerprint that is asked for; null: any. @throws UserError when what is given is none. */
export async function wantedFingerprint({ key }: KeyOption): Promise<string | null> {
  if (key === undefined) return null
  const wanted = fingerprintIn(key) ?? fingerprintIn(await readFile(givenPath(key), 'utf8').catch(() => ''))
  if (wanted) return wanted
  throw new UserError(
    `--key takes a fingerprint (SHA256:...), a public key, or a file with one; "${key}" is none of these.`,
  )
}

/** One line for each place. */
export const findingLine = ({ entry, part, from, to, position, what }: Finding): string => {
  const where = entry === 'end' ? 'the end of the archive' : entry
  const event = position === undefined ? '' : `, event ${position}`
  const of = part === 'header' ? ' (its header)' : ''
  const bytes = to - from === 1 ? `byte ${from}` : `bytes ${from} to ${to - 1}`
  return `${where}${of}${event}: ${what} (${bytes} of the file)`
}

export const otherKey = (verified: Verified, wanted: string | null): string | null =>
  wanted === null || verified.fingerprint === wanted
    ? null
    : `It is signed with ${verified.fingerprint ?? 'no key that holds'}, not with ${wanted}.`

/** An export that is whole and can be read here, for import and replay. `file` is closed where it is not. @throws UserError saying where it is not. */
export async function openWhole(name: string, options: KeyOption) {
  const wanted = await wantedFingerprint(options)
  const file = await openGiven(name)
  try {
    const verified = await verifyExport(file, FOLD_HASH)
    const { findings, archive, fingerprint, unreadable } = verified
    const wrong = otherKey(verified, wanted)
    if (!archive || !fingerprint)
      throw new UserError(
        [
          `${name} is not whole, nothing was done with it:`,
          ...findings.map((one) => `  ${findingLine(one)}`),
        ].join('\n'),
      )
    if (wrong) throw new UserError(`${name} is whole, but another installation’s. ${wrong}`)
    if (unreadable !== null)
      throw new UserError(`${name} is whole, but this Kilp can not show it. ${unreadable}`)
    return { archive, fingerprint }
  } catch (error) {
    await file.close()
    throw error
  }
}
