import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Container } from 'dockerode'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { fillTemplate, secretsOf } from '../../server/range/enclave/env.ts'
import { restartAppIn } from '../../server/range/enclave/restart-app.ts'
import { ensureImage } from '../../server/range/engine-api/build.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { cacheBeside, ensureBase } from '../../server/range/images/base-image.ts'
import { serviceRecipe } from '../../server/range/images/images.ts'

const infra = join(import.meta.dirname, '../../infra')
const folder = join(infra, 'services/registry-db')
const run = randomBytes(4).toString('hex')
const name = `kilp-test-registry-db-${run}`
const secrets = secretsOf(run, run, 'test')
let docker: ContainerEngine
let container: Container

beforeAll(async () => {
  docker = (await findEngine()).docker
  const base = await ensureBase(docker, infra, cacheBeside(infra), () => undefined)
  const spec = parse(await readFile(join(folder, 'service.yaml'), 'utf8'))
  const recipe = await serviceRecipe({ ...spec, folder, plants: [] }, [], base)
  await ensureImage(docker, recipe, () => undefined)
  container = await docker.createContainer({
    Image: recipe.tag,
    name,
    Labels: { kilp: `test-${run}` },
    Env: Object.entries<string>(spec.env).map(
      ([key, value]) =>
        `${key}=${fillTemplate(value, { team: 'test', seed: secrets.seed, services: 'eid,registry-db' }, secrets)}`,
    ),
    HostConfig: {
      Memory: spec.memoryMiB * 1024 * 1024,
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID'],
      SecurityOpt: ['no-new-privileges'],
    },
  })
  await container.start()
  await ready()
})
afterAll(() => container?.remove({ force: true }))

const sh = (command: string, env: Record<string, string> = {}) =>
  execIn(docker, { container: name, command: ['sh', '-c', command], env, deadlineMs: 15_000 })

/** One statement as a role, over TCP as services come. */
const sql = (role: string, query: string, password = secrets.secret(`db-${role}`)) =>
  sh(`psql -h 127.0.0.1 -U ${role} -qtA nation -c "$QUERY"`, { QUERY: query, PGPASSWORD: password })

async function ready(): Promise<void> {
  for (let i = 0; i < 100; i++) {
    if ((await sql('archive', 'select 1')).exitCode === 0) return
    await new Promise((wake) => setTimeout(wake, 200))
  }
  throw new Error((await sh('tail -30 /var/log/app/current')).stdout)
}

const services = ['population', 'tax', 'eid', 'portal', 'xroad', 'archive']

test('each service owns its schema and sees no other', async () => {
  for (const role of services) {
    const own = await sql(role, 'create table kept (word text); select current_schema(), count(*) from kept')
    expect(own.stdout.trim(), own.stderr).toBe(`${role}|0`)
    const other = role === 'tax' ? 'eid' : 'tax'
    expect((await sql(role, `create table ${other}.stolen (a int)`)).stderr).toContain(
      'permission denied for schema',
    )
    expect((await sql(role, `set role ${other}`)).stderr).toContain('permission denied')
    expect((await sql(role, "select pg_read_file('/etc/passwd')")).stderr).toContain('permission denied')
  }
})

test('nobody comes in without the password of this enclave', async () => {
  for (const [role, password] of [
    ['postgres', 'postgres'],
    ['postgres', ''],
    ['dba', 'dba'],
    ['dba', ''],
    ['tax', 'tax'],
    ['tax', secrets.secret('db-eid')],
  ] as const) {
    const { exitCode, stderr } = await sql(role, 'select 1', password)
    expect(exitCode, `${role}/${password}`).not.toBe(0)
    expect(stderr).toMatch(/password/)
  }
  expect((await sql('postgres', 'select 1')).stdout.trim()).toBe('1')
})

test('passwords are in no log', async () => {
  const log = (await sh('cat /var/log/app/*')).stdout
  expect(log).toContain('ready to accept connections')
  for (const role of ['postgres', ...services]) expect(log).not.toContain(secrets.secret(`db-${role}`))
})

test('a restart ends open sessions at once, applies the roles again, and keeps every row', async () => {
  await sql('archive', "insert into kept values ('õ %')")
  const sleeper = sql('archive', 'select pg_sleep(30)')
  await sh(
    `psql -q nation -c "alter role dba login password 'dba'"`.replace('psql', 'chpst -u postgres psql'),
  )
  expect((await sql('dba', 'select 1', 'dba')).stdout.trim()).toBe('1')
  const since = performance.now()
  expect((await sh('sv restart app')).exitCode).toBe(0)
  await ready()
  expect(performance.now() - since).toBeLessThan(25_000)
  expect((await sleeper).exitCode).not.toBe(0)
  expect((await sql('archive', 'select word from kept')).stdout.trim()).toBe('õ %')
  expect((await sql('dba', 'select 1', 'dba')).exitCode).not.toBe(0)
})

test('a server that is killed comes back with what it had acknowledged', async () => {
  await sql('archive', "insert into kept values ('last')")
  await sh('pkill -KILL -o -x postgres')
  await ready()
  await container.restart({ t: 0 })
  await ready()
  expect((await sql('archive', 'select count(*) from kept')).stdout.trim()).toBe('2')
})

test('a mistake in roles.sql keeps the network closed and is in the log; mended, it opens', async () => {
  await sh(`cd /srv/app && echo 'alter role nobody with login;' >> src/roles.sql && sv restart app`)
  await new Promise((wake) => setTimeout(wake, 4000))
  expect((await sql('archive', 'select 1')).exitCode).not.toBe(0)
  expect((await sh('tail -40 /var/log/app/current')).stdout).toMatch(/role "nobody" does not exist/)
  await sh('cd /srv/app && git checkout -q src && sv restart app')
  await ready()
})

test('restarted from the editor it is said to stay up; with roles that do not apply it is not', async () => {
  expect(await restartAppIn(docker, name)).toMatchObject({ ok: true })
  await ready()
  await sh("cd /srv/app/src && cp roles.sql /tmp/roles.sql && echo 'create role;' >> roles.sql")
  expect(await restartAppIn(docker, name)).toMatchObject({
    ok: false,
    said: expect.stringContaining('the database stays closed'),
  })
  await sh('cp /tmp/roles.sql /srv/app/src/roles.sql')
  expect(await restartAppIn(docker, name)).toMatchObject({ ok: true })
  await ready()
})
