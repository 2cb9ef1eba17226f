import { FOLD_HASH } from '../engine/snapshots/fold-hash.ts'
import type { Manifest } from '../records/manifest.ts'
import { type Verified, verifyExport } from '../records/verify.ts'
import { findingLine, type KeyOption, openGiven, otherKey, wantedFingerprint } from './open-export.ts'
import { plain } from './plain.ts'

/** `kilp verify`: proves an export whole, or says where it is not and ends with 1. */
export async function runVerify(name: string, options: KeyOption & { json?: boolean }): Promise<void> {
  const wanted = await wantedFingerprint(options)
  const file = await openGiven(name)
  try {
    const verified = await verifyExport(file, FOLD_HASH)
    const wrong = otherKey(verified, wanted)
    const { findings, archive, fingerprint, unreadable } = verified
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ whole: archive !== null, findings, fingerprint, rightKey: wrong === null, unreadable, manifest: archive?.manifest ?? null })}\n`,
      )
    else process.stdout.write(`${verdictText(name, verified, wanted)}\n`)
    if (archive === null || wrong !== null) process.exitCode = 1
  } finally {
    await file.close()
  }
}

/** What `kilp verify` says. `wanted`: fingerprint that was asked for, or null. */
export function verdictText(name: string, verified: Verified, wanted: string | null): string {
  const { findings, archive, fingerprint, unreadable } = verified
  if (!archive) return [`${name} is not whole:`, ...findings.map((one) => `  ${findingLine(one)}`)].join('\n')
  const wrong = otherKey(verified, wanted)
  return [
    `${name} is whole: ${aboutExport(archive.manifest)}`,
    `  signed with ${fingerprint}`,
    wrong
      ? `  ${wrong}`
      : wanted === null
        ? '  Whose key that is, no file can say: ask the installation for its fingerprint, and give it with --key.'
        : '  which is the key that was asked for',
    ...(unreadable === null ? [] : [`  ${unreadable}`]),
  ].join('\n')
}

/** In a few words, what an export is of. */
export const aboutExport = ({ exercise, scenario, phase, positions, wall }: Manifest): string =>
  `exercise ${exercise} (${plain(scenario.title.en ?? scenario.slug)}), ${phase}, events 1 to ${positions.last}, exported ${new Date(wall.exported).toISOString()}`
