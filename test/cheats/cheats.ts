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
  { name: 'freezing for 15 s', types: { '*': frozen(15) } },
  { name: 'freezing for 70 s', types: { '*': frozen(70) } },
  {
    name: 'files that can not be read',
    types: { '*': 'chmod 000 /srv/data /root; rm -rf /tmp; true' },
  },
]
