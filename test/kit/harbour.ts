import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'

const HARBOUR = resolve(import.meta.dirname, 'harbour')

export interface Harbour {
  readonly root: string
  /** A scenario with a weakness of its own beside it. */
  readonly scenario: string
  /** A pack with the service that the scenario deploys. */
  readonly pack: string
}

/** The example of a service outside the repository, copied to where none of it is the repository's; `keep` it longer than one test. */
export async function harbour(keep = false): Promise<Harbour> {
  const root = await mkdtemp(join(tmpdir(), 'kilp-harbour-'))
  if (!keep) onTestFinished(() => rm(root, { recursive: true, force: true }))
  await cp(HARBOUR, root, { recursive: true })
  return { root, scenario: join(root, 'scenario'), pack: join(root, 'pack') }
}
