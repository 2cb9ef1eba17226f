import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import { type Html, html, type Lang, languageOf } from '../../kit/html.ts'
import type { Trust } from './certificate.ts'
import type { DataFile } from './container.ts'
import { bad, framed, signatureList } from './pages.ts'
import { textsOf } from './texts.ts'
import { type Report, validate } from './validate.ts'

const UNPACKED = 'unpacked'
const MOST_UNPACKED = 20
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `/validate`: anybody checks a container and opens the files in it. Unpacked files are kept under `folder` for a while. */
export function validateRoutes(folder: string, trust: Trust): Hono {
  const routes = new Hono()
  const place = join(folder, UNPACKED)
  // What the operators have to say (maintenance, an outage) stands in a file that they write.
  const notice = () => readFile(join(folder, 'notice.txt'), 'utf8').catch(() => '')
  routes.get('/', async (c) => c.html(validatePage(languageOf(c), null, '', await notice())))
  routes.post('/', async (c) => {
    const { container } = await c.req.parseBody()
    // A file from the form, or its base64 from a program.
    const archive =
      container instanceof File
        ? Buffer.from(await container.arrayBuffer())
        : Buffer.from(String(container ?? ''), 'base64')
    const report = await validate(archive, trust)
    const id = await unpack(place, report.files)
    return c.html(
      validatePage(languageOf(c), report, id, await notice()),
      report.problem === null ? 200 : 422,
    )
  })
  routes.get('/:id/:name', async (c) => {
    const { id, name } = c.req.param()
    const known = UUID.test(id) ? await readdir(join(place, id)).catch(() => []) : []
    if (!known.includes(name)) return c.json({ error: 'There is nothing here' }, 404)
    return c.body(new Uint8Array(await readFile(join(place, id, name))), 200, {
      // Whatever is in it: it is saved, never run by the browser.
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    })
  })
  return routes
}

/** Writes the files of a container into a folder of its own; the oldest folders go. */
async function unpack(place: string, files: readonly DataFile[]): Promise<string> {
  const id = randomUUID()
  await mkdir(join(place, id), { recursive: true })
  for (const { name, data } of files) await writeFile(join(place, id, name), data)
  const folders = await readdir(place)
  const aged = await Promise.all(
    folders.map(async (name) => ({
      name,
      at: (await stat(join(place, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  )
  for (const { name } of aged.sort((a, b) => b.at - a.at).slice(MOST_UNPACKED))
    await rm(join(place, name), { recursive: true, force: true })
  return id
}

function validatePage(lang: Lang, report: Report | null, id: string, notice: string): Html {
  const t = textsOf(lang)
  const verdict = report?.problem
    ? bad(`${t.invalid} ${report.problem}`)
    : html`<p class="notice good" role="status">${t.valid}</p>`
  const found = report
    ? html`${verdict}<h2>${t.signatures}</h2>${signatureList(lang, report.signatures)}<h2>${t.files}</h2>
<ul>${report.files.map(({ name }) => html`<li><a href="/validate/${id}/${encodeURIComponent(name)}">${name}</a></li>`)}</ul>`
    : html`<p>${t.checkHow}</p>`
  const content = html`${notice ? html`<p class="notice" role="status">${notice}</p>` : ''}${found}<form method="post" action="/validate" enctype="multipart/form-data">
<label for="container">${t.file}</label><input id="container" name="container" type="file" accept=".asice" required><br>
<button>${t.check}</button></form>`
  return framed(lang, null, t.check, content)
}
