import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { patchTree } from '../../server/scenario/checks/patches.ts'
import { fixture } from './fixture.ts'

const NONE = new Map<string, string | null>()
const plantOf = (folder: string) => readFile(join(folder, 'weaknesses/open-drawer/plant.patch'), 'utf8')
const desk = async () => join((await fixture()).infra, 'services/desk')

test('a patch and its reverse give the source back, on top of other patches', async () => {
  const folder = await desk()
  const plant = await plantOf(folder)
  const planted = await patchTree(folder, NONE, plant)
  expect(planted.problems).toEqual([])
  expect(planted.tree.get('src/main.ts')).toContain("return person !== ''")
  const fixed = await patchTree(folder, planted.tree, plant, { reverse: true })
  expect(fixed.tree.get('src/main.ts')).toBe(await readFile(join(folder, 'src/main.ts'), 'utf8'))
})

test('two plants in one place do not go together, and the tree stays as it was', async () => {
  const folder = await desk()
  const plant = await plantOf(folder)
  const { tree } = await patchTree(folder, NONE, plant)
  const again = await patchTree(folder, tree, plant)
  expect(again.problems).toEqual([
    {
      code: 'patch-does-not-apply',
      message: 'this change does not fit `src/main.ts` as it is there',
      line: 3,
    },
  ])
  expect(again.tree).toBe(tree)
})

test.each([
  ['below a file', 'src/main.ts/x'],
  ['with a name that no file can have', `src/${'n'.repeat(300)}`],
])('a patch that wants a file %s is refused and breaks nothing', async (_, path) => {
  const patch = `--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-a\n+b\n`
  const { problems } = await patchTree(await desk(), NONE, patch)
  expect(problems).toMatchObject([{ code: 'patch-target' }])
})

test('files come and go: a new one, a removed one, and a new one where there is one already', async () => {
  const folder = await desk()
  const made =
    'diff --git a/src/new.ts b/src/new.ts\nnew file mode 100644\n--- /dev/null\n+++ b/src/new.ts\n@@ -0,0 +1 @@\n+export {}\n'
  const { tree, problems } = await patchTree(folder, NONE, made)
  expect(problems).toEqual([])
  expect(tree.get('src/new.ts')).toBe('export {}\n')
  expect((await patchTree(folder, tree, made, { reverse: true })).tree.get('src/new.ts')).toBeNull()
  expect((await patchTree(folder, tree, made)).problems).toEqual([
    { code: 'patch-target', message: '`src/new.ts` is there already', line: 4 },
  ])
})

test('a change moves with its context, as with patch(1), but needs all of it', async () => {
  const folder = await desk()
  const plant = await plantOf(folder)
  const clean = await readFile(join(folder, 'src/main.ts'), 'utf8')
  const lower = await patchTree(folder, new Map([['src/main.ts', `\n\n\n${clean}`]]), plant)
  expect(lower.problems).toEqual([])
  const changed = clean.replace('Who may open', 'Who must not open')
  expect((await patchTree(folder, new Map([['src/main.ts', changed]]), plant)).problems).toHaveLength(1)
})
