import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import { sha256 } from '../../server/engine/sha256.ts'
import { treeOf } from '../../server/engine/source-tree.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { clearUp, engine, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const exerciseId = `so${process.pid}`
const TEAM = 'est'
const desk = `kilp-${exerciseId}-${TEAM}-desk`
const SRC = '/srv/app/src'

let docker: ContainerEngine
let range: Range

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, fixtureSpec())
  await range.deploy(
    [TEAM],
    () => {},
    () => {},
  )
})
afterAll(async () => {
  await range.destroy()
  await clearUp(docker)
})

/** As the team, which is root there. */
const shell = async (command: string) =>
  (await execIn(docker, { container: desk, command: ['sh', '-c', command], deadlineMs: 30_000 })).stdout
const sources = async () => {
  const all = await range.sources(TEAM, 'desk')
  if (!all) throw new Error('no sources')
  return all
}
const textOf = async (path: string) => (await sources()).now.get(path)?.text ?? null
const write = async (path: string, text: string | null, over?: string | null) => {
  const there = over === undefined ? await textOf(path) : over
  return range.writeSource(TEAM, 'desk', { path, text, expected: there === null ? null : sha256(there) })
}

describe('sources in a container', () => {
  test('are read with what they were at the start, planted weakness included', async () => {
    const { now, start, cut } = await sources()
    expect([...now.keys()]).toEqual(['main.ts'])
    expect(now.get('main.ts')?.text).toContain("searchParams.has('debug')")
    expect(now).toEqual(start)
    expect(cut).toBe(false)
  })

  test('keep owner and mode when they are saved; a new one is its folder’s', async () => {
    await shell(`cd ${SRC} && chown app:app main.ts && chmod 640 main.ts && mkdir lib && chown app:app lib`)
    const before = (await textOf('main.ts')) ?? ''
    expect(await write('main.ts', `${before}// Õ 日本\n`)).toEqual({ ok: true })
    expect(await shell(`stat -c '%U:%G %a' ${SRC}/main.ts`)).toBe('app:app 640\n')
    expect(await shell(`tail -n 1 ${SRC}/main.ts`)).toBe('// Õ 日本\n')
    expect(await write('lib/more/new.ts', 'export {}\n')).toEqual({ ok: true })
    expect(await shell(`stat -c '%U:%G %a' ${SRC}/lib/more/new.ts`)).toBe('app:app 644\n')
    expect(treeOf(await sources()).files.map(({ path, change }) => `${path} ${change}`)).toEqual([
      'lib/more/new.ts added',
      'main.ts changed',
    ])
    expect(await write('lib/more/new.ts', null)).toEqual({ ok: true })
    expect(await shell(`ls ${SRC}/lib/more; rm -rf ${SRC}/lib`)).toBe('')
    expect(await write('main.ts', before)).toEqual({ ok: true })
  })

  test('are not saved over what somebody typed in a terminal meanwhile', async () => {
    const before = (await textOf('main.ts')) ?? ''
    await shell(`echo '// by hand' >> ${SRC}/main.ts`)
    expect(await write('main.ts', 'lost', before)).toEqual({
      ok: false,
      why: 'changed',
      text: `${before}// by hand\n`,
    })
    expect(await shell(`tail -n 1 ${SRC}/main.ts`)).toBe('// by hand\n')
    expect(await write('main.ts', before)).toEqual({ ok: true })
  })

  test('that are traps are told of and never followed, read or written', { timeout: 120_000 }, async () => {
    await shell(`cd ${SRC} && ln -s /etc/shadow link.ts && ln -s /etc out && ln -s main.ts near.ts &&
      mkfifo pipe.ts && truncate -s 3M large.ts && printf 'a\\0b' > blob.ts && printf '\\377\\376' > latin.ts &&
      mkdir folder.ts && ln -s / deep && mknod null.ts c 1 3; ln main.ts /srv/hard; true`)
    const { now, cut } = await sources()
    expect(cut).toBe(false)
    const seen = Object.fromEntries([...now].map(([path, { text }]) => [path, text !== null]))
    for (const path of ['link.ts', 'near.ts', 'pipe.ts', 'large.ts', 'blob.ts', 'latin.ts', 'out', 'deep'])
      expect([path, seen[path]]).toEqual([path, false])
    expect([...now.keys()].some((path) => path.startsWith('out/') || path.startsWith('deep/'))).toBe(false)
    for (const path of ['link.ts', 'near.ts', 'pipe.ts', 'large.ts', 'blob.ts', 'latin.ts', 'folder.ts'])
      expect([path, await write(path, 'x', null)]).toEqual([path, { ok: false, why: 'no-text' }])
    for (const path of ['out/passwd', 'deep/srv/x.ts', 'main.ts/x.ts', 'pipe.ts/x', '../x.ts', '/etc/x'])
      expect([path, await write(path, 'x', null)]).toEqual([path, { ok: false, why: 'no-text' }])
    expect(await shell('ls /etc/x /srv/x.ts /srv/app/x.ts 2>/dev/null; grep -c "^x$" /etc/passwd')).toBe(
      '0\n',
    )
    await shell(
      `cd ${SRC} && rm -rf link.ts out near.ts pipe.ts large.ts blob.ts latin.ts folder.ts deep null.ts`,
    )
  })

  test('that are endless, too many, or a link in their own place, cost no more than is read of them', async () => {
    expect(await shell(`cd ${SRC} && truncate -s 40M aaa.ts && stat -c %s aaa.ts`)).toBe('41943040\n')
    const began = performance.now()
    expect((await sources()).cut).toBe(true)
    expect(await write('zzz.ts', 'x', null)).toEqual({ ok: false, why: 'no-text' })
    await shell(`cd ${SRC} && rm aaa.ts && mkdir m && cd m && seq 3000 | xargs touch`)
    expect((await sources()).cut).toBe(true)
    await shell(`rm -r ${SRC}/m; mv ${SRC} /srv/away && ln -s /etc ${SRC}`)
    const { now, start } = await sources()
    expect([...now.keys()]).toEqual([])
    expect(start.size).toBe(1)
    expect(await write('passwd', 'x', null)).toEqual({ ok: false, why: 'no-text' })
    await shell(`rm ${SRC} && mv /srv/away ${SRC}`)
    expect(performance.now() - began).toBeLessThan(60_000)
    expect(await textOf('main.ts')).toContain('welcome')
  })

  test('of no container of ours are not there', async () => {
    expect(await range.sources(TEAM, 'nothing')).toBeNull()
    expect(await range.sources('other', 'desk')).toBeNull()
    expect(await range.restartApp('other', 'desk')).toBeNull()
  })
})

describe('patch, restart and verify', () => {
  const exploited = async () => (await range.runExploit(TEAM, 'desk/open-notes', {})).outcome
  const reads = () =>
    until(15_000, async () =>
      (await range.runJourney(TEAM, 'desk', 'read')).verdict === 'up' ? true : undefined,
    )

  test('closes a planted weakness while the service does its work', async () => {
    expect(await exploited()).toBe('pass')
    const before = (await textOf('main.ts')) ?? ''
    expect(await write('main.ts', before.replace(" && !url.searchParams.has('debug')", ''))).toEqual({
      ok: true,
    })
    const restarted = await range.restartApp(TEAM, 'desk')
    expect([restarted?.ok, restarted?.said]).toEqual([true, expect.stringContaining('ok: run: app')])
    expect(await reads()).toBe(true)
    expect(await exploited()).toBe('fail')
  })

  test('of a text that can not run says so, with the last lines of the log', async () => {
    const before = (await textOf('main.ts')) ?? ''
    await write('main.ts', 'const = broken\n')
    const restarted = await range.restartApp(TEAM, 'desk')
    expect([restarted?.ok, restarted?.said]).toEqual([false, expect.stringContaining('/srv/app/src/main.ts')])
    await write('main.ts', before)
    expect(await range.restartApp(TEAM, 'desk')).toMatchObject({ ok: true })
    expect(await reads()).toBe(true)
  })

  test('is bounded where the team has made its tools say or do anything', async () => {
    await shell(
      "mv /usr/bin/sv /usr/bin/sv.own && printf '#!/bin/sh\\nyes no\\n' > /usr/bin/sv && chmod 755 /usr/bin/sv",
    )
    const began = performance.now()
    const restarted = await range.restartApp(TEAM, 'desk')
    expect(performance.now() - began).toBeLessThan(40_000)
    expect(restarted === null || restarted.said.length <= 8_100).toBe(true)
    await shell('mv /usr/bin/sv.own /usr/bin/sv')
  })
})
