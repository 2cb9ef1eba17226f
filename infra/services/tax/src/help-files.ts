import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'

/** Instructions for download, as the tax office gives them out: `/help/<file>`. */
export function helpRoutes(folder = '/srv/app/help'): Hono {
  const routes = new Hono()
  routes.get('/:file', async (c) => {
    const file = c.req.param('file')
    if (!/^[\w-]+\.txt$/.test(file)) return c.notFound()
    const text = await readFile(join(folder, file), 'utf8').catch(() => null)
    return text === null ? c.notFound() : c.text(text)
  })
  return routes
}
