import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

export type Family = 'sans' | 'gothic' | 'arabic' | 'hebrew' | 'emoji'

const { resolve } = createRequire(import.meta.url)
const EMOJI = '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf'
const FILES = {
  sans: '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  'sans-bold': '@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf',
  gothic: '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  'gothic-bold': '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  arabic: '@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf',
  'arabic-bold': '@expo-google-fonts/ibm-plex-sans-arabic/600SemiBold/IBMPlexSansArabic_600SemiBold.ttf',
  hebrew: '@expo-google-fonts/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  'hebrew-bold': '@expo-google-fonts/noto-sans-hebrew/600SemiBold/NotoSansHebrew_600SemiBold.ttf',
  emoji: EMOJI,
  'emoji-bold': EMOJI,
} as const
type Face = keyof typeof FILES

/** The fonts of a paper, each read when something is first written that needs it. */
export interface Fonts {
  /** Whether a family has all signs of a text. */
  has(family: Family, text: string): boolean
  /** Whether a family can set a text as a whole: some rows of marks no font has a place for. */
  sets(family: Family, text: string): boolean
  /** The paper, about to write so. */
  use(family: Family, style: { readonly size: number; readonly bold?: true }): PDFKit.PDFDocument
}

export function openFonts(doc: PDFKit.PDFDocument): Fonts {
  const known = new Map<Face, Font>()
  const fontOf = (face: Face): Font => {
    const open = known.get(face)
    if (open) return open
    const file = readFileSync(resolve(FILES[face]))
    doc.registerFont(face, file)
    const font = create(file) as Font
    known.set(face, font)
    return font
  }
  return {
    has: (family, text) =>
      [...text].every((sign) => fontOf(family).hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)),
    sets(family, text) {
      try {
        fontOf(family).layout(text, [])
        return true
      } catch {
        return false
      }
    },
    use(family, { bold, size }) {
      const face: Face = bold ? `${family}-bold` : family
      fontOf(face)
      return doc.font(face, size)
    },
  }
}
