import { readdir, readFile } from 'node:fs/promises'
import { LANGS, type Lang } from '../../kit/html.ts'

/** A published text that answers questions. */
export interface Article {
  readonly id: string
  readonly lang: Lang
  readonly title: string
  readonly text: string
  /** Other words with which people ask for it. They are found, never shown. */
  readonly asked: readonly string[]
  /** Who published it: a subsystem of X-Road, or `citizen`. */
  readonly by: string
  readonly link: string | null
  /** Tool that goes with the topic. */
  readonly action: string | null
}

/**
 * Reads a topic: lines `by:`, `link:` and perhaps `action:`, then a part `## LANG: TITLE` for each language,
 * which begins with `asked:`, other words with which people ask for it.
 * Throws when something is missing: the texts are part of the service.
 */
export function readTopic(id: string, source: string): readonly Article[] {
  const [head = '', ...parts] = source.split(/^## /m)
  const field = (name: string): string | null =>
    new RegExp(`^${name}: *(.+)$`, 'm').exec(head)?.[1]?.trim() ?? null
  const by = field('by')
  if (!by) throw new Error(`${id} does not say who published it`)
  const articles = parts.map((part): Article => {
    const [, lang, title, asked, text] = /^(\w\w): (.+)\n(?:asked: *(.+)\n)?([\s\S]+)$/.exec(part) ?? []
    const known = LANGS.find((one) => one === lang)
    if (!known || !title || !text?.trim()) throw new Error(`${id} has a part that can not be read: ${part}`)
    return {
      id,
      lang: known,
      title,
      text: text.trim(),
      asked: asked?.split(',').map((words) => words.trim()) ?? [],
      by,
      link: field('link'),
      action: field('action'),
    }
  })
  for (const lang of LANGS)
    if (articles.filter((article) => article.lang === lang).length !== 1)
      throw new Error(`${id} has not exactly one text in ${lang}`)
  return articles
}

/** All topics of a folder, in every language. */
export async function readCorpus(folder: URL): Promise<readonly Article[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  const topics = await Promise.all(
    names.map(async (name) =>
      readTopic(name.slice(0, -3), await readFile(new URL(name, `${folder.href}/`), 'utf8')),
    ),
  )
  return topics.flat()
}
