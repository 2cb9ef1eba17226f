import { expect, test } from 'vitest'
import { comparedAside, differing } from '../../server/range/enclave/changes.ts'
import type { FolderFile } from '../../server/range/engine-api/folder.ts'

const file = (content: string | Buffer | null, kind: FolderFile['kind'] = 'file'): FolderFile => ({
  content: content === null ? null : Buffer.from(content),
  bytes: 0,
  ...{ kind, mode: 0o644, uid: 0, gid: 0 },
})
const folder = (files: Readonly<Record<string, FolderFile>>, cut = false) => ({
  files: new Map(Object.entries(files)),
  cut,
})

test('what is another now is told, file by file', async () => {
  const before = folder({
    '': file(null, 'folder'),
    'a.ts': file('one\n'),
    'b.ts': file('same'),
    'gone.ts': file('x\n'),
    bin: file('was'),
  })
  const after = folder({
    'a.ts': file('two\n'),
    'b.ts': file('same'),
    bin: file(Buffer.from([1, 0])),
    lib: file(null, 'folder'),
  })
  const told = await comparedAside(differing(before, after), false)
  expect(told).toContain('--- a/a.ts\t\n+++ b/a.ts\t\n@@ -1,1 +1,1 @@\n-one\n+two\n'.replaceAll('\t', ''))
  expect(told).toContain('+++ /dev/null')
  expect(told).toContain('# bin is another, and no text')
  expect(told).not.toMatch(/b\.ts|lib/)
  // Of what was not read nobody can say that it is gone.
  expect(differing(before, folder({ 'a.ts': file('one\n') }, true))).toEqual([])
})

test('only so much of it is compared, and the rest is said to be large', async () => {
  const large = Buffer.alloc(130 * 1024, 'x')
  const much = Object.fromEntries(
    Array.from({ length: 16 }, (_, n) => [`${n}.ts`, file(Buffer.alloc(100 * 1024, 'y'))]),
  )
  const files = differing(folder({ '.l': file('x') }), folder({ '.l': file(large), ...much }))
  expect(files).toHaveLength(17)
  expect(files.filter(({ to }) => to === 'large')).toHaveLength(7)
  expect(files.find(({ path }) => path === '.l')?.to).toBe('large')
  expect(
    await comparedAside(
      files.filter(({ path }) => path === '.l'),
      false,
    ),
  ).toContain('# .l is another, and too large')
})

test('a team that makes comparing long keeps nobody else waiting', async () => {
  // Every line is another, and all are alike: the worst there is.
  const lines = (seed: number) =>
    Buffer.from(Array.from({ length: 8_000 }, (_, n) => `${(n * seed) % 7_919}`).join('\n'))
  const files = Array.from({ length: 8 }, (_, n) => ({ path: `${n}.ts`, from: lines(31), to: lines(37 + n) }))
  let turns = 0
  const others = setInterval(() => {
    turns += 1
  }, 5)
  const told = await comparedAside(files, false)
  clearInterval(others)
  expect(told).toContain('too different')
  expect(turns).toBeGreaterThan(15)
})
