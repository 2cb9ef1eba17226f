import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import { problemOf } from '../diagnostics/read.ts'
import { entries, namesOf } from './folders.ts'

/** A folder in which services are looked for in `services/` and weaknesses of any service in `weaknesses/`. */
export interface Root {
  /** Absolute. */
  readonly folder: string
  /** Whether folders of `services/` may be something else than a service: what services share lies beside ours. */
  readonly kind: 'infra' | 'scenario' | 'pack'
}

const PARTS = ['services', 'weaknesses']

/** Where services and weaknesses of a scenario are looked for: `infra`, then beside its scenario.yaml, then packs. Each folder once. */
export async function rootsOf(
  scenario: string,
  infra: string,
  packs: readonly string[],
  report: Diagnostic[],
): Promise<readonly Root[]> {
  const wanted: readonly Root[] = [
    { folder: resolve(infra), kind: 'infra' },
    { folder: resolve(scenario), kind: 'scenario' },
    ...packs.map((pack): Root => ({ folder: resolve(pack), kind: 'pack' })),
  ]
  const roots = new Map<string, Root>()
  for (const root of wanted) {
    if (root.kind === 'pack' && !(await isPack(root.folder))) {
      const message = 'this is no pack: a pack is a folder with `services/`, `weaknesses/` or both in it'
      report.push(problemOf(root.folder, 'no-pack', message))
      continue
    }
    const real = await realpath(root.folder).catch(() => root.folder)
    if (!roots.has(real)) roots.set(real, root)
  }
  return [...roots.values()]
}

const isPack = async (folder: string): Promise<boolean> =>
  namesOf(await entries(folder), 'folders').some((name) => PARTS.includes(name))

export const servicesIn = ({ folder }: Root): string => join(folder, 'services')
export const weaknessesIn = ({ folder }: Root): string => join(folder, 'weaknesses')
