import { textOf } from './text-of.ts'

/** Fetches a file of the same service; null for what is not to be had. */
export type FetchFile = (path: string) => Promise<{ readonly type: string; readonly body: Buffer } | null>

/** Of one page: files, and bytes of them together. */
const MOST_FILES = 16
const MOST_BYTES = 1024 * 1024
/** Characters that all of them make the page longer by: one file may stand in it many times. */
const MOST_LONGER = 2 * 1024 * 1024
/** So many are looked at; a page of nothing else would hold up everybody. */
const MOST_TAGS = 400

const TAG = /<(link|img)\b[^<>]{0,2000}>/gi
const IMAGE = /^image\/(png|jpeg|gif|webp|svg\+xml|x-icon|vnd\.microsoft\.icon|avif)\b/i
/** No policy keeps a browser from looking up, or connecting to, a host that these name: Chromium connects for a frame before it asks the policy. A page within the page would bring its own. */
const ASKING = /<(?:link|meta|i?frame|frameset|fencedframe|embed|object|portal)(?![a-z0-9])|srcdoc/gi
/** May stand wherever those do, and does nothing. */
const IDLE = '<basefont'

/**
 * A page with its own style sheets and pictures in it, so that whoever sees it asks for nothing. What is left in a hostile page runs nothing and loads nothing, by the
 * policy that it is sent with; what no policy covers is taken out of it here, wherever it stands. To be sent as UTF-8.
 */
export async function selfContained(
  html: string,
  at: { readonly service: string; readonly path: string },
  fetchFile: FetchFile,
): Promise<string> {
  const files = new Map<string, Awaited<ReturnType<FetchFile>>>()
  let bytes = 0
  let longer = 0
  /** As a data URI, before anything is made of it. */
  const fits = (file: Awaited<ReturnType<FetchFile>>) =>
    file !== null && longer + (file.body.length * 4) / 3 <= MOST_LONGER ? file : null
  const fileOf = async (address: string) => {
    const path = pathOf(address, at)
    if (path === null) return null
    const known = files.get(path)
    if (known !== undefined) return fits(known)
    if (files.size >= MOST_FILES || bytes >= MOST_BYTES) return null
    const file = await fetchFile(path)
    bytes += file?.body.length ?? 0
    const kept = bytes > MOST_BYTES ? null : file
    files.set(path, kept)
    return fits(kept)
  }
  const parts: string[] = []
  let from = 0
  let looked = 0
  for (const found of html.matchAll(TAG)) {
    if (++looked > MOST_TAGS) break
    const [tag, kind = ''] = found
    const instead = kind.toLowerCase() === 'img' ? await picture(tag, fileOf) : await sheet(tag, fileOf)
    if (instead === null) continue
    longer += instead.length
    parts.push(html.slice(from, found.index), instead)
    from = found.index + tag.length
  }
  const whole = parts.join('') + html.slice(from)
  return whole.replace(ASKING, (found) => (found.startsWith('<') ? IDLE : 'no-srcdoc'))
}

type FileOf = (address: string) => ReturnType<FetchFile>

async function sheet(tag: string, fileOf: FileOf): Promise<string | null> {
  const href = attributeOf(tag, 'href')
  if (href === null || !/\bstylesheet\b/i.test(attributeOf(tag, 'rel') ?? '')) return null
  const file = await fileOf(href)
  if (!file || !/^text\/css\b/i.test(file.type)) return null
  return `<style>${textOf(file.body, file.type).replaceAll(/<\/(?=style)/gi, '<\\/')}</style>`
}

async function picture(tag: string, fileOf: FileOf): Promise<string | null> {
  const src = attributeOf(tag, 'src')
  if (src === null || src.startsWith('data:')) return null
  const file = await fileOf(src)
  const [type] = IMAGE.exec(file?.type ?? '') ?? []
  if (!file || type === undefined) return null
  return `<img src="data:${type};base64,${file.body.toString('base64')}"${tag.slice('<img'.length).replace(SRC, ' ')}`
}

const SRC = /\ssrc\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+)/i

function attributeOf(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag)
  const value = found?.[1] ?? found?.[2] ?? found?.[3]
  return value === undefined ? null : value.replaceAll('&amp;', '&')
}

/** The path of an address on a page, with its query; null for another host's. */
export function pathOf(address: string, { service, path }: { service: string; path: string }): string | null {
  const base = `http://${service}${path}`
  if (!URL.canParse(address, base)) return null
  const url = new URL(address, base)
  const ours = url.hostname === service && url.port === '' && /^https?:$/.test(url.protocol)
  return ours ? `${url.pathname}${url.search}` : null
}
