import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import type { Lang } from '../exercise/scenario/words.ts'
import { graphemesOf } from './break-lines.ts'

/** How something is written. `size` in pt. */
export interface Style {
  readonly size: number
  readonly bold?: true
  readonly colour: string
}

/** The fonts of a paper, each whole and embedded with the letters that are used. */
export interface Faces {
  /** What can be written of a text: a □ for each character that no font has, a space for what moves a typewriter, nothing for what is never seen. */
  printable(text: string): string
  /** Whether a □ had to stand for a character. */
  boxed(): boolean
  width(text: string, style: Style): number
  /** Writes what is printable on one line. */
  write(text: string, x: number, baseline: number, style: Style): void
}

const BOX = '□'
const { resolve } = createRequire(import.meta.url)
const FILES = {
  sans: '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  'sans-bold': '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  gothic: '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  'gothic-bold': '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
} as const
type Face = keyof typeof FILES
type Family = 'sans' | 'gothic'

interface Run {
  readonly family: Family
  readonly text: string
}

/** Source Sans has Latin, Greek and Cyrillic, BIZ UDPGothic Japanese: the language's own comes first, and the other for what that lacks. */
export function openFaces(doc: PDFKit.PDFDocument, lang: Lang): Faces {
  const order: readonly Family[] = lang === 'ja' ? ['gothic', 'sans'] : ['sans', 'gothic']
  const fonts = Object.fromEntries(
    (Object.keys(FILES) as Face[]).map((face) => {
      const file = readFileSync(resolve(FILES[face]))
      doc.registerFont(face, file)
      return [face, create(file) as Font]
    }),
  ) as Record<Face, Font>
  const has = (family: Family, text: string) =>
    [...text].every((sign) => fonts[family].hasGlyphForCodePoint(sign.codePointAt(0) ?? 0))
  let boxed = false

  const signOf = (written: string): string => {
    if (/^\s/u.test(written)) return written.includes('\n') ? '\n' : written === '\u00a0' ? written : ' '
    const seen = written.replace(/[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, '')
    if (order.some((family) => has(family, seen))) return seen
    boxed = true
    return BOX
  }
  const runs = new Map<string, readonly Run[]>()
  const runsOf = (text: string): readonly Run[] => {
    const known = runs.get(text)
    if (known) return known
    const made: { family: Family; text: string }[] = []
    for (const sign of graphemesOf(text)) {
      const last = made.at(-1)
      const family = order.find((one) => has(one, sign)) ?? order[0] ?? 'sans'
      // A space goes with what stands before it.
      if (last && (last.family === family || sign === ' ')) last.text += sign
      else made.push({ family, text: sign })
    }
    runs.set(text, made)
    return made
  }
  const use = (family: Family, { bold, size }: Style) => doc.font(bold ? `${family}-bold` : family, size)
  const widthOf = (run: Run, style: Style) => use(run.family, style).widthOfString(run.text)
  return {
    printable: (text) => graphemesOf(text.normalize('NFC')).map(signOf).join(''),
    boxed: () => boxed,
    width: (text, style) => runsOf(text).reduce((all, run) => all + widthOf(run, style), 0),
    write(text, x, baseline, style) {
      let at = x
      for (const run of runsOf(text)) {
        const width = widthOf(run, style)
        doc.fillColor(style.colour).text(run.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' })
        at += width
      }
    },
  }
}
