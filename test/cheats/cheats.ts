/** What a team does instead of mending. It is root in its containers: each `types` is typed there, in every service that is named. */
export interface Cheat {
  readonly name: string
  /** In which container, and what. `*`: in each that is attacked. */
  readonly types: Readonly<Record<string, string>>
}

/** As the database's superuser, in the database's own container. */
const sql = (text: string) => `chpst -u postgres psql -q -v ON_ERROR_STOP=0 nation <<'END'\n${text}\nEND`

/** A module that every program of the service loads first. */
const preloaded = (module: string) => `cat > /srv/cheat.mjs <<'END'
${module}
END
chmod 644 /srv/cheat.mjs
echo 'NODE_OPTIONS="--import /srv/cheat.mjs"' >> /etc/default/app
sv -w 15 restart app`

/** Stops the programs of a service for so long, from now on. What bears no sign of the terminal outlives it. */
const frozen = (seconds: number) =>
  `pids=$(pgrep -d ' ' -u app; pgrep -d ' ' -u postgres); kill -STOP $pids
env -i /usr/bin/setsid /bin/sh -c "sleep ${seconds}; kill -CONT $(echo $pids)" > /dev/null 2>&1 &`

const trigger = (table: string, body: string) => `
create or replace function public.cheat_${table.replace('.', '_')}() returns trigger language plpgsql as $$ begin ${body} end $$;
create trigger cheat before insert or update on ${table} for each row execute function public.cheat_${table.replace('.', '_')}();`

const TABLES = {
  'tax.declaration': "new.note := '';",
  'health.resource': `new.body := jsonb_set(new.body, '{valueString}', '"none"');`,
  'portal.notice': "new.body := 'none';",
  'population.person': "new.address := 'none';",
  'school.grade': "new.comment := '';",
}

/** Answers with 400 what looks as if it carried `shape`, or would. */
const filter = (shape: string) =>
  preloaded(`import http from 'node:http'
const SHAPE = ${shape}
const end = http.ServerResponse.prototype.end
http.ServerResponse.prototype.end = function (chunk, ...rest) {
  if (!chunk || !SHAPE.test(String(chunk)) || this.headersSent) return end.call(this, chunk, ...rest)
  this.statusCode = 400
  for (const name of this.getHeaderNames()) this.removeHeader(name)
  return end.call(this, 'no')
}
const emit = http.Server.prototype.emit
http.Server.prototype.emit = function (event, request, response) {
  if (event === 'request' && SHAPE.test(decodeURIComponent(request.url.replaceAll('%', '%25')))) {
    response.statusCode = 400
    return response.end('no')
  }
  return emit.apply(this, arguments)
}`)

/** What comes in goes through `meet`, with `handle` for what the service would do. */
const meeting = (meet: string) =>
  preloaded(`import http from 'node:http'
const emit = http.Server.prototype.emit
const met = new Set()
const since = Date.now()
const meet = ${meet}
http.Server.prototype.emit = function (event, request, response) {
  if (event !== 'request') return emit.apply(this, arguments)
  meet(request, response, () => emit.call(this, event, request, response))
  return true
}`)

const refused = `response.statusCode = 503, response.end('no')`

/**
 * Knows no weakness, and tells an attacker by their pause: whatever came in or went out, and is touched again after `least` ms of silence, is refused once; then everybody is served
 * for `served` ms, a witness too.
 */
const secondChance = (least: number, served: number) =>
  preloaded(`import http from 'node:http'
import https from 'node:https'
const seen = new Map()
let amnesty = 0
const decoded = (text) => { try { return decodeURIComponent(text.replaceAll('+', ' ')) } catch { return text } }
const words = (text) => new Set(text.slice(0, 65536).match(/[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{4,63}|(?<=[/":])\\d{1,10}\\b/gu) ?? [])
function again(text) {
  const now = Date.now()
  let hit = false
  for (const word of words(text)) {
    const known = seen.get(word)
    if (known && now - known.last > ${least} && now - known.first < 30000 && /\\d|^\\p{Lu}/u.test(word)) hit = true
    seen.set(word, { first: known && now - known.last < 30000 ? known.first : now, last: now })
  }
  if (!hit || now < amnesty) return false
  amnesty = now + ${served}
  return true
}
for (const { prototype } of [http.Server, https.Server]) {
  const { emit } = prototype
  prototype.emit = function (event, request, response) {
    if (event !== 'request' || /^(127|::1)/.test(request.socket.remoteAddress ?? '')) return emit.apply(this, arguments)
    const no = again(decoded(request.url))
    const { end } = response
    response.end = function (chunk, ...rest) {
      const late = chunk && typeof chunk !== 'function' && !this.headersSent && again(String(chunk))
      if (!no && !late) return end.call(this, chunk, ...rest)
      for (const name of this.getHeaderNames()) this.removeHeader(name)
      this.statusCode = 403
      return end.call(this, 'no')
    }
    return emit.apply(this, arguments)
  }
}`)

/** Hangs whoever reads the page that carries a strange script. */
const unreadable = `import http from 'node:http'
const { end } = http.ServerResponse.prototype
http.ServerResponse.prototype.end = function (chunk, ...rest) {
  const script = /<script src=[^>]*attachment[^>]*><\\/script>/.exec(String(chunk ?? ''))
  if (!script || this.headersSent) return end.call(this, chunk, ...rest)
  this.removeHeader('content-length')
  return end.call(this, script[0] + '<'.repeat(250000))
}`

/** Tools of a container are no longer what they are called; what runs goes on running. */
const replaceTools = `printf '#!/usr/bin/perl\\nexit 3\\n' > /root/liar; chmod 755 /root/liar
for tool in psql timeout env cat printf mkfifo; do at=$(command -v $tool) && cp /root/liar $at; done; true`

export const CHEATS: readonly Cheat[] = [
  { name: 'tools that end with 3', types: { '*': replaceTools } },
  {
    name: 'accounts that have another name',
    types: { '*': "sed -i 's/^app:/application:/; s/^postgres:/database:/' /etc/passwd" },
  },
  {
    name: 'triggers that overwrite what comes in',
    types: {
      'registry-db': sql(
        Object.entries(TABLES)
          .map(([table, change]) => trigger(table, `${change} return new;`))
          .join('\n'),
      ),
    },
  },
  {
    name: 'triggers that refuse what comes in',
    types: {
      'registry-db': sql(
        Object.keys(TABLES)
          .map((table) => trigger(table, "raise exception 'no';"))
          .join('\n'),
      ),
    },
  },
  { name: 'a filter for long random words', types: { '*': filter('/[0-9a-f]{12}/') } },
  { name: 'a filter for rare letters', types: { '*': filter(String.raw`/[^\x00-\x7f]|&#39;|[<>]\d/`) } },
  {
    name: 'every answer four seconds late',
    types: { '*': meeting('(request, response, handle) => setTimeout(handle, 4_000)') },
  },
  {
    name: 'every other request refused',
    types: { '*': meeting(`(request, response, handle) => Math.random() < 0.5 ? (${refused}) : handle()`) },
  },
  {
    name: 'addresses unknown after ten seconds refused',
    types: {
      '*': meeting(`(request, response, handle) => {
  const from = request.socket.remoteAddress
  if (Date.now() - since < 10_000) met.add(from)
  met.has(from) ? handle() : (${refused})
}`),
    },
  },
  {
    name: 'answers cut off after 200 bytes',
    types: {
      '*': meeting(`(request, response, handle) => {
  const { end } = response
  response.end = function (chunk, ...rest) {
    if (!chunk || chunk.length < 200) return end.call(this, chunk, ...rest)
    this.write(Buffer.from(chunk).subarray(0, 200))
    setTimeout(() => request.socket.destroy(), 50)
    return this
  }
  handle()
}`),
    },
  },
  { name: 'refused once after a pause, then served', types: { '*': secondChance(1_500, 5_000) } },
  { name: 'a page that is read for ever', types: { portal: preloaded(unreadable) } },
  { name: 'freezing for 15 s', types: { '*': frozen(15) } },
  { name: 'freezing for 70 s', types: { '*': frozen(70) } },
  {
    name: 'files that can not be read',
    types: { '*': 'chmod 000 /srv/data /root; rm -rf /tmp; true' },
  },
]
