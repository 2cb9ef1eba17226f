import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { checkScenario } from '../../server/scenario/load.ts'

/** A change to the valid fixture: a text replaced by another (it must be there once), a whole new content, or null to remove. */
export type Edit =
  | { readonly file: string; readonly from: string; readonly to: string }
  | { readonly file: string; readonly content: string | Buffer | null }

export interface Fixture {
  readonly root: string
  readonly scenario: string
  readonly infra: string
}

/** A copy of the valid fixture with edits; removed when the test is over. */
export async function fixture(...edits: readonly Edit[]): Promise<Fixture> {
  const root = await mkdtemp(join(tmpdir(), 'kilp-scenario-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await cp(resolve(import.meta.dirname, 'fixtures'), root, { recursive: true })
  for (const edit of edits) await apply(root, edit)
  return { root, scenario: join(root, 'scenario'), infra: join(root, 'infra') }
}

async function apply(root: string, edit: Edit): Promise<void> {
  const path = join(root, edit.file)
  if (!('from' in edit)) {
    if (edit.content === null) return rm(path, { recursive: true })
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, edit.content)
    return
  }
  const before = await readFile(path, 'utf8')
  if (before.split(edit.from).length !== 2) throw new Error(`${edit.file} has not exactly one: ${edit.from}`)
  await writeFile(
    path,
    before.replace(edit.from, () => edit.to),
  )
}

/** Diagnostics as lines: `file:line:column code message`, files relative to the fixture. */
export async function complaints({ root, scenario, infra }: Fixture): Promise<readonly string[]> {
  const found = await checkScenario(scenario, { infra })
  return found.map((d) => `${relative(root, resolve(d.file))}:${d.line}:${d.column} ${d.code} ${d.message}`)
}
