import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { DiskNews } from '../../server/engine/ports/range-news.ts'
import type { RangeCore } from '../../server/range/core.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { runHelper } from '../../server/range/engine-api/helper.ts'
import { ensureBase } from '../../server/range/images/base-image.ts'
import { silent } from '../../server/range/log.ts'
import { openRangeHost } from '../../server/range/range-host.ts'
import { KEPT } from '../../server/range/share/disk-rule.ts'
import { watchDisk } from '../../server/range/share/disk-watch.ts'
import { FILE_MIB } from '../../server/range/share/quota.ts'
import { groupFiles, liftMemory, shareMemory } from '../../server/range/share/team-groups.ts'
import { clearUp, engine, home, until } from './fixtures/open.ts'
import { fixtureSpec, infra } from './fixtures/spec.ts'

const id = `bo${process.pid}`
const MiB = 2 ** 20
const [GREEDY, MODEST] = ['greedy', 'modest'] as const
let docker: ContainerEngine
let range: Range
const news: DiskNews[] = []

/** In bytes: enough for others on this machine. */
const EARLIER = 8_192 * MiB

/** Writes, or reads, in the control groups of Kilp on the engine's machine. */
async function inGroups(script: (file: string) => string): Promise<readonly string[]> {
  const files = groupFiles((await docker.info()) as never)
  if (!files) throw new Error('this engine makes no control groups')
  const image = await ensureBase(docker, infra, '/nowhere', () => {})
  return runHelper(docker, {
    image,
    exerciseId: id,
    home,
    network: 'none',
    purpose: 'test',
    groups: files.folder,
    command: ['sh', '-c', `cd /machine/groups; ${script(files.limit)}`],
  })
}

beforeAll(async () => {
  docker = await engine()
  await inGroups((file) => `for g in *team1 *team1.slice; do [ -d $g ] && echo ${EARLIER} > $g/${file}; done`)
  range = openRangeHost({ docker, home, infra, log: silent, teamDiskMiB: 150 }).range({
    exerciseId: id,
    seed: id,
    spec: fixtureSpec(),
  })
  await range.deploy(
    [GREEDY, MODEST],
    () => {},
    () => {},
  )
  range.watchDisk((one) => news.push(one))
})
afterAll(async () => {
  await range.close()
  await clearUp(docker)
  // Their groups stay, and others come up in them.
  await inGroups(
    (file) =>
      `for g in *team[01] *team[01].slice; do [ -d $g ] && echo ${file === 'memory.max' ? 'max' : -1} > $g/${file}; done`,
  )
})

const nameOf = (team: string, service: string) => `kilp-${id}-${team}-${service}`
const within = (team: string, service: string, script: string, deadlineMs = 20_000) =>
  execIn(docker, { container: nameOf(team, service), command: ['bash', '-c', script], deadlineMs })
const startedAt = async (team: string, service: string) => {
  const { State } = await docker.getContainer(nameOf(team, service)).inspect()
  return State.Running ? State.StartedAt : 'stopped'
}
const startedAgain = (its: string) =>
  until(20_000, async () => (['stopped', its].includes(await startedAt(GREEDY, 'desk')) ? undefined : true))
const others = async () =>
  Promise.all([startedAt(GREEDY, 'store'), startedAt(MODEST, 'desk'), startedAt(MODEST, 'store')])
const served = async (team: string) => (await range.runJourney(team, 'desk', 'read')).verdict

describe('a team that fills the disk', () => {
  test('has that container stopped and started again; nobody else notices', async () => {
    const before = await others()
    const its = await startedAt(GREEDY, 'desk')
    await within(
      GREEDY,
      'desk',
      'for n in 1 2 3; do dd if=/dev/zero of=/srv/fat$n bs=1M count=100; done',
    ).catch(() => {})
    expect(await until(20_000, () => news[0])).toMatchObject({
      team: GREEDY,
      service: 'desk',
      allowedMiB: 150,
      stays: false,
    })
    expect(news[0]?.heldMiB).toBeGreaterThan(140)
    expect(await startedAgain(its)).toBe(true)
    expect(await others()).toEqual(before)
    expect(await served(MODEST)).toBe('up')
  })

  test('in files beside its layer, of which no quota knows, is seen too; the third time it stays down', async () => {
    await until(30_000, async () => ((await served(GREEDY)) === 'up' ? true : undefined))
    const its = await startedAt(GREEDY, 'desk')
    // What it held, and some more to clear up with, is let pass.
    const fill = 'for f in /etc/hosts /etc/hostname; do dd if=/dev/zero bs=1M count=200 >> $f; done'
    await within(GREEDY, 'desk', fill).catch(() => {})
    expect(await until(30_000, () => news[1])).toMatchObject({ service: 'desk', stays: false })
    expect(await startedAgain(its)).toBe(true)
    await within(
      GREEDY,
      'desk',
      'for n in 1 2 3 4 5 6; do dd if=/dev/zero of=/srv/more$n bs=1M count=100; done',
    ).catch(() => {})
    expect(await until(30_000, () => news[2])).toMatchObject({ service: 'desk', stays: true })
    expect(
      await until(10_000, async () => ((await startedAt(GREEDY, 'desk')) === 'stopped' ? true : undefined)),
    ).toBe(true)
    await new Promise((wake) => setTimeout(wake, 2_000))
    expect(news).toHaveLength(3)
    expect(await startedAt(GREEDY, 'desk')).toBe('stopped')
    expect(await served(MODEST)).toBe('up')
  })

  test('in a file that nobody can count is found by what it writes, once the disk is short', async () => {
    const found: DiskNews[] = []
    // A disk that gets shorter all the time, whatever else happens on this machine.
    const since = performance.now()
    const disk = () => ({
      bytes: KEPT.bytes + 40 * MiB - 20 * MiB * ((performance.now() - since) / 1_000),
      files: 1e6,
    })
    const core = { docker, exerciseId: id, log: silent, link: () => ({ disk }) } as unknown as RangeCore
    const watch = watchDisk(
      core,
      { teams: () => [GREEDY, MODEST], away: () => false, teamMiB: 4_096 },
      (one) => found.push(one),
    )
    const hidden = within(
      GREEDY,
      'store',
      // Longer than two looks take: what another team happens to write in one of them must not be the end of it.
      'exec 3> /srv/gone; rm /srv/gone; for n in $(seq 180); do dd if=/dev/zero of=/proc/self/fd/3 conv=notrunc bs=1M count=20; sleep 0.2; done',
      60_000,
    )
    try {
      expect(await until(45_000, () => found[0])).toMatchObject({
        team: GREEDY,
        service: 'store',
        stays: false,
      })
      expect(found[0]?.heldMiB).toBeLessThan(20)
    } finally {
      await watch.close()
      await hidden
    }
    expect(await served(MODEST)).toBe('up')
  })

  test('writes no file larger than the limit, and can not raise it', async () => {
    const { stdout, stderr } = await within(
      MODEST,
      'store',
      `ulimit -Hf unlimited; trap '' XFSZ; dd if=/dev/zero of=/srv/one bs=1M seek=${FILE_MIB - 1} count=2; stat -c %s /srv/one; rm /srv/one`,
    )
    expect(stdout).toContain(String(FILE_MIB * MiB))
    expect(stderr).toContain('cannot modify limit')
  })
})

describe('what there is one of on the machine', () => {
  /** Opens as many as it may, holds them, and says how many it has. */
  const hold = (what: string) =>
    within(
      GREEDY,
      'store',
      `node -e "
const fs = require('node:fs'); const { spawn } = require('node:child_process'); const held = [];
try { for (;;) held.push(${what}) } catch (error) { console.log(held.length, error.code) }
setTimeout(() => {}, 8000)"`,
    ).catch(() => ({ stdout: '', stderr: '' }))

  test('a team that takes all terminals it can leaves some to others', async () => {
    const held = hold(`fs.openSync('/dev/ptmx', 'r+')`)
    await new Promise((wake) => setTimeout(wake, 3_000))
    const exec = await docker
      .getContainer(nameOf(MODEST, 'desk'))
      .exec({ Cmd: ['tty'], Tty: true, AttachStdout: true })
    const stream = await exec.start({ Tty: true })
    const said: Buffer[] = []
    for await (const chunk of stream) said.push(chunk as Buffer)
    expect(Buffer.concat(said).toString()).toContain('/dev/pts/')
    await held
  })

  test('what it writes to the output of its first process costs the engine nothing', async () => {
    const { stdout } = await within(GREEDY, 'store', 'readlink /proc/1/fd/1 /proc/1/fd/2')
    expect(stdout.trim().split('\n')).toEqual(['/dev/null', '/dev/null'])
  })
})

test('a team that forks without end costs nobody else anything', async () => {
  await within(GREEDY, 'store', 'f() { f | f & }; f; sleep 1').catch(() => {})
  const { pids_stats } = (await docker.getContainer(nameOf(GREEDY, 'store')).stats({ stream: false })) as {
    pids_stats: { current: number }
  }
  expect(pids_stats.current).toBeGreaterThan(30)
  expect(pids_stats.current).toBeLessThanOrEqual(64)
  const since = performance.now()
  expect(await served(MODEST)).toBe('up')
  expect(performance.now() - since).toBeLessThan(5_000)
})

describe('memory of a team', () => {
  test('that an earlier exercise was held to does not hold those that come up in its group', async () => {
    const parent = (await docker.getContainer(nameOf(MODEST, 'desk')).inspect()).HostConfig.CgroupParent
    const [limit = ''] = await inGroups((file) => `cat ${parent?.split('/').at(-1)}/${file}`)
    // Another one, where others fill this machine.
    expect(Number(limit)).not.toBe(EARLIER)
  })

  test('one that takes more than its part, in containers of which none is over its own, loses its own processes only', async () => {
    const image = await ensureBase(docker, infra, '/nowhere', () => {})
    const where = { image, exerciseId: id, home }
    const groups = [`team${process.pid}a`, `team${process.pid}b`] as const
    const files = groupFiles((await docker.info()) as never)
    const parentOf = (group: string) =>
      files?.folder.endsWith('slice') ? `kilp-${group}.slice` : `/kilp/${group}`
    const make = async (group: string, n: number) => {
      const container = await docker.createContainer({
        name: `kilp-${id}-${group}-${n}`,
        Image: image,
        Labels: { kilp: id, 'kilp.home': home },
        Cmd: ['sleep', '300'],
        HostConfig: {
          NetworkMode: 'none',
          Memory: 200 * MiB,
          MemorySwap: 200 * MiB,
          CgroupParent: parentOf(group),
        },
      })
      await container.start()
      return container
    }
    const all = await Promise.all(groups.flatMap((group) => [make(group, 1), make(group, 2)]))
    const names = groups.map((group) => (files?.folder.endsWith('slice') ? `kilp-${group}.slice` : group))
    const machine = ((await docker.info()) as { MemTotal: number }).MemTotal
    // As if nearly all of the machine were the probes': each team gets a fraction.
    const held = await shareMemory(docker, where, machine, names)
    expect(held?.map(({ wants }) => wants)).toEqual([400 * MiB, 400 * MiB])
    for (const { limit, wants } of held ?? []) expect(limit).toBeLessThan(wants / 2)
    const eat = (container: (typeof all)[number], mib: number) =>
      execIn(docker, {
        container: container.id,
        command: [
          'node',
          '-e',
          `const all = []; for (let n = 0; n < ${mib}; n++) all.push(Buffer.alloc(${MiB}, 1)); console.log('ate')`,
        ],
        deadlineMs: 20_000,
      })
    const [a] = all
    if (!a) throw new Error('no container')
    // 126: the limit met the engine's own first process of a command, before that became the program.
    const eaten = await eat(a, 150)
    expect([126, 137]).toContain(eaten.exitCode)
    expect(eaten.stdout).not.toContain('ate')
    for (const container of all) expect((await container.inspect()).State.Running).toBe(true)
    // Without that limit, the same fits.
    await liftMemory(docker, where, names)
    expect((await eat(a, 150)).stdout).toContain('ate')
    await Promise.all(all.map((container) => container.remove({ force: true })))
    await inGroups(() => `rmdir ${names.join(' ')}`)
  })
})
