import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { applyPatch, parsePatch, reversePatch, type StructuredPatch } from 'diff'

/** Contents of a service's files as far as patches touched them, by path relative to the service folder; null: removed. */
export type Tree = ReadonlyMap<string, string | null>

export interface PatchProblem {
  readonly code: 'bad-patch' | 'patch-target' | 'patch-does-not-apply'
  readonly message: string
  /** Line of the patch file. */
  readonly line: number
}

/** Applies a patch (`patch -p1`, no fuzz) to the files of a service. With problems, the tree is as it was. */
export async function patchTree(
  folder: string,
  before: Tree,
  patch: string,
  options: { readonly reverse?: boolean } = {},
): Promise<{ readonly tree: Tree; readonly problems: readonly PatchProblem[] }> {
  const parsed = parse(patch)
  if ('code' in parsed) return { tree: before, problems: [parsed] }
  const tree = new Map(before)
  const problems: PatchProblem[] = []
  for (const change of options.reverse ? parsed.map((part) => reversePatch(part)) : parsed) {
    const problem = await applyOne(folder, tree, change, patch)
    if (problem) problems.push(problem)
  }
  return { tree: problems.length > 0 ? before : tree, problems }
}

function parse(patch: string): StructuredPatch[] | PatchProblem {
  let parts: StructuredPatch[]
  try {
    parts = parsePatch(patch)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { code: 'bad-patch', message: `this is not a unified diff: ${message}`, line: 1 }
  }
  const changes = parts.filter((part) => part.hunks.length > 0)
  if (changes.length === 0) return { code: 'bad-patch', message: 'the patch changes nothing', line: 1 }
  return changes
}

async function applyOne(
  folder: string,
  tree: Map<string, string | null>,
  change: StructuredPatch,
  patch: string,
): Promise<PatchProblem | null> {
  const from = pathOf(change.oldFileName)
  const to = pathOf(change.newFileName)
  const target = from ?? to
  const line = lineOf(patch, change)
  const refuse = (code: PatchProblem['code'], message: string) => ({ code, message, line })
  if (!target || [from, to].some((path) => path && !isInside(path)))
    return refuse(
      'patch-target',
      'a patch names files as `a/src/...` and `b/src/...`, inside the service folder',
    )
  const old = await contentOf(folder, tree, target)
  if (from && old === null) return refuse('patch-target', `\`${from}\` is no file of the service`)
  if (!from && old !== null) return refuse('patch-target', `\`${target}\` is there already`)
  const made = applyPatch(old ?? '', change, { fuzzFactor: 0 })
  if (made === false)
    return refuse('patch-does-not-apply', `this change does not fit \`${target}\` as it is there`)
  if (from) tree.set(from, null)
  if (to) tree.set(to, made)
  return null
}

/** Without the first part, as `patch -p1` does; undefined for `/dev/null`. */
function pathOf(name: string | undefined): string | undefined {
  if (!name || name === '/dev/null') return undefined
  return name.includes('/') ? name.slice(name.indexOf('/') + 1) : name
}

const isInside = (path: string) => !posix.isAbsolute(path) && !posix.normalize(path).startsWith('..')

/** Whatever else a name in a patch leads to: nothing, a folder, something below a file, or no name that a file could have. */
const NO_FILE = ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']

async function contentOf(folder: string, tree: Tree, path: string): Promise<string | null> {
  const known = tree.get(path)
  if (known !== undefined) return known
  try {
    return await readFile(join(folder, path), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_FILE.includes(String(error.code))) return null
    throw error
  }
}

/** Where the file's part of the patch starts. */
function lineOf(patch: string, change: StructuredPatch): number {
  const lines = patch.split('\n')
  const names = [change.oldFileName, change.newFileName]
  const found = lines.findIndex(
    (line) =>
      /^(---|\+\+\+) /.test(line) &&
      names.includes(line.slice(4).split('\t')[0]) &&
      !line.endsWith('/dev/null'),
  )
  return found + 1 || 1
}
