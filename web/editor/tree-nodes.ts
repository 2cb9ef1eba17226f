import type { SourceEntry } from '#exercise/wire/sources.ts'

/** A folder with what is in it, or a file. */
export interface TreeNode {
  /** Its path. */
  readonly id: string
  readonly name: string
  readonly file: SourceEntry | null
  readonly children: readonly TreeNode[]
}

/** Pure: files by path as a tree, folders first. */
export function nodesOf(files: readonly SourceEntry[], below = ''): readonly TreeNode[] {
  const rest = (path: string) => path.slice(below.length)
  const [inside, here] = [
    files.filter(({ path }) => rest(path).includes('/')),
    files.filter(({ path }) => !rest(path).includes('/')),
  ]
  const folders = Map.groupBy(inside, ({ path }) => rest(path).slice(0, rest(path).indexOf('/')))
  return [
    ...[...folders].map(([name, within]) => ({
      id: `${below}${name}`,
      name,
      file: null,
      children: nodesOf(within, `${below}${name}/`),
    })),
    ...here.map((file) => ({ id: file.path, name: rest(file.path), file, children: [] })),
  ]
}
