import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { cacheBeside, ensureBase } from '../../server/range/images/base-image.ts'

const ROOT = join(import.meta.dirname, '../..')
const INFRA = join(ROOT, 'infra')

let docker: ContainerEngine
let image: string
beforeAll(async () => {
  docker = (await findEngine()).docker
  image = await ensureBase(docker, INFRA, cacheBeside(INFRA), () => undefined)
})

/** Runs test/store/fill.ts where `/data` is a small disk of its own, and gives what it printed. */
async function fill(of: {
  disk: string
  user?: string
  filler?: string
  by?: readonly string[]
}): Promise<Record<string, unknown>> {
  const container = await docker.createContainer({
    name: `kilp-test-fill-${process.pid}-${Date.now()}`,
    Image: image,
    Labels: { kilp: 'test-store' },
    Cmd: ['node', ...(of.by ?? ['test/store/fill.ts', '/data/ledger', ...(of.filler ? [of.filler] : [])])],
    WorkingDir: '/kilp',
    User: of.user ?? 'root',
    Tty: true,
    HostConfig: {
      NetworkMode: 'none',
      Binds: ['package.json', 'node_modules', 'server', 'test'].map(
        (name) => `${join(ROOT, name)}:/kilp/${name}:ro`,
      ),
      Tmpfs: { '/data': of.disk },
    },
  })
  try {
    await container.start()
    await container.wait()
    // As a stream: taken whole, the engine's client would parse it.
    const said = (await text(await container.logs({ stdout: true, follow: true }))).trim()
    return JSON.parse(said.split('\n').at(-1) ?? '') as Record<string, unknown>
  } finally {
    await container.remove({ force: true })
  }
}

describe('a data folder that is no good', () => {
  it('is refused when another user owns it', async () => {
    const { opening } = await fill({ disk: 'mode=755', user: '1000' })
    expect(opening).toMatchObject({ name: 'StoreProblem', code: 'not-writable' })
  })

  it('is refused on a read-only disk', async () => {
    const { opening } = await fill({ disk: 'ro' })
    expect(opening).toMatchObject({ name: 'StoreProblem', code: 'not-writable' })
  })

  it('is refused on a disk that is full, or too full for a new database', async () => {
    for (const disk of ['size=512k', 'size=20m']) {
      const { opening } = await fill({ disk })
      expect(opening, disk).toMatchObject({ name: 'StoreProblem', code: 'full' })
    }
  })

  it('keeps every acknowledged event when its disk fills up, refuses clearly, and goes on once there is room', async () => {
    const seen = await fill({ disk: 'size=130m', filler: '/data/filler' })
    expect(seen).toMatchObject({ refusing: { name: 'StoreProblem', code: 'full' } })
    expect(seen.acknowledged).toBeGreaterThan(100)
    expect(seen.readable).toBe(seen.acknowledged)
    expect(seen.kept).toBe(seen.acknowledged)
    expect(seen.after).toBe(Number(seen.acknowledged) + 1)
  })

  it('takes events for long after others have filled the disk, from what it has put by', async () => {
    const by = ['test/store/fill-others.ts', '/data/ledger']
    const disk = 'size=1200m'
    const [seen, without] = [await fill({ disk, by }), await fill({ disk, by: [...by, 'without'] })]
    expect(seen).toMatchObject({
      code: 'full',
      kept: seen.acknowledged,
      after: Number(seen.acknowledged) + 1,
    })
    expect(without).toMatchObject({ code: 'full', kept: without.acknowledged })
    expect(Number(seen.acknowledged)).toBeGreaterThan(Number(without.acknowledged) + 600)
  })
})
