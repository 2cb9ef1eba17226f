import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

/** Runs one of poppler's tools on a PDF; what it writes. */
function tool(name: string, pdf: Buffer, args: (from: string) => readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(name, args('-'), { input: pdf, maxBuffer: 2 ** 28 })
  if (error) throw new Error(`${name} does not run: install poppler-utils`, { cause: error })
  const said = stderr.toString()
  if (status !== 0 || said !== '') throw new Error(`${name}: ${said}`)
  return stdout.toString()
}

/** What is known of a PDF, by name. */
export const infoOf = (pdf: Buffer): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tool('pdfinfo', pdf, (from) => [from])
      .split('\n')
      .map((line) => [line.slice(0, 16).replace(/:\s*$/, ''), line.slice(16).trim()]),
  )

export interface FontRow {
  readonly name: string
  readonly embedded: boolean
  readonly subset: boolean
  readonly unicode: boolean
}

export const fontsOf = (pdf: Buffer): readonly FontRow[] =>
  tool('pdffonts', pdf, (from) => [from])
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => {
      const [name = ''] = line.split(/\s+/)
      const [embedded, subset, unicode] = (/ (yes|no) +(yes|no) +(yes|no) /.exec(line)?.slice(1) ?? []).map(
        (word) => word === 'yes',
      )
      return { name, embedded: embedded === true, subset: subset === true, unicode: unicode === true }
    })

/** The text of each page as somebody copies it. */
export const pagesOf = (pdf: Buffer): readonly string[] =>
  tool('pdftotext', pdf, (from) => ['-layout', from, '-'])
    .split('\f')
    .slice(0, -1)

export interface Word {
  readonly page: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly text: string
}

/** Where words stand, and how large pages are, pt. */
export function boxesOf(pdf: Buffer): {
  readonly pages: readonly { readonly wide: number; readonly high: number }[]
  readonly words: readonly Word[]
} {
  const pages: { wide: number; high: number }[] = []
  const words: Word[] = []
  for (const line of tool('pdftotext', pdf, (from) => ['-bbox', from, '-']).split('\n')) {
    const [a = 0, b = 0, c = 0, d = 0] = [...line.matchAll(/"(-?[\d.]+)"/g)].map(([, value]) => Number(value))
    if (line.includes('<page ')) pages.push({ wide: a, high: b })
    const text = /<word .*>(.*)<\/word>/.exec(line)?.[1]
    if (text !== undefined) words.push({ page: pages.length - 1, left: a, top: b, right: c, bottom: d, text })
  }
  return { pages, words }
}

/** Tables as those have them read out to them: rows of cells. Nothing that is only to be seen. */
export function tablesIn(pdf: Buffer): readonly (readonly (readonly string[])[])[] {
  const tables: string[][][] = []
  for (const line of tool('pdfinfo', pdf, (from) => ['-struct-text', from]).split('\n')) {
    const said = /^\s+"(.*)"$/.exec(line)?.[1]
    if (/^\s+Table\b/.test(line)) tables.push([])
    else if (/^\s+TR\b/.test(line)) tables.at(-1)?.push([])
    else if (/^\s+T[HD]\b/.test(line)) tables.at(-1)?.at(-1)?.push('')
    else if (/^ {2}\S/.test(line)) tables.push([])
    else if (said !== undefined) {
      const row = tables.at(-1)?.at(-1)
      if (row) row[row.length - 1] += said
    }
  }
  return tables.filter((rows) => rows.length > 0)
}

/** Headings and other structure by their tags, in order. */
export const tagsOf = (pdf: Buffer): readonly string[] =>
  [...tool('pdfinfo', pdf, (from) => ['-struct', from]).matchAll(/^ *([A-Z]\w*)/gm)].map(
    ([, tag]) => tag ?? '',
  )

/** Its pages as pictures into a folder, to be looked at. */
export function keepPictures(pdf: Buffer, folder: string, name: string): void {
  mkdirSync(folder, { recursive: true })
  const { status } = spawnSync('pdftoppm', ['-r', '80', '-png', '-', `${folder}/${name}`], { input: pdf })
  if (status !== 0) throw new Error('pdftoppm made no pictures')
}
