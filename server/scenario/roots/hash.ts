import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { entries, isPart } from './folders.ts'

/** Folders that an exercise depends on (absolute), by the names under which they are hashed. */
export interface Depends {
  readonly scenario: string
  readonly infra: string
  /** That it deploys, or whose sources those run, by id. */
  readonly services: readonly (readonly [id: string, folder: string])[]
  /** That it plants and that stand outside their service's folder, by id. */
  readonly weaknesses: readonly (readonly [id: string, folder: string])[]
}

/** SHA-256, hex: of all, and of each file by itself. */
export interface Hashed {
  readonly hash: string
  readonly files: Readonly<Record<string, string>>
}

/**
 * SHA-256 over names and contents of every file that an exercise depends on: the scenario, its services and weaknesses from whatever roots,
 * and what all service containers share. The same wherever the roots lie, on every machine that has the same files.
 */
export async function hashScenario({ scenario, infra, services, weaknesses }: Depends): Promise<Hashed> {
  const parts = new Map([
    ['scenario', scenario],
    ...['base', 'probe', 'services/kit'].map((part) => [part, join(infra, part)] as const),
    ...services.map(([id, folder]) => [`services/${id}`, folder] as const),
    ...weaknesses.map(([id, folder]) => [`weaknesses/${id}`, folder] as const),
  ])
  const digest: Digest = { all: createHash('sha256'), files: {} }
  for (const [name, folder] of [...parts].toSorted(([a], [b]) => Number(a > b) - Number(a < b)))
    await addFolder(digest, name, folder, folder === scenario ? BROUGHT : [])
  for (const { name } of (await entries(infra)).filter((e) => e.name === 'package-lock.json'))
    addFile(digest, name, await readFile(join(infra, name)))
  return { hash: digest.all.digest('hex'), files: digest.files }
}

/** Of what a scenario brings itself only what it uses counts, and under the same names as if it came from elsewhere. */
const BROUGHT = ['services', 'weaknesses']

interface Digest {
  readonly all: ReturnType<typeof createHash>
  readonly files: Record<string, string>
}

async function addFolder(
  digest: Digest,
  name: string,
  path: string,
  leaveOut: readonly string[] = [],
): Promise<void> {
  for (const entry of await entries(path)) {
    if (!isPart(entry) || leaveOut.includes(entry.name)) continue
    const inner = `${name}/${entry.name}`
    if (entry.isDirectory()) await addFolder(digest, inner, join(path, entry.name))
    else if (entry.isFile()) addFile(digest, inner, await readFile(join(path, entry.name)))
  }
}

function addFile({ all, files }: Digest, name: string, content: Buffer): void {
  all.update(`${name}\0${content.length}\0`).update(content)
  files[name] = createHash('sha256').update(content).digest('hex')
}
