import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import { searchLogs } from '../../server/range/enclave/logs.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { clearUp, engine, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec, script } from './fixtures/spec.ts'

const exerciseId = `to${process.pid}`
let docker: ContainerEngine
let range: Range

const operator = (command: string) => ({
  ssh: { host: 'desk', port: 22, user: 'root', key: '{{private-key:operator}}', command },
  deadlineMs: 8_000,
})
const stranger = (port: number, says: string) => ({
  listen: { port, says, times: 2, withinMs: 15_000, reply: '' },
  deadlineMs: 20_000,
})

beforeAll(async () => {
  docker = await engine()
  const spec = fixtureSpec()
  range = openFixture(docker, exerciseId, {
    ...spec,
    journeys: {
      ...spec.journeys,
      'desk/operator': script([{ ...operator('sv status app'), expect: { text: ['run: app:'] } }]),
      'desk/call-home': {
        ...script([
          operator(
            'echo "* * * * * root true" > /etc/cron.d/x; setsid sh -c "for i in 1 2 3 4 5 6 7 8 9; do curl -s -d it-is-me http://{{probe.address}}:8081/; sleep 1; done" > /dev/null 2>&1 < /dev/null &',
          ),
          stranger(8081, 'it-is-me'),
        ]),
        deadlineMs: 40_000,
      },
    },
  })
  await range.deploy(
    ['est'],
    () => {},
    () => {},
  )
})
afterAll(async () => {
  await range.destroy()
  await clearUp(docker)
})

const inDesk = (command: string) =>
  execIn(docker, {
    container: `kilp-${exerciseId}-est-desk`,
    command: ['bash', '-lc', command],
    deadlineMs: 60_000,
  })

/** Until it is so, since a shared machine may be slow. */
const comes = (command: string) =>
  until(30_000, async () => ((await inDesk(command)).exitCode === 0 ? true : undefined))

describe("a defender's tools", () => {
  test('the integrity list says what changed, was added and was removed since the image was built', async () => {
    expect(await inDesk('kilp-verify')).toMatchObject({
      exitCode: 0,
      stdout: 'nothing changed since the image was built\n',
    })
    await inDesk(
      'echo x > /etc/added; cp -p /etc/issue /tmp/issue; echo x >> /etc/issue; mv /usr/bin/dig /tmp/',
    )
    const found = await inDesk('kilp-verify')
    expect(found.exitCode).toBe(1)
    expect(found.stdout).toBe('added    /etc/added\nchanged  /etc/issue\nremoved  /usr/bin/dig\n')
    await inDesk('rm /etc/added; mv /tmp/issue /etc/issue; mv /tmp/dig /usr/bin/dig')
    expect((await inDesk('kilp-verify')).exitCode).toBe(0)
  })

  test('journal, git diff, sockets, open files and system calls of the service are there for root', async () => {
    expect((await inDesk('ls /var/log/app/current && git -C /srv/app diff --exit-code')).exitCode).toBe(0)
    expect((await inDesk('chpst -u app ss -tlnp | grep -q ":80 .*pid="')).exitCode).toBe(0)
    expect((await inDesk('chpst -u app lsof -p $(pgrep -u app) | grep -q TCP')).exitCode).toBe(0)
    const traced = await inDesk(
      '(sleep 2; curl -s http://127.0.0.1/?look-here > /dev/null) & timeout 8 chpst -u app:app strace -f -s 200 -e trace=network,read,write -p $(pgrep -u app) 2>&1 | grep -m 1 look-here',
    )
    expect(traced.stdout).toContain('GET /?look-here')
  })

  test('packets can be neither captured nor forged: that would take a capability', async () => {
    expect((await inDesk('timeout 5 tcpdump -i lo -c 1')).stderr).toContain('Operation not permitted')
  })
})

describe('the host overlay', () => {
  test('what lies in host/ takes effect, stays away once removed, and goes with its file', async () => {
    const unit = '#!/bin/sh\nexec sleep 4711\n'
    await inDesk(
      `mkdir -p /srv/app/host/etc/service/nap /srv/app/host/etc/cron.d /srv/app/host/root/.ssh
      printf '${unit}' > /srv/app/host/etc/service/nap/run; echo '# nothing' > /srv/app/host/etc/cron.d/nothing
      echo 'ssh-ed25519 AAAA somebody' > /srv/app/host/root/.ssh/authorized_keys; echo changed > /srv/app/host/etc/issue; kilp-host`,
    )
    expect(await comes('pgrep -f "sleep 4711"')).toBe(true)
    expect((await inDesk('cat /etc/cron.d/nothing /etc/issue')).stdout).toBe('# nothing\nchanged\n')
    expect((await inDesk('wc -l < /root/.ssh/authorized_keys')).stdout.trim()).toBe('2')
    // A unit that is changed begins anew.
    await inDesk(`printf '${unit.replace('4711', '4712')}' > /srv/app/host/etc/service/nap/run; kilp-host`)
    expect(await comes('pgrep -f "sleep 471[2]"')).toBe(true)
    expect((await inDesk('pgrep -f "sleep 471[1]"')).exitCode).toBe(1)
    // A team's own removal holds.
    await inDesk('rm /etc/cron.d/nothing; kilp-host')
    expect((await inDesk('ls /etc/cron.d/nothing')).exitCode).not.toBe(0)
    await inDesk('rm -r /srv/app/host; kilp-host')
    expect((await inDesk('pgrep -f "sleep 471[2]"')).exitCode).toBe(1)
    expect((await inDesk('wc -l < /root/.ssh/authorized_keys')).stdout.trim()).toBe('1')
    expect((await inDesk('ls -A /etc/service')).stdout.split('\n')).not.toContain('nap')
    expect((await inDesk('kilp-verify')).stdout).not.toContain('/etc/issue')
  })

  test('a unit of the machine that it stood in for runs again once its file is gone', async () => {
    await inDesk(
      `mkdir -p /srv/app/host/etc/service/sshd
      printf '#!/bin/sh\nexec sleep 4713\n' > /srv/app/host/etc/service/sshd/run; kilp-host`,
    )
    expect(await comes('pgrep -f "sleep 471[3]"')).toBe(true)
    await inDesk('rm -r /srv/app/host; kilp-host')
    expect(await comes('pgrep dropbear')).toBe(true)
    expect((await inDesk('pgrep -f "sleep 471[3]"')).exitCode).toBe(1)
  })
})

describe('from the probe', () => {
  test('operators log in by their key', async () => {
    expect(await range.runJourney('est', 'desk', 'operator')).toMatchObject({ outcome: 'pass' })
  })

  test('what was told the address of the probe calls home', async () => {
    expect(await range.runJourney('est', 'desk', 'call-home')).toMatchObject({ outcome: 'pass' })
  })

  // The last one: what the service runs stands still from here on.
  test('asks a collector for a range of its log as the collector counts, and passes words on as they are', async () => {
    const answers = `require('node:http').createServer((request, response) => {
      const line = { id: 1, at: '2026-01-31T09:30:05.000Z', service: 'tax', line: request.url }
      response.end(JSON.stringify({ lines: [line], services: ['tax'] }))
    }).listen(80, '127.0.0.1')`
    const written = Buffer.from(answers).toString('base64')
    await inDesk(
      `sv stop app; echo ${written} | base64 -d > /tmp/soc.cjs; setsid node /tmp/soc.cjs > /dev/null 2>&1 &`,
    )
    await comes('curl -sf http://127.0.0.1/')
    const fromWall = Date.UTC(2026, 0, 31, 9, 30)
    const search = { q: 'a "b" $(id)', service: '', limit: 5, fromWall, toWall: fromWall + 20_000 }
    const page = await searchLogs(docker, `kilp-${exerciseId}-est-desk`, search)
    const asked = new URL(page?.lines[0]?.line ?? '', 'http://soc').searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      q: 'a "b" $(id)',
      from: '2026-01-31T09:30:00.000Z',
      to: '2026-01-31T09:30:20.000Z',
      limit: '5',
    })
  })
})
