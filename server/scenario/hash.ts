import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { entries } from './service-files.ts'

/**
 * SHA-256 (hex) over names and contents of every file that an exercise depends on: the scenario, the services that it
 * deploys or whose sources those run, and what all service containers share. The same on every machine that has the same files.
 */
export async function hashScenario(
  folder: string,
  infra: string,
  services: readonly string[],
): Promise<string> {
  const parts: readonly (readonly [string, string])[] = [
    ['scenario', folder],
    ...['base', 'probe', 'services/kit', ...new Set(services.map((id) => `services/${id}`))].map(
      (part) => [part, join(infra, part)] as const,
    ),
  ]
  const hash = createHash('sha256')
  for (const [name, path] of parts.toSorted(([a], [b]) => Number(a > b) - Number(a < b)))
    await addFolder(hash, name, path)
  for (const { name } of (await entries(infra)).filter((e) => e.name === 'package-lock.json'))
    addFile(hash, name, await readFile(join(infra, name)))
  return hash.digest('hex')
}

type Hash = ReturnType<typeof createHash>

/** Editors' and systems' hidden files, and installed packages (the lockfile stands for them), are not part of a scenario. */
async function addFolder(hash: Hash, name: string, path: string): Promise<void> {
  for (const entry of await entries(path)) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const inner = `${name}/${entry.name}`
    if (entry.isDirectory()) await addFolder(hash, inner, join(path, entry.name))
    else if (entry.isFile()) addFile(hash, inner, await readFile(join(path, entry.name)))
  }
}

function addFile(hash: Hash, name: string, content: Buffer): void {
  hash.update(`${name}\0${content.length}\0`).update(content)
}
