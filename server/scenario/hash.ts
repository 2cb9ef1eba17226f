import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { entries } from './service-files.ts'

/**
 * SHA-256 (hex) over names and contents of every file that an exercise depends on: the scenario, the services that it
 * deploys or whose sources those run, and what all service containers share. The same on every machine that has the same files.
 * `files` has the digest of each by itself.
 */
export async function hashScenario(
  folder: string,
  infra: string,
  services: readonly string[],
): Promise<{ readonly hash: string; readonly files: Readonly<Record<string, string>> }> {
  const parts: readonly (readonly [string, string])[] = [
    ['scenario', folder],
    ...['base', 'probe', 'services/kit', ...new Set(services.map((id) => `services/${id}`))].map(
      (part) => [part, join(infra, part)] as const,
    ),
  ]
  const digest: Digest = { all: createHash('sha256'), files: {} }
  for (const [name, path] of parts.toSorted(([a], [b]) => Number(a > b) - Number(a < b)))
    await addFolder(digest, name, path)
  for (const { name } of (await entries(infra)).filter((e) => e.name === 'package-lock.json'))
    addFile(digest, name, await readFile(join(infra, name)))
  return { hash: digest.all.digest('hex'), files: digest.files }
}

interface Digest {
  readonly all: ReturnType<typeof createHash>
  readonly files: Record<string, string>
}

/** Editors' and systems' hidden files, and installed packages (the lockfile stands for them), are not part of a scenario. */
async function addFolder(digest: Digest, name: string, path: string): Promise<void> {
  for (const entry of await entries(path)) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const inner = `${name}/${entry.name}`
    if (entry.isDirectory()) await addFolder(digest, inner, join(path, entry.name))
    else if (entry.isFile()) addFile(digest, inner, await readFile(join(path, entry.name)))
  }
}

function addFile({ all, files }: Digest, name: string, content: Buffer): void {
  all.update(`${name}\0${content.length}\0`).update(content)
  files[name] = createHash('sha256').update(content).digest('hex')
}
