import { ChevronDown, ChevronRight, FileCode, Folder } from 'lucide-react'
import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components'
import type { SourceTree } from '#exercise/wire/sources.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { nodesOf, type TreeNode } from './tree-nodes.ts'

/** Files of a service's sources; what differs from the start, and what is not saved, says so in words. */
export function FileTree(props: {
  readonly label: string
  readonly tree: SourceTree
  readonly open: string | null
  readonly unsaved: readonly string[]
  readonly onOpen: (path: string) => void
}) {
  const { tree, open, unsaved } = props
  const begun = unsaved.filter((path) => !tree.files.some((file) => file.path === path))
  const files = [
    ...tree.files,
    ...begun.map((path) => ({ path, bytes: 0, change: 'added', locked: false }) as const),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const nodes = nodesOf(files)
  return (
    <Tree
      className="code-tree"
      aria-label={props.label}
      items={nodes}
      selectionMode="single"
      selectedKeys={open === null ? [] : [open]}
      disallowEmptySelection={open !== null}
      disabledKeys={files.filter(({ locked }) => locked).map(({ path }) => path)}
      defaultExpandedKeys={foldersIn(nodes)}
      dependencies={[unsaved, open]}
      onSelectionChange={(keys) => {
        const [path] = keys === 'all' ? [] : keys
        if (path !== undefined && files.some((file) => file.path === path)) props.onOpen(String(path))
      }}
    >
      {(node) => <Node node={node} unsaved={unsaved} />}
    </Tree>
  )
}

const foldersIn = (nodes: readonly TreeNode[]): readonly string[] =>
  nodes.flatMap(({ file, id, children }) => (file ? [] : [id, ...foldersIn(children)]))

function Node({ node, unsaved }: { readonly node: TreeNode; readonly unsaved: readonly string[] }) {
  const say = useSay()
  const { file } = node
  const notes = [
    ...(file && file.change !== 'none' ? [say(`editor.change.${file.change}`)] : []),
    ...(unsaved.includes(node.id) ? [say('editor.unsaved')] : []),
    ...(file?.locked ? [say('editor.locked')] : []),
  ]
  return (
    <TreeItem id={node.id} textValue={say.remarks([node.name, ...notes])} className="code-item">
      <TreeItemContent>
        {({ isExpanded, hasChildItems }) => (
          <>
            {hasChildItems ? (
              <Button slot="chevron" className="code-chevron">
                {isExpanded ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
              </Button>
            ) : (
              <span className="code-chevron" />
            )}
            {file ? <FileCode aria-hidden="true" /> : <Folder aria-hidden="true" />}
            <span className={`code-name code-${file?.change ?? 'folder'}`} lang="en">
              {node.name}
            </span>
            {notes.length > 0 && <span className="code-notes">{say.remarks(notes)}</span>}
          </>
        )}
      </TreeItemContent>
      <Collection items={node.children}>{(child) => <Node node={child} unsaved={unsaved} />}</Collection>
    </TreeItem>
  )
}
