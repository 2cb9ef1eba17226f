import type { Lang } from '../exercise/scenario/words.ts'
import { graphemesOf } from './break-lines.ts'
import { type Family, openFonts } from './fonts.ts'
import { inVisualOrder, type Run, runsBack, type Sign } from './visual-order.ts'

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
/** Neither is seen, but letters join by them, and pictures: a fire engine and a woman are a firefighter. */
const JOINERS = /[\u200c\u200d]/g
const UNSEEN = /(?![\u200c\u200d])[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu

/**
 * Source Sans has Latin, Greek and Cyrillic, BIZ UDPGothic Japanese: the language's own comes first, and the other for what that lacks. What people write may be in Arabic or Hebrew letters, which stand as
 * they are read, and with pictures.
 */
export function openFaces(doc: PDFKit.PDFDocument, lang: Lang): Faces {
  const order: readonly Family[] = [
    ...(lang === 'ja' ? (['gothic', 'sans'] as const) : (['sans', 'gothic'] as const)),
    ...(['arabic', 'hebrew', 'emoji'] as const),
  ]
  const fonts = openFonts(doc)
  const familyOf = (sign: string): Family | undefined => {
    const seen = sign.replace(JOINERS, '')
    return order.find((family) => fonts.has(family, seen))
  }
  let boxed = false

  const signOf = (written: string): string => {
    if (/^\s/u.test(written)) return written.includes('\n') ? '\n' : written === '\u00a0' ? written : ' '
    const seen = written.replace(UNSEEN, '')
    const family = familyOf(seen)
    if (family) return family === 'arabic' || family === 'emoji' ? seen : seen.replace(JOINERS, '')
    boxed = true
    return BOX
  }
  const runs = new Map<string, readonly Run[]>()
  const runsOf = (text: string): readonly Run[] => {
    const known = runs.get(text)
    if (known) return known
    const written = graphemesOf(text)
    const families = written.map((sign) => familyOf(sign) ?? order[0] ?? 'sans')
    const signs = written.map((sign, nth): Sign => {
      const [before, own, after] = [families[nth - 1], families[nth] ?? 'sans', families[nth + 1]]
      if (sign !== ' ' || !before) return { text: sign, family: own }
      // A space goes with what stands before it, and into what is turned or drawn only where that goes on.
      return {
        text: sign,
        family: order.indexOf(before) < 2 || (before === after && before !== 'emoji') ? before : own,
      }
    })
    const made = inVisualOrder(signs).map((run) => {
      if (!run.rightToLeft || fonts.sets(run.family, run.text)) return run
      boxed = true
      return { family: 'sans', text: BOX.repeat(graphemesOf(run.text).length), rightToLeft: false } as const
    })
    runs.set(text, made)
    return made
  }
  // Letters of a script that runs the other way are turned as a whole: with features given, no word is set by itself.
  const whole = ({ rightToLeft }: Run) => (rightToLeft ? { features: [] } : {})
  const widthOf = (run: Run, style: Style) => fonts.use(run.family, style).widthOfString(run.text, whole(run))
  return {
    printable: (text) => graphemesOf(text.normalize('NFC')).map(signOf).join(''),
    boxed: () => boxed,
    width: (text, style) => runsOf(text).reduce((all, run) => all + widthOf(run, style), 0),
    write(text, x, baseline, style) {
      let at = x
      // What ends a line that runs the other way would stand before it.
      for (const run of runsOf(runsBack(text) ? text.trimEnd() : text)) {
        const width = widthOf(run, style)
        const options = { lineBreak: false, baseline: 'alphabetic', ...whole(run) } as const
        doc.fillColor(style.colour).text(run.text, at, baseline, options)
        at += width
      }
    },
  }
}
