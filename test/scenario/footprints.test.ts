import { describe, expect, test } from 'vitest'
import { footprintsOf } from '../../server/scenario/footprints/footprints.ts'
import { complaints, fixture } from './fixture.ts'

const WEAKNESS = 'infra/services/desk/weaknesses/open-drawer/weakness.yaml'
const HAND_IN = 'infra/services/desk/journeys/hand-in.yaml'

const made = (...steps: readonly object[]) => footprintsOf(steps, ['exploit']).map(({ what }) => what)
const ssh = (command: string) => made({ ssh: { host: 'tax', user: 'root', command } })
const sql = (query: string, ...params: readonly string[]) => made({ sql: { query, params } })
const http = (request: object, ...before: readonly object[]) => made(...before, { http: request })

describe('what is the same in every run', () => {
  test.each<[name: string, found: readonly string[], what: readonly string[]]>([
    ['a file that is written', ssh('echo x > /etc/cron.d/job'), ['/etc/cron.d/job']],
    ['behind others', ssh('umask 077 && id; true | cat >/tmp/x 2>&1'), ['/tmp/x']],
    ['in a variable', ssh('f=/tmp/$0-x; g="/srv/data/x"; echo {{canary}} > "$g"'), ['/srv/data/x']],
    ['in a folder', ssh('cd /srv/data && printf %s {{canary}} > note'), ['/srv/data/note']],
    ['by a here-document', ssh("cat > /tmp/x <<'END'\n{{canary}} > /tmp/{{random.hex}}\nEND\n"), ['/tmp/x']],
    ['a fixed line added', ssh('echo evil:x:0:0 >> /etc/passwd'), ['/etc/passwd']],
    ['copied', ssh('sudo cp -p /tmp/{{random.hex}} /usr/bin/x'), ['/usr/bin/x']],
    ['by tee', ssh('echo {{canary}} | tee /srv/x /srv/{{random.hex}}'), ['/srv/x']],
    ['edited in place', ssh("sed -i 's/a/b/' /etc/hosts"), ['/etc/hosts']],
    ['by dd', ssh('dd if=/dev/zero of=/srv/full bs=1M'), ['/srv/full']],
    ['a secret is no drawing', ssh('echo x > /tmp/{{secret:db}}-{{team}}'), ['/tmp/{{secret:db}}-{{team}}']],
    ['an account', ssh('useradd -m backup2'), ['backup2']],
    [
      'of the platform’s own command',
      made({ exec: { command: ['sh', '-c', 'echo "$C" > /srv/key'], env: { C: '{{canary}}' } } }),
      ['/srv/key'],
    ],
    [
      'named by a fixed variable',
      made({ exec: { command: ['sh', '-c', '> $F'], env: { F: '/k' } } }),
      ['/k'],
    ],
    ['without a shell', made({ exec: { command: ['touch', '/srv/data/a b'], env: {} } }), ['/srv/data/a b']],
    ['a role', sql("create role monitor login password '{{random.hex}}'"), ['monitor']],
    ['a table', sql('CREATE TABLE IF NOT EXISTS "loot" (x text)'), ['loot']],
    ['a record', sql("insert into note (body) values ('x')"), ["note 'x'"]],
    [
      'a record by its name',
      sql("insert into note (id, body) values ('a-1', $1)", '{{canary}}'),
      ["note 'a-1'"],
    ],
    ['by its parameter', sql('insert into note (id, body) values ($1, $2)', '7', '{{canary}}'), ['note 7']],
    ['a role, through a shell', ssh('psql -c "create role ghost superuser"'), ['ghost']],
    ['a caller', made({ listen: { port: 80, says: 'POST /x' } }), ['port 80 POST /x']],
    ['inside a repetition', made({ repeat: { steps: [{ listen: { port: 1, says: 'x' } }] } }), ['port 1 x']],
    [
      'what is put',
      http({ method: 'PUT', url: 'http://a/names/eid', text: '{{canary}}' }),
      ['PUT a/names/eid'],
    ],
    [
      'a user',
      http({ method: 'POST', url: 'http://a/users', json: { username: 'eve', password: '{{random.hex}}' } }),
      ['a/users eve'],
    ],
    [
      'an upload',
      http({ method: 'POST', url: 'http://a/files', file: { name: 'x.sh', content: '{{canary}}' } }),
      ['a/files x.sh'],
    ],
  ])('%s', (_, found, what) => {
    expect(found).toEqual(what)
  })
})

describe('what is not', () => {
  const logsIn = { login: { at: 'http://a/login', by: 'http://eid', as: '{{citizen.code}}' } }
  const put = { method: 'PUT', url: 'http://a/api/account', json: { iban: '{{random.iban}}' } }
  test.each<[name: string, found: readonly string[]]>([
    ['a drawn file', ssh('echo x > /etc/cron.d/{{random.hex}}')],
    [
      'one named by a variable',
      ssh(`a=job-{{random.hex}}\nfile=/usr/sbin/$a\necho x > \${file}.id; chmod 755 $file`),
    ],
    ['one named by what was captured', ssh('cat {{file}} > {{file | base64url}}')],
    [
      'one whose name only the shell knows',
      ssh('for f in a b; do echo x > /tmp/$f; done; d=$(mktemp); > $d/x; > `mktemp`'),
    ],
    ['a drawn line added', ssh('a=x-{{random.hex}}; echo "$a:*:0:0" >> /etc/passwd')],
    ['a drawn line in a here-document', ssh('cat >> /etc/hosts <<END\n{{canary}}\nEND')],
    ['nothing at all', ssh('sv status app > /dev/null 2>&1; ls > /proc/self/fd/1')],
    ['a folder that all share', ssh('mkdir -p -m 700 /var/lib/x')],
    ['what is read', ssh('cat /etc/passwd < /etc/hosts; grep ">" x; echo "a > b" # > /tmp/x')],
    ['a drawn role', sql("create role {{role}} login superuser password '{{password}}'")],
    ['a drawn record', sql('insert into archive.record (id, body) values ($1, $2)', '{{random.uuid}}', 'x')],
    ['a record of a drawn text', sql("insert into note (at, body) values (now(), '{{canary}}')")],
    ['what is asked', sql("select 'create', id from note where id = '7'")],
    ['a caller who says what was drawn', made({ listen: { port: 8081, says: '{{memory.token}}' } })],
    ['a drawn address', http({ method: 'PUT', url: 'http://a/residents/{{number}}', json: {} })],
    ['about somebody', http({ ...put, json: { iban: '{{random.iban}}', code: '{{citizen2.code}}' } })],
    ['of who logged in', http(put, logsIn)],
    [
      'of who said so',
      http(put, { http: { method: 'POST', url: 'http://a/in', form: { code: '{{citizen.code}}' } } }),
    ],
    ['of who has a token', http({ ...put, headers: { authorization: 'Bearer {{token}}' } })],
    [
      'who gets in',
      http({ method: 'POST', url: 'http://a/login', form: { username: 'admin', password: 'admin' } }),
    ],
    [
      'an upload of somebody',
      http({ method: 'POST', url: 'http://a/files', file: { name: 'x.txt' } }, logsIn),
    ],
    ['what is posted', http({ method: 'POST', url: 'http://a/rpc', json: { id: 1, method: 'x' } })],
    ['no steps', footprintsOf({ http: 1 }, []).map(({ what }) => what)],
    [
      'a value that is none, in a variable',
      made({ exec: { command: ['sh', '-c', '> "/srv/$F"'], env: { F: { a: 1 } } } }),
    ],
    ['a word that is none', made({ exec: { command: ['touch', { a: 1 }] } })],
    ['a parameter that is none', made({ sql: { query: 'insert into n (id) values ($1)', params: [[]] } })],
    ['a port that is none', made({ listen: { says: 'POST /x' } })],
    ['no step', made({ exec: 3, ssh: null, sql: [], http: { url: 4 }, listen: 'x', repeat: 'y' })],
  ])('%s', (_, found) => {
    expect(found).toEqual([])
  })

  test('who is known on one machine is not on another, nor is another actor', () => {
    expect(http({ ...put, url: 'http://b/api/account' }, logsIn)).toEqual(['PUT b/api/account'])
    expect(made(logsIn, { actor: 'thief', http: put })).toEqual(['PUT a/api/account'])
  })
})

const UNDRAWN = { file: WEAKNESS, from: '"/srv/data/$PAPER"', to: '"/srv/data/open"' }
const FIXED =
  'every run makes the same `/srv/data/open`: two that overlap would share it. Put a `{{random.KIND}}` into its name, or say in `shares` why that does no harm'
const shares = (what: string) => ({
  file: WEAKNESS,
  from: 'weight: 2',
  to: `weight: 2\nshares: [{ what: ${what}, why: The drawer is one. }]`,
})

describe('kilp check', () => {
  test('refuses a fixed path in a weakness, with its place', async () => {
    expect(await complaints(await fixture(UNDRAWN))).toEqual([`${WEAKNESS}:19:7 fixed-footprint ${FIXED}`])
  })

  test('refuses one in a journey', async () => {
    const edit = {
      file: HAND_IN,
      from: '    http: GET http://desk/papers/{{memory.paper | url}}',
      to: '    http: PUT http://desk/papers/first',
    }
    expect(await complaints(await fixture(edit))).toEqual([
      `${HAND_IN}:7:11 fixed-footprint ${FIXED.replace('/srv/data/open', 'PUT desk/papers/first')}`,
    ])
  })

  test('lets the author say that it is meant, and why', async () => {
    expect(await complaints(await fixture(UNDRAWN, shares('/srv/data/open')))).toEqual([])
  })

  test('refuses a word about what is not so, with the nearest right name', async () => {
    expect(await complaints(await fixture(UNDRAWN, shares('/srv/data/opn')))).toEqual([
      `${WEAKNESS}:10:18 nothing-shared no step makes \`/srv/data/opn\` under the same name in every run; did you mean \`/srv/data/open\`?`,
      `${WEAKNESS}:20:7 fixed-footprint ${FIXED}`,
    ])
    expect(await complaints(await fixture(shares('anything')))).toEqual([
      `${WEAKNESS}:10:18 nothing-shared no step makes \`anything\` under the same name in every run`,
    ])
  })
})
